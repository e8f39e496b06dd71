#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the code lists of the standard, and then itself: every check is shown a broken list.

    python3 tests/codes/check_codes.py <repo-root>

Exit status 0 when all passed, else 1; the last line is "N passed, N failed".
"""
import datetime
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

sys.dont_write_bytecode = True
from code_fixtures import FIXTURES  # noqa: E402  (beside this file)

GC = "{http://docs.oasis-open.org/codelist/ns/genericode/1.0/}"
META = "{https://w3id.org/amparo/1/meta}"
CATALOG = "{https://w3id.org/amparo/1/codes-catalog}"
XS = "{http://www.w3.org/2001/XMLSchema}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "https://w3id.org/amparo/1/codes/"
LANGS = ["en", "es", "fr"]

OWN_FORM = r"[A-Z0-9-]{1,20}"
FORMS = {"ISO3166-1": r"[A-Z]{2}", "ISO3166-2": r"[A-Z]{2}-[A-Z0-9]{1,3}", "ISO639-3": r"[a-z]{3}",
         "ISO4217": r"[A-Z]{3}", "ISO5218": r"[0129]", "ISCED2011": r"[0-9]",
         "UNECE-REC19": r"[0-9]", "WG-SS": r"[1-4]"}
FROM_ISO_CODES = ("ISO3166-1", "ISO3166-2", "ISO639-3", "ISO4217")
# Labels that are names and so may be the same as the code.
NAMES = {"UNICEF", "UNHCR"}
WITHOUT_CODES = {"CL-Facility", "CL-Organisation", "CL-Port", "CL-IndigenousPeople"}
FIRST_DAY = "2009-07-01"
MEMBERS = {"BZ", "CA", "CR", "DO", "GT", "HN", "MX", "NI", "PA", "SV", "US"}
# list -> (codes that must be there, codes that must not)
CONTENT = {
    "ISO3166-1": (MEMBERS, {"XX", "ZZ"}),
    "ISO3166-2": ({"MX-CMX", "GT-HU", "PA-NT", "US-DC", "DO-32"},
                  {f"DO-{n}" for n in range(33, 43)}),
    "ISO639-3": ({"spa", "eng", "fra", "mam", "kek", "miq", "cab", "ase", "mfs"}, {"xxx"}),
    "ISO4217": ({"BZD", "CAD", "CRC", "DOP", "GTQ", "HNL", "MXN", "NIO", "PAB", "USD"}, {"ZZZ"}),
    "CL-TestIndicator": ({"LIVE", "TEST", "TRAIN", "HIST"}, set()),
}


class Tally:
    def __init__(self):
        self.passed, self.failed = 0, []

    def check(self, ok, message):
        if ok:
            self.passed += 1
        else:
            self.failed.append(message)
        return ok


class CodeList:
    """One parsed file. Rows are column -> list of values, so that a value given twice shows."""

    def __init__(self, path):
        self.path = path
        text = path.read_bytes()
        if b"<!DOCTYPE" in text:
            raise ET.ParseError("document type declaration")
        root = ET.fromstring(text)
        self.name = root.findtext("Identification/ShortName", "")
        self.version = root.findtext("Identification/Version", "")
        self.uris = [root.findtext(f"Identification/{tag}", "")
                     for tag in ("CanonicalUri", "CanonicalVersionUri")]
        self.titles = [(e.get(LANG), e.text or "") for e in root.findall("Identification/LongName")]
        self.definitions = [(e.get(LANG), e.findtext(META + "definition", ""))
                            for e in root.findall("Annotation/Description")]
        self.statuses = [e.text for e in root.findall("Annotation/AppInfo/" + META + "status")]
        self.columns = {c.get("Id"): c.get("Use") for c in root.findall("ColumnSet/Column")}
        self.key = [e.get("Ref") for e in root.findall("ColumnSet/Key/ColumnRef")]
        table = root.find("SimpleCodeList")
        self.rows = None if table is None else [self._row(row) for row in table.findall("Row")]

    @staticmethod
    def _row(row):
        values = {}
        for value in row.findall("Value"):
            values.setdefault(value.get("ColumnRef"), []).append(value.findtext("SimpleValue", ""))
        return values

    @property
    def codes(self):
        return [one(row, "code") for row in self.rows or []]


def one(row, column):
    return row.get(column, [""])[0]


def problems_of_head(cl):
    name = cl.path.stem if cl.path.stem in FORMS else "CL-" + cl.path.stem
    if cl.name != name:
        yield f"ShortName {cl.name}, expected {name}"
    if cl.uris != [BASE + name, f"{BASE}{name}/{cl.version}"]:
        yield "canonical URIs do not follow from name and version"
    for what, texts in (("title", cl.titles), ("definition", cl.definitions)):
        if [lang for lang, _ in texts] != LANGS:
            yield f"{what}: not once each in en, es, fr"
        if any(len(text) < (2 if what == "title" else 20) for _, text in texts):
            yield f"{what}: empty or too short"
    for (_, title), (lang, definition) in zip(cl.titles, cl.definitions):
        if title.casefold().strip(". ") == definition.casefold().strip(". "):
            yield f"definition in {lang} repeats the title"
    if cl.statuses not in (["closed"], ["extensible"], ["open"]):
        yield f"status of the list is {cl.statuses}"
    needed = {"code", "label-en", "label-es", "label-fr", "status"}
    if not needed <= {c for c, use in cl.columns.items() if use == "required"}:
        yield "code, the three labels and status must be required columns"
    if cl.key != ["code"]:
        yield "the key must be column code"


def problems_of_codes(cl):
    form = FORMS.get(cl.name, OWN_FORM)
    seen = set()
    for row in cl.rows or []:
        code = one(row, "code")
        if not re.fullmatch(form, code):
            yield f"code {code!r} does not have the form {form}"
        if code in seen:
            yield f"code {code} is there twice"
        seen.add(code)
        for column in row:
            if column not in cl.columns:
                yield f"{code}: column {column} is not declared"
            if len(row[column]) > 1:
                yield f"{code}: column {column} has two values"
        for column, use in cl.columns.items():
            if use == "required" and not one(row, column):
                yield f"{code}: required column {column} is empty"
    if (cl.rows is None) != (cl.name in WITHOUT_CODES):
        yield "has codes and should not, or the other way round"
    needed, unwanted = CONTENT.get(cl.name, (set(), set()))
    if needed - seen:
        yield f"lacks {sorted(needed - seen)}"
    if unwanted & seen:
        yield f"must not have {sorted(unwanted & seen)}"
    if cl.name == "ISO3166-2" and {code[:2] for code in seen} != MEMBERS:
        yield "is not of exactly the member countries"


def problems_of_labels(cl):
    own = cl.name.startswith("CL-")
    for lang in LANGS:
        seen = {}
        for row in cl.rows or []:
            code, label = one(row, "code"), one(row, f"label-{lang}")
            if not label.strip():
                yield f"{code}: label in {lang} is empty"
            elif label != " ".join(label.split()) or label != unicodedata.normalize("NFC", label):
                yield f"{code}: label in {lang} has stray spaces or is not in form NFC"
            # Adi is a language whose French name is its code.
            elif label == code and label not in NAMES and cl.name != "ISO639-3":
                yield f"{code}: label in {lang} is only the code"
            # ISO itself has names that occur twice (two coins called Leone); our lists may not.
            if own and label.casefold() in seen:
                yield f"{code}: label in {lang} is also that of {seen[label.casefold()]}"
            seen[label.casefold()] = code
    for row in cl.rows or []:
        given = [bool(one(row, f"definition-{lang}")) for lang in LANGS]
        if any(given) and not all(given):
            yield f"{one(row, 'code')}: defined in some languages only"


def day(text):
    """The date, None when there is none, or a ValueError."""
    if not text:
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def problems_of_dates(cl):
    for row in cl.rows or []:
        code, status = one(row, "code"), one(row, "status")
        try:
            first, last = day(one(row, "valid-from")), day(one(row, "valid-to"))
        except ValueError as error:
            yield f"{code}: {error} is not a date"
            continue
        if first and last and last < first:
            yield f"{code}: ends before it begins"
        if cl.name.startswith("CL-") and cl.version == "1.0" and str(first) != FIRST_DAY:
            yield f"{code}: version 1.0 begins on {FIRST_DAY}"
        if status not in ("active", "deprecated", "retired"):
            yield f"{code}: status is {status!r}"
        if (status == "retired") != (last is not None):
            yield f"{code}: a retired code has a last day, and no other has"
        successor = one(row, "replaced-by")
        if successor and (successor not in cl.codes or successor == code):
            yield f"{code}: replaced by {successor}, which is not another code of the list"
        if successor and status == "active":
            yield f"{code}: active and replaced"


def problems_of_catalog(folder, lists):
    try:
        entries = ET.parse(folder / "catalog.xml").getroot().findall(CATALOG + "list")
    except (OSError, ET.ParseError) as error:
        yield f"catalog.xml cannot be read: {error}"
        return
    listed = {entry.get("file"): entry for entry in entries}
    for name in sorted({cl.path.name for cl in lists} - set(listed)):
        yield f"{name} is not in the catalogue"
    for name in sorted(set(listed) - {cl.path.name for cl in lists}):
        yield f"the catalogue names {name}, which is not there"
    for cl in lists:
        entry = listed.get(cl.path.name)
        if entry is None:
            continue
        said = (entry.get("id"), [entry.get("status")], entry.get("version"))
        if said != (cl.name, cl.statuses, cl.version):
            yield f"{cl.path.name}: the catalogue says {said}"
    ids = [entry.get("id") for entry in entries]
    if ids != sorted(set(ids)):
        yield "the catalogue is not in order of id, or has an id twice"


def problems_of_enumerations(root, lists):
    """A type of the schema that enumerates its codes enumerates exactly those of its list."""
    catalog = ET.parse(root / "schema/codes/catalog.xml").getroot()
    by_type = {e.get("xsdType"): e.get("id") for e in catalog.findall(CATALOG + "list")}
    by_name = {cl.name: set(cl.codes) for cl in lists}
    types = ET.parse(root / "schema/1.0/codes.xsd").getroot().findall(XS + "simpleType")
    for kind in types:
        name = kind.get("name")
        values = {e.get("value") for e in kind.iter(XS + "enumeration")}
        if values and values != by_name.get(by_type.get(name)):
            yield f"{name} enumerates other codes than list {by_type.get(name)}"


def xmllint(schema, files):
    """The files that do not fit the schema, with xmllint's words."""
    command = ["xmllint", "--noout", "--nonet", "--schema", schema, *files]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    fit = {line[:-len(" validates")] for line in run.stderr.splitlines()
           if line.endswith(" validates")}
    for path in files:
        if str(path) not in fit:
            words = [line for line in run.stderr.splitlines() if line.startswith(str(path))]
            yield f"{path.name} does not fit {schema.name}: {words[0] if words else run.stderr}"


def check_folder(root, tally, program="xmllint"):
    """Every check on the lists under root; returns the lists."""
    folder = root / "schema" / "codes"
    lists = []
    for path in sorted(folder.glob("*.gc")):
        try:
            lists.append(CodeList(path))
        except ET.ParseError as error:
            tally.check(False, f"{path.name}: not well-formed: {error}")
    tally.check(lists, f"{folder} has no lists")
    for cl in lists:
        for problems in (problems_of_head, problems_of_codes, problems_of_labels,
                         problems_of_dates):
            found = list(problems(cl))
            tally.check(not found, f"{cl.path.name}: " + "; ".join(found[:5]))
    found = list(problems_of_catalog(folder, lists))
    tally.check(not found, "; ".join(found[:5]))
    if tally.check(shutil.which(program), "xmllint is not installed: the schemas are unchecked"):
        found = list(xmllint(folder / "genericode-subset.xsd", [cl.path for cl in lists]))
        found += xmllint(folder / "catalog.xsd", [folder / "catalog.xml"])
        tally.check(not found, "; ".join(found[:5]))
    return lists


def make_iso_lists(root, *options):
    command = [sys.executable, root / "scripts/make_iso_lists", "--check", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def check_reproduction(root, scratch, tally):
    run = make_iso_lists(root)
    if run.returncode == 3:
        print(f"SKIPPED ISO lists against their source: {run.stderr.strip()}")
        return
    tally.check(run.returncode == 0, f"make_iso_lists --check: {run.stderr.strip()}")
    copies = scratch / "iso"
    copies.mkdir()
    for name in FROM_ISO_CODES:
        shutil.copy(root / f"schema/codes/{name}.gc", copies)
    changed = copies / "ISO4217.gc"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace(">Quetzal<", ">Quetzales<"), encoding="utf-8")
    tally.check(make_iso_lists(root, "--folder", str(copies)).returncode == 1,
                "make_iso_lists --check does not see a changed label")
    changed.write_text(re.sub(r"iso-codes \S+,", "iso-codes 0-0,", text), encoding="utf-8")
    tally.check(make_iso_lists(root, "--folder", str(copies)).returncode == 3,
                "make_iso_lists --check compares with another version of the source")
    changed.unlink()
    tally.check(make_iso_lists(root, "--folder", str(copies)).returncode == 1,
                "make_iso_lists --check does not see a missing file")


def check_enumerations(root, lists, scratch, tally):
    if not (root / "schema/1.0/codes.xsd").is_file():
        print("SKIPPED enumerations of the schema: schema/1.0/codes.xsd is not there")
        return
    found = list(problems_of_enumerations(root, lists))
    tally.check(not found, "; ".join(found))
    other = scratch / "enumerations"
    for name in ("schema/codes/catalog.xml", "schema/1.0/codes.xsd"):
        (other / name).parent.mkdir(parents=True)
        shutil.copy(root / name, other / name)
    xsd = other / "schema/1.0/codes.xsd"
    text = xsd.read_text(encoding="utf-8")
    xsd.write_text(text.replace('value="TRAIN"', 'value="TRAINS"'), encoding="utf-8")
    tally.check(list(problems_of_enumerations(other, lists)),
                "an enumeration that differs from its list is not seen")


def check_fixtures(root, scratch, tally):
    """Each fixture changes one thing in a small good folder; exactly that must be found."""
    for number, (title, expected, files, old, new) in enumerate(FIXTURES):
        base = scratch / f"fixture{number}"
        folder = base / "schema" / "codes"
        folder.mkdir(parents=True)
        for name in ("genericode-subset.xsd", "xml-namespace.xsd", "catalog.xsd"):
            shutil.copy(root / "schema/codes" / name, folder)
        for name, text in files.items():
            (folder / name).write_text(text.replace(old, new) if old else text, encoding="utf-8")
        if old and not any(old in text for text in files.values()):
            tally.check(False, f"fixture {title!r} changes nothing")
            continue
        inner = Tally()
        check_folder(base, inner)
        if expected is None:
            tally.check(not inner.failed, f"fixture {title!r}: {inner.failed}")
        else:
            tally.check(any(expected in message for message in inner.failed),
                        f"fixture {title!r}: {expected!r} not found, but {inner.failed}")
    inner = Tally()
    check_folder(root, inner, "no-such-xmllint")
    tally.check(len(inner.failed) == 1, "that xmllint is absent must be a failure")


def main():
    if len(sys.argv) != 2:
        print("usage: check_codes.py <repo-root>", file=sys.stderr)
        return 1
    root, tally = Path(sys.argv[1]).resolve(), Tally()
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        lists = check_folder(root, tally)
        check_enumerations(root, lists, scratch, tally)
        check_reproduction(root, scratch, tally)
        check_fixtures(root, scratch, tally)
    for message in tally.failed:
        print(f"FAILED {message}")
    print(f"{tally.passed} passed, {len(tally.failed)} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
