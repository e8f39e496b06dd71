#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks spec/: generated pages are current, both languages of the guide agree, links resolve,
examples validate, names in the guide exist, and the checks themselves can fail.

  check_spec.py [REPOSITORY]
"""
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

ROOT = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import schema_model  # noqa: E402

GUIDE = ROOT / "spec/guide"
MOST_LINES = 200
SKIPPED_FOLDERS = {"build", ".git", "node_modules"}
# Words in capitals that the guide sets as code and that are no codes of a list.
NOT_CODES = {"C-NULL", "CC"}
passed = failed = 0


def expect(what, faults):
    """Counts one test; faults is a list of what is wrong."""
    global passed, failed
    faults = list(faults)
    if not faults:
        passed += 1
        return
    failed += 1
    print(f"FAIL {what}")
    for fault in faults[:20]:
        print(f"     {fault}")


def run(script, repository=ROOT, *arguments):
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), *arguments, str(repository)],
        capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def expect_run(what, script, repository, message, *arguments):
    """A run that must fail and say the message or, if that is empty, pass."""
    status, said = run(script, repository, *arguments)
    right = status == 1 and message in said if message else status == 0
    expect(f"{what} {'fails' if message else 'passes'}",
           [] if right else [f"status {status}", said[:300]])


def read(path):
    return path.read_text(encoding="utf-8")


def without_code(text):
    return re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)


def shape(text):
    """What both languages must share: headings, tables, links, blocks, things set as code."""
    plain = without_code(text)
    neutral = re.sub(r"/(en|es)/", "/L/", plain)
    return {
        "levels of headings": re.findall(r"^(#+) ", plain, flags=re.M),
        "rows of tables": len(re.findall(r"^\|", plain, flags=re.M)),
        "items of lists": len(re.findall(r"^(?:- |\d+\. )", plain, flags=re.M)),
        "links": sorted(re.findall(r"\]\(([^)]+)\)", neutral)),
        "code": sorted(set(re.findall(r"`([^`\n]+)`", neutral))),
        "blocks": re.findall(r"^```(\w+)", text, flags=re.M),
    }


def code_differences(en, es):
    """`T1` to `T6` is `T1` a `T6`: only the words between differ, never what is set as code."""
    return [f"{name}: {one!r} in English, {two!r} in Spanish"
            for (name, one), two in zip(en.items(), es.values()) if one != two]


def examples(text):
    return re.findall(r"^```xml\n(.*?)^```", text, flags=re.S | re.M)


def slug(heading):
    """The anchor that code-hosting sites give to a heading."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\- ]", "", heading.strip().lower()))


def broken_links(folder, root):
    for page in sorted(folder.rglob("*.md")):
        if SKIPPED_FOLDERS & set(page.relative_to(root).parts):
            continue
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(read(page))):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            there = (page.parent / name).resolve() if name else page
            if not there.exists():
                yield f"{page.relative_to(root)}: {target} does not exist"
            elif anchor and there.suffix == ".md":
                headings = re.findall(r"^#+ (.*)$", there.read_text(encoding="utf-8"), flags=re.M)
                if anchor not in map(slug, headings):
                    yield f"{page.relative_to(root)}: {target} has no such heading"


def guide_tests():
    pages = {lang: {p.name: read(p) for p in sorted((GUIDE / lang).glob("*.md"))}
             for lang in ("en", "es")}
    expect("the guide has pages", [] if len(pages["en"]) >= 10 else ["fewer than ten"])
    expect("the guide has the same pages in both languages", set(pages["en"]) ^ set(pages["es"]))
    schema = schema_model.load(ROOT / "schema/1.0")
    known = {f"{t.name[:-4]}/{e.name}": e.info.sensitivity
             for t in schema.types.values() if t.name.endswith("Type") for e in t.elements}
    entities = {t.name[:-4] for t in schema.types.values() if t.info.is_entity}
    spelt = entities | set(schema.types) | {r.name for r in schema.roots}
    spelt |= {e.name for t in schema.types.values() for e in t.elements}
    codes = {"".join(v.itertext()).strip() for path in (ROOT / "schema/codes").glob("*.gc")
             for v in ET.parse(path).iter() if v.tag == "Value" and v.get("ColumnRef") == "code"}
    registry = ET.parse(ROOT / "schema/registry/seed.xml")
    codes |= {o.text for o in registry.iter() if o.tag.endswith("}OrgId")}
    for name, english in pages["en"].items():
        spanish = pages["es"].get(name, "")
        expect(f"guide {name}: both languages have the same build",
               code_differences(shape(english), shape(spanish)))
        for lang, text in (("en", english), ("es", spanish)):
            expect(f"guide {lang}/{name}: at most {MOST_LINES} lines",
                   [len(text.splitlines())] if len(text.splitlines()) > MOST_LINES else [])
            paths = [p for p in re.findall(r"`([A-Z]\w+/[A-Z]\w+)`", text)
                     if p.partition("/")[0] in entities]
            expect(f"guide {lang}/{name}: its paths are in the schema",
                   [f"no {p}" for p in paths if p not in known])
            capitals = set(re.findall(r"`([A-Z][A-Z0-9]+(?:-[A-Z]+)?)`", text)) - NOT_CODES
            expect(f"guide {lang}/{name}: its codes are in a code list",
                   sorted(c for c in capitals if c not in codes))
            names = set(re.findall(r"`([A-Z][a-z]+[A-Za-z]*)`", text))
            expect(f"guide {lang}/{name}: its names are in the schema", sorted(names - spelt))
        for lang, text in (("en", english), ("es", spanish)):
            for number, example in enumerate(examples(text), 1):
                done = subprocess.run(["xmllint", "--nonet", "--noout", "--schema",
                                       str(ROOT / "schema/1.0/amparo.xsd"), "-"],
                                      input=example, capture_output=True, text=True, check=False)
                expect(f"guide {lang}/{name}: example {number} is valid",
                       done.stderr.splitlines() if done.returncode else [])
        bare = [[re.sub(r"\s*<!--.*?-->", "", e, flags=re.S) for e in examples(t)]
                for t in (english, spanish)]
        expect(f"guide {name}: the examples are the same",
               [] if bare[0] == bare[1] else ["they differ"])
    for lang, text in ((lang, pages[lang]["privacy.md"]) for lang in pages):
        table = text.split("\n## ")[5]
        withheld = re.findall(r"`([A-Z]\w+/[A-Z]\w+)`", table)
        expect(f"guide {lang}: what never leaves is of class WHO",
               [p for p in withheld if known.get(p) != "WHO"] if len(withheld) > 5
               else ["table not found"])
    for lang, text in ((lang, pages[lang]["conformance.md"]) for lang in pages):
        ids = re.findall(r"^\| (C[SRV]-\d\d) \|", text, flags=re.M)
        counted = [f"{level}-{n:02}" for level in ("CS", "CR", "CV")
                   for n in range(1, 1 + sum(i.startswith(level) for i in ids))]
        expect(f"guide {lang}: conformance clauses are numbered without a gap",
               [] if ids == counted and len(ids) > 20 else [str(ids)])
        stated = [line for line in text.splitlines() if re.match(r"\| C[SRV]-", line)]
        words = r"MUST|SHOULD" if lang == "en" else r"DEBE|DEBERÍA"
        expect(f"guide {lang}: each conformance clause says MUST or SHOULD and how to test it",
               [s for s in stated if not re.search(words, s) or not s.split("|")[3].strip()])


def prefix_faults(page, schema, documents):
    """The table of prefixes of codes.md, held against the schema and against documents."""
    rows = re.findall(r"^\| `([a-z]{2,4})` \| [^|]+ \| (`.*`) \|$", page, flags=re.M)
    prefix_of = {name: p for p, names in rows for name in re.findall(r"`(\w+)`", names)}
    there = {e.name for t in schema.types.values() for e in t.elements if e.type == "OpaqueId"}
    for name in sorted(there ^ set(prefix_of)):
        yield f"{name}: {'no prefix' if name in there else 'no opaque identifier of the schema'}"
    if len(rows) != len({p for p, _ in rows}):
        yield "one prefix stands for two kinds"
    for name, text in documents:
        for element, prefix in re.findall(r"<(\w+)(?: [^<>]*)?>([a-z]{2,4})-[0-9A-HJKMNP-TV-Z]{20,26}<",
                                          text):
            if element in prefix_of and prefix_of[element] != prefix:
                yield f"{name}: {element} begins with {prefix}, not {prefix_of[element]}"


def prefix_tests():
    schema = schema_model.load(ROOT / "schema/1.0")
    documents = [(p.name, p.read_text(encoding="utf-8", errors="replace"))
                 for p in sorted((ROOT / "examples").rglob("*.xml"))]
    for lang in ("en", "es"):
        page = read(GUIDE / lang / "codes.md")
        expect(f"guide {lang}: one prefix for each kind of identifier, in the examples too",
               prefix_faults(page, schema, documents))
        wrong = [("x.xml", "<StayId>ps-7Q2M9V4KX0RT8BNC3HJ5WDYF6A</StayId>")]
        found = list(prefix_faults(page.replace(", `PriorCase`", ""), schema, wrong))
        expect("the check of prefixes sees an element left out and a wrong prefix",
               [] if len(found) == 2 else found)


def diagram_tests():
    svg = "{http://www.w3.org/2000/svg}"
    for lang in ("en", "es"):
        guide = "".join(map(read, (GUIDE / lang).glob("*.md")))
        for path in sorted((ROOT / "spec/diagrams" / lang).glob("*.svg")):
            root = ET.parse(path).getroot()
            wide = int(root.get("width"))
            faults = [f"lacks {t}" for t in ("title", "desc")
                      if not (root.findtext(svg + t) or "").strip()]
            faults += [f"{wide} px wide"] if wide != 800 else []
            faults += [f"text at x={t.get('x')}" for t in root.iter(svg + "text")
                       if not 0 < float(t.get("x")) < wide]
            if f"diagrams/{lang}/{path.name}" not in guide:
                faults.append("no page of the guide shows it")
            expect(f"diagram {lang}/{path.name}: readable and used", faults)


def edit(path, old, new):
    text = read(path)
    if old not in text:
        raise SystemExit(f"check_spec: {path.name} lacks {old!r}; mend the test")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


RULES = ('<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xpath2"><pattern>'
         '<rule context="*"><assert id="R-CA-03" test="true()">{}</assert>'
         '<assert id="R-CA-04" test="true()" properties="p4">x</assert></rule></pattern>'
         '<properties><property id="p4">{}</property></properties></schema>')


def rules(repository, text, by_property="G09-3.9"):
    (repository / "schema/rules").mkdir(exist_ok=True)
    path = repository / "schema/rules/ca.sch"
    path.write_text(RULES.format(text, by_property), encoding="utf-8")


def add_clause(repository, number, grade):
    edit(repository / "schema/clauses.xml", "</clauseList>",
         f'<clause id="{number}" grade="{grade}"><content>A test.</content></clause></clauseList>')


CSV = "spec/founding-systems.csv"
# What is done to a copy of the repository, and what the traceability check must then say; an empty
# text means that it must still pass.
TRACE_CASES = [
    ("nothing", lambda r: None, ""),
    ("an element that the csv names is gone",
     lambda r: edit(r / "schema/1.0/care.xsd", '<xs:element name="SeparateFromAdults"',
                    '<xs:element name="Apart"'),
     "the schema has no Stay/SeparateFromAdults"),
    ("a component names an unknown clause",
     lambda r: edit(r / "schema/1.0/care.xsd", "<meta:clause>G09-4.1</meta:clause>",
                    "<meta:clause>G09-4.99</meta:clause>"), "G09-4.99, which is not in the list"),
    ("a clause of grade S reaches nothing", lambda r: add_clause(r, "G09-98.1", "S"),
     "G09-98.1 (grade S): reaches no"),
    ("a clause of grade K reaches nothing", lambda r: add_clause(r, "G07-98", "K"),
     "G07-98 (grade K): reaches no"),
    ("a clause of grade D reaches nothing", lambda r: add_clause(r, "G09-98.2", "D"), ""),
    ("a clause stands twice", lambda r: add_clause(r, "G09-1.1", "S"),
     "G09-1.1 stands there twice"),
    ("a clause has no grade", lambda r: add_clause(r, "G09-98.3", ""), "G09-98.3 has the grade ''"),
    ("a rule names an unknown clause", lambda r: rules(r, "G09-98.1"),
     "R-CA-03: names clause G09-98.1"),
    ("a rule names an unknown clause in its property", lambda r: rules(r, "G09-4.5", "CC-98"),
     "R-CA-04: names clause CC-98"),
    ("a clause of grade S reaches a rule",
     lambda r: (add_clause(r, "G09-98.1", "S"), rules(r, "G09-98.1")), ""),
    ("a rule that the csv names is not there",
     lambda r: (rules(r, "G09-4.5"), edit(r / CSV, ",R-CA-03", ",R-CA-05")),
     "there is no rule R-CA-05"),
    ("an unknown message", lambda r: edit(r / CSV, ",CTRF CSUM REGU,", ",CTRF CSUM REGX,"),
     "no message REGX"),
    ("an unknown list", lambda r: edit(r / CSV, "CL-ReasonGroup", "CL-ReasonGang"),
     "no code list CL-ReasonGang"),
    ("an unknown code", lambda r: edit(r / CSV, "#CAREUNIT", "#CAREUNITS"),
     "has no code CAREUNITS"),
    ("a row with too few columns", lambda r: edit(r / CSV, ",R-CA-03", ""),
     "wrong number of columns"),
    ("a row that reaches nothing",
     lambda r: edit(r / CSV, "Stay/SeparateFromAdults Stay/ExceptionReason,CSUM,", ",,"),
     "F19: reaches no"),
    ("no clause list", lambda r: (r / "schema/clauses.xml").unlink(), "clauses.xml"),
]

DIAGRAM_CASES = [
    ("nothing", lambda d: None, ""),
    ("a changed text", lambda d: edit(d / "asylum-bar.txt", "Shelter, guardian", "Shelter"),
     "differs"),
    ("a text without Spanish", lambda d: edit(d / "layers.txt", " || Las capas", " Las capas"),
     "layers.txt:3: needs a text in English"),
    ("a message from nobody", lambda d: edit(d / "asylum-bar.txt", "MIG -> CPA", "XYZ -> CPA"),
     "XYZ"),
    ("a picture without a text", lambda d: shutil.copy(d / "en/layers.svg", d / "en/old.svg"),
     "has no text source"),
]


def negative_tests():
    with tempfile.TemporaryDirectory() as scratch:
        for number, (name, change, message) in enumerate(TRACE_CASES):
            copy = Path(scratch) / str(number)
            copy.mkdir()
            shutil.copytree(ROOT / "schema", copy / "schema")
            shutil.rmtree(copy / "schema/rules", ignore_errors=True)
            (copy / "spec").mkdir()
            shutil.copy(ROOT / CSV, copy / CSV)
            change(copy)
            expect_run(f"traceability with {name}", "make_traceability", copy, message)
            if number == 0:
                page = copy / "spec/traceability/clauses.md"
                expect_run("traceability --check of what was written", "make_traceability", copy,
                           "", "--check")
                page.write_text(read(page) + "x", encoding="utf-8")
                expect_run("traceability --check of a page that was typed", "make_traceability",
                           copy, "differs", "--check")
        for name, change, message in DIAGRAM_CASES:
            copy = Path(scratch) / name.replace(" ", "-")
            shutil.copytree(ROOT / "spec/diagrams", copy / "spec/diagrams")
            change(copy / "spec/diagrams")
            expect_run(f"diagrams with {name}", "make_diagrams", copy, message, "--check")
        pages = Path(scratch) / "links"
        pages.mkdir()
        (pages / "a.md").write_text("# Here\n[x](b.md) [y](#here) [z](#there)\n"
                                    "[w](https://example.org)\n```\n[v](c.md)\n```\n",
                                    encoding="utf-8")
        found = list(broken_links(pages, pages))
        expect("the check of links sees a missing file and a missing heading, and nothing else",
               [] if len(found) == 2 and "b.md" in found[0] and "#there" in found[1] else found)
        left, right = shape("# A\n- `CNOT`\n"), shape("# A\n## B\n- `CREP`\n")
        expect("the check of languages sees another heading and another code",
               [] if len(code_differences(left, right)) == 2 else code_differences(left, right))


def main():
    for script in ("make_diagrams", "make_traceability", "make_dictionary"):
        status, said = run(script, ROOT, "--check")
        expect(f"{script} --check", said.splitlines() or ["failed"] if status else [])
    guide_tests()
    prefix_tests()
    diagram_tests()
    expect("relative links in the pages of the repository resolve", broken_links(ROOT, ROOT))
    negative_tests()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
