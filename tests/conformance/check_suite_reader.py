#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the runner of the W3C suite reads from metadata, on a suite of a few lines."""
import pathlib
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import w3c_suite  # noqa: E402

SPACES = ('xmlns="http://www.w3.org/XML/2004/xml-schema-test-suite/" '
          'xmlns:xlink="http://www.w3.org/1999/xlink"')
SUITE = f"""<testSuite {SPACES} name="s"><testSetRef xlink:href="meta/one.testSet"/></testSuite>"""
SET = f"""<testSet {SPACES} name="one" contributor="x">
<testGroup name="g1">
 <schemaTest name="s"><schemaDocument xlink:href="../data/a.xsd"/>
  <schemaDocument xlink:href="../data/b.xsd"/>
  <expected validity="invalid" version="1.1"/><expected validity="valid" version="1.0"/>
  <current status="accepted"/></schemaTest>
 <instanceTest name="i"><instanceDocument xlink:href="../data/a.xml"/>
  <expected validity="invalid"/><current status="stable"/></instanceTest>
 <instanceTest name="later" version="1.1"><instanceDocument xlink:href="../data/a.xml"/>
  <expected validity="valid"/></instanceTest>
</testGroup>
<testGroup name="g2" version="1.1"><schemaTest name="s"><schemaDocument xlink:href="../c.xsd"/>
 <expected validity="valid"/></schemaTest></testGroup>
<testGroup name="g3"><instanceTest name="i"><instanceDocument xlink:href="../data/a.xml"/>
 <expected validity="valid"/><current status="disputed-test"/></instanceTest></testGroup>
<testGroup name="g4"><instanceTest name="i"><instanceDocument xlink:href="../data/a.xml"/>
 <expected validity="notKnown"/></instanceTest></testGroup>
</testSet>"""
INSTANCE = """<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="urn:a a.xsd urn:n none.xsd" xsi:noNamespaceSchemaLocation="b.xsd"/>"""


class Reader(unittest.TestCase):
    def setUp(self):
        self.kept = tempfile.TemporaryDirectory()
        self.addCleanup(self.kept.cleanup)
        self.folder = pathlib.Path(self.kept.name)
        for name, text in {"suite.xml": SUITE, "meta/one.testSet": SET, "data/a.xml": INSTANCE,
                           "data/a.xsd": "", "data/b.xsd": ""}.items():
            (self.folder / name).parent.mkdir(exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def test_takes_what_is_of_version_1_0_and_not_disputed(self):
        tests = w3c_suite.read_tests(self.folder)
        self.assertEqual([(test.key, test.kind, test.expected) for test in tests],
                         [("one/g1/s", "schema", "valid"), ("one/g1/i", "instance", "invalid")])

    def test_documents_follow_the_schemas_of_their_group(self):
        _, instance = w3c_suite.read_tests(self.folder)
        self.assertEqual(instance.schemas, ("data/a.xsd", "data/b.xsd"))
        self.assertEqual(instance.instance, "data/a.xml")

    def test_hints_are_the_files_that_exist(self):
        self.assertEqual(w3c_suite.hinted_schemas(self.folder, "data/a.xml"),
                         ("data/b.xsd", "data/a.xsd"))

    def test_versions(self):
        for versions, answer in ((None, True), ("1.0", True), ("1.1", False), ("1.0 1.1", True),
                                 ("Unicode_6.0.0", True)):
            self.assertEqual(w3c_suite.applies(versions), answer, versions)

    def test_a_folder_without_metadata_is_no_suite(self):
        self.assertIsNone(w3c_suite.find_suite(self.folder / "data", self.folder / "work"))


if __name__ == "__main__":
    unittest.main()
