# SPDX-License-Identifier: Apache-2.0
"""The examples of a rule, made from a few base documents by small edits (tests/rules/README.md)."""
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

NS = "https://w3id.org/amparo/1"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
AX = "https://w3id.org/amparo/xpath/1"
KINDS = ("pass", "fail", "skip", "undecided")


@dataclass
class Case:
    kind: str
    title: str
    number: int
    base: str
    as_of: str
    edits: list = field(default_factory=list)   # (line number, words)
    places: list = field(default_factory=list)  # (assert letter or "", path)


class CaseError(Exception):
    """A cases file that cannot be understood."""


def read_cases(path):
    """The cases of one rule, in order. Parts are edits that several cases share."""
    cases, parts, current = [], {}, None
    base, as_of = "record", ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        word, _, rest = line.strip().partition(" ")
        rest = rest.strip()
        if not line.startswith(" "):
            if word in KINDS:
                case = Case(word, rest, len(cases) + 1, base, as_of)
                cases.append(case)
                current = case.edits
            elif word == "part":
                current = parts.setdefault(rest, [])
            elif word == "base":
                base, current = rest, None
            elif word == "as-of":
                as_of, current = rest, None
            else:
                raise CaseError(f"{path}:{number}: {word}?")
        elif current is None:
            raise CaseError(f"{path}:{number}: an edit without a case")
        elif word == "use":
            if rest not in parts:
                raise CaseError(f"{path}:{number}: no part {rest}")
            current.extend(parts[rest])
        elif word == "at":
            letter, _, place = rest.rpartition(" ")
            cases[-1].places.append((letter, place))
        elif word == "as-of":
            cases[-1].as_of = rest
        elif word == "base":
            cases[-1].base = rest
        else:
            current.append((f"{path}:{number}", word, rest))
    return cases


def base_path(base, repository):
    kind, _, name = base.partition(" ")
    if kind == "record":
        return repository / "examples/record/three-siblings-eldest.xml"
    if kind == "message":
        return repository / f"examples/messages/{name}.xml"
    if kind == "own":
        return repository / f"tests/rules/bases/{name}.xml"
    raise CaseError(f"no base {base}")


def strip_space(element):
    for e in element.iter():
        if len(e):
            e.text = None
        e.tail = None


class Document:
    """A document that can be edited by paths and written with one start tag a line."""

    def __init__(self, path):
        self.root = ET.parse(path).getroot()
        strip_space(self.root)
        local = self.root.tag.partition("}")[2]
        self.home = self.root.find(f"{{{NS}}}Case") if local in ("Record", "Batch") else self.root

    def find(self, path):
        """Elements at Name/Name[2]/Name[@id='x']/*; one that begins with / starts at the root."""
        found = [self.home]
        if path.startswith("/"):
            found, path = [self.root], path[1:]
        for step in filter(None, path.split("/")):
            if step == ".":
                continue
            name, _, filters = step.partition("[")
            picked = []
            for element in found:
                same = [c for c in element if name in ("*", c.tag.partition("}")[2])]
                for test in filters.rstrip("]").split("][") if filters else ():
                    if test.isdigit():
                        same = same[int(test) - 1:int(test)]
                    else:
                        key, _, value = test.lstrip("@").partition("=")
                        same = [c for c in same if c.get(key) == value.strip("'")]
                picked.extend(same)
            found = picked
        if not found:
            raise CaseError(f"nothing at {path}")
        return found

    def one(self, path):
        return self.find(path)[0]

    def parent_of(self, element):
        for parent in self.root.iter():
            if element in list(parent):
                return parent
        raise CaseError("no parent")

    def edit(self, where, word, rest):
        try:
            getattr(self, "edit_" + word)(rest)
        except (CaseError, AttributeError, ET.ParseError, SyntaxError, ValueError) as e:
            raise CaseError(f"{where}: {word} {rest}: {e}") from e

    def edit_set(self, rest):
        path, _, value = rest.partition(" ")
        for element in self.find(path):
            element.text = value
            element.attrib.pop(f"{{{XSI}}}nil", None)
            element.attrib.pop("nullReason", None)

    def edit_nil(self, rest):
        path, _, reason = rest.partition(" ")
        for element in self.find(path):
            for child in list(element):
                element.remove(child)
            element.text = None
            keep = element.get("id")
            element.attrib.clear()
            if keep:
                element.set("id", keep)
            element.set(f"{{{XSI}}}nil", "true")
            element.set("nullReason", reason or "UNK")

    def edit_drop(self, rest):
        for element in self.find(rest):
            self.parent_of(element).remove(element)

    def edit_attr(self, rest):
        path, name, value = rest.split(" ", 2)
        for element in self.find(path):
            if value == "-":
                element.attrib.pop(name, None)
            else:
                element.set(name, value)

    def edit_copy(self, rest):
        """Puts a twin of the first match behind it."""
        element = self.one(rest)
        parent = self.parent_of(element)
        twin = ET.fromstring(ET.tostring(element))
        parent.insert(list(parent).index(element) + 1, twin)

    def edit_move(self, rest):
        """move PATH behind PATH"""
        path, _, target = rest.partition(" behind ")
        element, anchor = self.one(path), self.one(target)
        self.parent_of(element).remove(element)
        parent = self.parent_of(anchor)
        parent.insert(list(parent).index(anchor) + 1, element)

    def fragment(self, text):
        holder = ET.fromstring(f'<x xmlns="{NS}" xmlns:xsi="{XSI}">{text}</x>')
        strip_space(holder)
        return list(holder)

    def edit_after(self, rest):
        path, _, text = rest.partition(" ")
        element = self.find(path)[-1]
        parent = self.parent_of(element)
        at = list(parent).index(element) + 1
        for n, new in enumerate(self.fragment(text)):
            parent.insert(at + n, new)

    def edit_before(self, rest):
        path, _, text = rest.partition(" ")
        element = self.one(path)
        parent = self.parent_of(element)
        at = list(parent).index(element)
        for n, new in enumerate(self.fragment(text)):
            parent.insert(at + n, new)

    def edit_into(self, rest):
        path, _, text = rest.partition(" ")
        for new in self.fragment(text):
            self.one(path).append(new)

    def write(self):
        """The text, and the line of each element's start tag."""
        lines, place = ['<?xml version="1.0" encoding="UTF-8"?>'], {}

        def name(tag):
            uri, _, local = tag[1:].partition("}")
            return {NS: "", AX: "ax:"}.get(uri, "?") + local

        def attributes(element):
            text = ""
            for key, value in element.attrib.items():
                key = "xsi:" + key.partition("}")[2] if key.startswith("{") else key
                value = escape(value, {'"': "&quot;"})
                text += f' {key}="{value}"'
            return text

        def put(element, depth):
            place[id(element)] = len(lines) + 1
            start = "  " * depth + "<" + name(element.tag) + attributes(element)
            if depth == 0:
                start += f' xmlns="{NS}" xmlns:xsi="{XSI}"'
                if element.tag.startswith(f"{{{AX}}}"):
                    start += f' xmlns:ax="{AX}"'
            if len(element):
                lines.append(start + ">")
                for child in element:
                    put(child, depth + 1)
                lines.append("  " * depth + f"</{name(element.tag)}>")
            elif element.text:
                lines.append(start + f">{escape(element.text)}</{name(element.tag)}>")
            else:
                lines.append(start + "/>")

        put(self.root, 0)
        return "\n".join(lines) + "\n", place


def make(case, repository):
    """(text of the document, expected [(assert letter, line)])."""
    document = Document(base_path(case.base, repository))
    for where, word, rest in case.edits:
        document.edit(where, word, rest)
    places = [(letter, document.one(path)) for letter, path in case.places]
    text, lines = document.write()
    return text, [(letter, lines[id(element)]) for letter, element in places]
