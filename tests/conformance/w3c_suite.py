# SPDX-License-Identifier: Apache-2.0
"""The metadata of the W3C XML Schema Test Suite, as tests for XSD 1.0.

Read from tests.jsonl (a line is a test) or from the suite's own suite.xml and the test sets it
names. Paths are relative to the folder of the suite."""
import json
import os
import pathlib
import posixpath
import re
import shutil
import tarfile
import tempfile
import urllib.parse
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

SUITE = "{http://www.w3.org/XML/2004/xml-schema-test-suite/}"
HREF = "{http://www.w3.org/1999/xlink}href"
VERSION = "1.0"
# Other tokens (XML and Unicode editions, 1.0-1e and the like) narrow a test down but do not move it
# to another version of XSD.
OTHER_VERSIONS = {"1.1"}
COUNTED_STATUS = {"accepted", "stable"}
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True)
class Test:
    set: str
    group: str
    kind: str  # schema or instance
    name: str
    schemas: tuple
    instance: str  # empty for a test of a schema
    expected: str  # valid or invalid

    @property
    def key(self):
        return f"{self.set}/{self.group}/{self.name}"

    @property
    def file(self):
        return self.instance or self.schemas[0]

    @property
    def contributor(self):
        return self.file.split("/")[0]


def applies(versions):
    tokens = set((versions or "").split())
    return VERSION in tokens or not tokens & OTHER_VERSIONS


def _expected(test):
    """What XSD 1.0 says of a test: the answer for 1.0 before the answer for all versions."""
    answers = [each for each in test.findall(SUITE + "expected") if applies(each.get("version"))]
    answers.sort(key=lambda each: VERSION not in (each.get("version") or "").split())
    return answers[0].get("validity") if answers else None


def _documents(test, kind, folder):
    return tuple(posixpath.normpath(posixpath.join(folder, urllib.parse.unquote(each.get(HREF))))
                 for each in test.findall(SUITE + kind))


def _tests_of_group(set_name, group, folder):
    schemas = ()
    for test in group.findall(SUITE + "schemaTest"):
        if not applies(test.get("version")):
            continue
        schemas = _documents(test, "schemaDocument", folder)
        yield test, Test(set_name, group.get("name"), "schema", test.get("name"), schemas, "",
                         _expected(test) or "")
    for test in group.findall(SUITE + "instanceTest"):
        if not applies(test.get("version")):
            continue
        instance = _documents(test, "instanceDocument", folder)
        yield test, Test(set_name, group.get("name"), "instance", test.get("name"), schemas,
                         instance[0], _expected(test) or "")


def _tests_of_set(file, name):
    root = ElementTree.parse(file).getroot()
    if not applies(root.get("version")):
        return
    for group in root.findall(SUITE + "testGroup"):
        if not applies(group.get("version")):
            continue
        for element, test in _tests_of_group(root.get("name"), group, posixpath.dirname(name)):
            current = element.find(SUITE + "current")
            status = "accepted" if current is None else current.get("status")
            if status in COUNTED_STATUS and test.expected in ("valid", "invalid"):
                yield test


def _from_xml(folder):
    for reference in ElementTree.parse(folder / "suite.xml").getroot().iter(SUITE + "testSetRef"):
        name = urllib.parse.unquote(reference.get(HREF))
        yield from _tests_of_set(folder / name, name)


def _from_lines(folder):
    with open(folder / "tests.jsonl", encoding="utf-8") as lines:
        for line in lines:
            read = json.loads(line)
            yield Test(read["set"], read["group"], read["kind"], read["name"],
                       tuple(read["schemas"]), read.get("instance", ""), read["expected"])


def read_tests(folder):
    folder = pathlib.Path(folder)
    return list(_from_lines(folder) if (folder / "tests.jsonl").exists() else _from_xml(folder))


def find_suite(folder, unpack_to):
    """The folder that has the metadata: `folder` itself, or its archive unpacked. None: neither."""
    folder = pathlib.Path(folder)
    if (folder / "tests.jsonl").exists() or (folder / "suite.xml").exists():
        return folder
    archives = sorted(folder.glob("*.tar.*"))
    if not archives:
        return None
    target = pathlib.Path(unpack_to) / archives[0].name.split(".")[0]
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        # Whole or not at all: two runs may unpack at the same time.
        fresh = tempfile.mkdtemp(dir=target.parent)
        with tarfile.open(archives[0]) as archive:
            archive.extractall(fresh)
        try:
            os.rename(fresh, target)
        except OSError:
            shutil.rmtree(fresh)
    return target


def hinted_schemas(folder, instance):
    """The schema documents that an instance names in xsi:schemaLocation, those that exist."""
    text = (pathlib.Path(folder) / instance).read_bytes().decode("utf-8", "replace")
    if XSI not in text:
        return ()
    found = []
    for value in re.findall(r'[\w.-]+:noNamespaceSchemaLocation\s*=\s*["\']([^"\']*)["\']', text):
        found.append(value.strip())
    for value in re.findall(r'[\w.-]+:schemaLocation\s*=\s*["\']([^"\']*)["\']', text):
        found += value.split()[1::2]
    near = [posixpath.normpath(posixpath.join(posixpath.dirname(instance), each))
            for each in found]
    return tuple(dict.fromkeys(each for each in near if (pathlib.Path(folder) / each).is_file()))
