#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A validator for the part of JSON Schema 2020-12 that spec/formats uses. A keyword that it does
not know is an error, so that a schema never says more than is checked."""
import re

ANNOTATIONS = {"$schema", "$id", "$comment", "$defs", "title", "description"}
KNOWN = ANNOTATIONS | {
    "$ref", "type", "enum", "const", "required", "properties", "additionalProperties", "items",
    "minItems", "minimum", "minLength", "maxLength", "pattern", "oneOf"}


def is_type(value, name):
    if name == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, {"object": dict, "array": list, "string": str, "boolean": bool}[name])


def errors(schema, value, root=None, path="$"):
    """What is wrong with `value`, as a list of lines."""
    root = schema if root is None else root
    if schema is False:
        return [f"{path}: not allowed"]
    unknown = set(schema) - KNOWN
    if unknown:
        raise ValueError(f"{path}: the schema uses {sorted(unknown)}, which this validator lacks")
    found = []

    def expect(truth, message):
        if not truth:
            found.append(f"{path}: {message}")

    if "$ref" in schema:
        target = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        found += errors(target, value, root, path)
    if "type" in schema and not is_type(value, schema["type"]):
        return found + [f"{path}: not of type {schema['type']}"]
    if "enum" in schema:
        expect(value in schema["enum"], f"none of {schema['enum']}")
    if "const" in schema:
        expect(value == schema["const"], f"not {schema['const']!r}")
    if "oneOf" in schema:
        matching = sum(not errors(s, value, root, path) for s in schema["oneOf"])
        expect(matching == 1, f"matches {matching} of the forms, not one")
    if isinstance(value, int) and "minimum" in schema:
        expect(value >= schema["minimum"], f"less than {schema['minimum']}")
    if isinstance(value, str):
        expect(len(value) >= schema.get("minLength", 0), "too short")
        expect(len(value) <= schema.get("maxLength", len(value)), "too long")
        pattern = schema.get("pattern", "")
        expect(re.search(pattern, value), f"not of the form {pattern}")
    if isinstance(value, list):
        expect(len(value) >= schema.get("minItems", 0), "too few items")
        for i, item in enumerate(value):
            found += errors(schema.get("items", {}), item, root, f"{path}[{i}]")
    if isinstance(value, dict):
        for name in schema.get("required", []):
            expect(name in value, f"lacks {name}")
        for name, member in value.items():
            other = schema.get("additionalProperties", {})
            found += errors(schema.get("properties", {}).get(name, other), member, root,
                            f"{path}.{name}")
    return found
