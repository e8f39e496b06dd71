# SPDX-License-Identifier: Apache-2.0
"""What can be said of the rules and their pages without running them (spec/formats/rules.md)."""
import re
from pathlib import Path

from schematron import RULE, SCH, XML_LANG, XSL

AREAS = "ID DE IN RS CO FT CA BI RE TR HA RC PV MS ST".split()
SCOPES = ("record", "batch", "conversation", "layer", "none")
PHASES = ("release", "acceptance", "monitoring")
LANGUAGES = ("en", "es", "fr")
LABELS = {"en": ("**What it checks.**", "**Why it matters.**", "**How to mend it.**"),
          "es": ("**Qué revisa.**", "**Por qué importa.**", "**Cómo corregirlo.**"),
          "fr": ("**Ce qu'elle vérifie.**", "**Pourquoi c'est important.**",
                  "**Comment corriger.**")}
PAGE = re.compile(r"<!-- SPDX-License-Identifier: CC-BY-4\.0 -->\n# (R-[A-Z]{2}-\d\d)\n\n(.*)\Z",
                  re.DOTALL)
# What the documented subset of XPath 2.0 has of functions, and ours (spec/formats/functions.md).
XPATH = set("""not exists count sum min max avg abs round floor ceiling number string boolean concat
    contains starts-with ends-with substring substring-before substring-after
    string-length normalize-space
    upper-case lower-case translate tokenize matches replace string-join distinct-values
    index-of reverse position last name local-name namespace-uri true false empty deep-equal key
    xs:date xs:dateTime xs:time xs:decimal xs:integer xs:string xs:boolean""".split())
KEYWORDS = {"if", "and", "or", "in", "return", "satisfies", "then", "else", "for", "some", "every",
            "union", "except", "intersect", "to", "div", "idiv", "mod",
            "eq", "ne", "lt", "le", "gt", "ge",
            "node", "text"}
ELEMENTS = {SCH + n for n in """schema ns phase active let pattern rule assert report value-of
    diagnostics diagnostic p""".split()}


def functions(repository):
    """The names of our own functions, as the page that defines them has them."""
    text = (repository / "spec/formats/functions.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| .*?`(ax:[a-z-]+)\(", text, flags=re.MULTILINE)) | set(
        re.findall(r"`(ax:[a-z-]+)\(", text))


def unknown_functions(expression, known):
    bare = re.sub(r"'[^']*'", "''", expression)
    called = set(re.findall(r"(?<![\w$@:.-])([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)\s*\(", bare))
    return called - known - KEYWORDS


def catalogue(repository):
    """id -> (severity, clause, what it needs)."""
    lines = (repository / "tests/rules/catalogue.tsv").read_text(encoding="utf-8").splitlines()
    return {l.split("\t")[0]: tuple(l.split("\t")[1:])
            for l in lines if l and not l.startswith("#")}


def words_of(element):
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def check_area(area, tally):
    name = area.path.name
    code = area.root.get(RULE + "area")
    tally.check(area.root.tag == SCH + "schema" and area.root.get("queryBinding") == "xpath2"
                and area.root.get("schemaVersion") and code in AREAS,
                f"{name}: the head is not that of an area")
    for element in area.root.iter():
        tally.check(element.tag in ELEMENTS or element.tag == XSL + "key",
                    f"{name}: {element.tag} is not used in our rules")
    ids = [p.id for p in area.patterns]
    tally.check(ids == sorted(set(ids)) and all(i.startswith(f"R-{code}-") for i in ids),
                f"{name}: rules of another area, out of order or twice")
    tally.check(tuple(area.phases) == PHASES, f"{name}: phases {tuple(area.phases)}")
    for phase, active in area.phases.items():
        tally.check(active <= set(ids), f"{name}: phase {phase} names {sorted(active - set(ids))}")
    used = {d for p in area.patterns for _, c in p.checks()
            for d in (c.get("diagnostics") or "").split()}
    tally.check(used == set(area.diagnostics),
                f"{name}: diagnostics {sorted(used ^ set(area.diagnostics))}")


def check_pattern(pattern, known, callable_, tally):
    rule = pattern.id
    if not tally.check(rule in known, f"{rule} is not in the catalogue"):
        return
    severity, clause, _ = known[rule]
    scope = pattern.node.get(RULE + "scope")
    several = set((scope or "").split())
    tally.check(several and (scope in SCOPES or several == {"record", "conversation"}),
                f"{rule}: scope {scope}")
    tally.check(pattern.node.get(RULE + "clause") == clause, f"{rule}: clause is not {clause}")
    active = [p for p, names in pattern.area.phases.items() if rule in names]
    rules = pattern.node.findall(SCH + "rule")
    if scope in ("layer", "none"):
        said = {p.get(XML_LANG): words_of(p) for p in pattern.node.findall(SCH + "p")}
        tally.check(not rules and set(said) == set(LANGUAGES) and all(said.values()),
                    f"{rule}: a rule that is not decided here gives its reason in three languages")
        tally.check((scope == "layer") == bool(pattern.node.get(RULE + "layer")),
                    f"{rule}: which layer?")
        return
    tally.check(bool(active), f"{rule} runs in no phase")
    findings = pattern.findings()
    tally.check(severity in {role for role, _ in findings.values()}, f"{rule} has no {severity}")
    letters = [f"{rule}.{chr(97 + n)}" for n in range(len(findings))]
    tally.check(list(findings) == letters, f"{rule}: asserts are {list(findings)}")
    for node in rules:
        for value in [node.get("context")] + [c.get("test") or c.get("value") for c in node]:
            tally.check(value and "//" not in value,
                        f"{rule}: {value} looks through the whole tree")
            strange = unknown_functions(value or "", callable_)
            tally.check(not strange, f"{rule}: {sorted(strange)} is not in the subset of XPath")
    for _, check in pattern.checks():
        name = check.get("id") or f"{rule} undecided"
        tally.check(check.get("role") in ("error", "warning", "undecided"), f"{name}: role")
        said = {"en": check}
        for d in (check.get("diagnostics") or "").split():
            if d in pattern.area.diagnostics:
                said[pattern.area.diagnostics[d].get(XML_LANG)] = pattern.area.diagnostics[d]
        tally.check(set(said) == set(LANGUAGES), f"{name}: texts in {sorted(said)}")
        texts = [words_of(e) for e in said.values()]
        tally.check(len(set(texts)) == len(texts)
                    and all(len(t) >= 20 and t[-1] in ".?" for t in texts),
                    f"{name}: a text is too short, has no end, or stands in two languages")
        for element in said.values():
            for value in element.iter(SCH + "value-of"):
                tally.check(re.fullmatch(r"\$p-[a-z-]+", value.get("select") or ""),
                            f"{name}: a text may only hold parameters ($p-...), never a value "
                            "of the record")


def read_page(path):
    """({language: (title, text)}, [XML blocks (wrong, right)]) or a word on what is wrong."""
    match = PAGE.match(path.read_text(encoding="utf-8"))
    if not match or match.group(1) != path.stem:
        return "its head"
    sections = re.split(r"^## ", match.group(2), flags=re.MULTILINE)
    heads = [s.partition(":")[0] for s in sections[1:4]]
    if heads != list(LANGUAGES) or len(sections) not in (5, 4):
        return "its sections are not en, es, fr and XML"
    languages = {}
    for section in sections[1:4]:
        head, _, text = section.partition("\n")
        languages[head[:2]] = (head[4:].strip(), text.strip())
    blocks = re.findall(r"^(Wrong|Right) / [A-Za-z]+ / [A-Za-z]+:\n\n```xml\n(.*?)^```$",
                        sections[4] if len(sections) == 5 else "",
                        flags=re.MULTILINE | re.DOTALL)
    return languages, blocks


def check_page(pattern, repository, tally, seen):
    path = repository / "spec/rules" / f"{pattern.id}.md"
    if not tally.check(path.exists(), f"{pattern.id} has no page"):
        return None
    page = read_page(path)
    if not tally.check(not isinstance(page, str), f"{path.name}: {page}"):
        return None
    languages, blocks = page
    for language, (title, text) in languages.items():
        paragraphs = [" ".join(p.split()) for p in text.split("\n\n")]
        labels = tuple(l for p in paragraphs for l in LABELS[language] if p.startswith(l))
        tally.check(labels == LABELS[language] and len(paragraphs) == 3,
                    f"{path.name} {language}: three paragraphs, {LABELS[language]}")
        tally.check(10 <= len(title) <= 110 and not title.endswith("."),
                    f"{path.name} {language}: title")
        for said in [title] + paragraphs:
            tally.check(len(said) >= 10 and said not in seen,
                        f"{path.name} {language}: said before: {said[:60]}")
            seen.add(said)
        for p in paragraphs:
            tally.check(60 <= len(p) <= 900,
                        f"{path.name} {language}: {len(p)} characters: {p[:50]}")
    if pattern.node.findall(SCH + "rule"):
        tally.check([k for k, _ in blocks] == ["Wrong", "Right"],
                    f"{path.name}: one wrong and one right XML")
    return blocks


def check_snippets(pattern, blocks, documents, tally):
    """The XML of a page comes from the rule's examples; "…" stands for lines left out."""
    for kind, text in blocks:
        wanted = "fail" if kind == "Wrong" else "pass"
        parts = [re.sub(r"\s+", "", p) for p in text.split("…")]
        held = False
        for case, file, _ in documents:
            if case.kind != wanted:
                continue
            whole = re.sub(r"\s+", "", file.read_text(encoding="utf-8"))
            at = 0
            for part in parts:
                at = whole.find(part, at)
                if at < 0:
                    break
            held = held or at >= 0
        tally.check(held,
                    f"{pattern.id}: the {kind.lower()} XML of its page is in no {wanted} example")


def check(areas, patterns, repository, tally, whole):
    """Returns the XML blocks of each rule's page."""
    known = catalogue(repository)
    pages, seen = {}, set()
    callable_ = XPATH | functions(repository)
    chosen = {p.area.path for p in patterns}
    for area in areas:
        if whole or area.path in chosen:
            check_area(area, tally)
    for pattern in patterns:
        check_pattern(pattern, known, callable_, tally)
        blocks = check_page(pattern, repository, tally, seen)
        if blocks:
            pages[pattern.id] = blocks
    written = {a.root.get(RULE + "area") for a in areas}
    have = {p.id for a in areas for p in a.patterns}
    if whole:
        for rule in known:
            if rule[2:4] in written:
                tally.check(rule in have, f"{rule} is missing in its area")
        missing = [a for a in AREAS if a not in written]
        if missing:
            print("areas not written yet:", " ".join(missing))
        folders = {p.name for p in (repository / "tests/rules").glob("R-*")}
        tally.check(folders <= have, f"examples of no rule: {sorted(folders - have)}")
        stray = {p.stem for p in (repository / "spec/rules").glob("R-*.md")} - have
        tally.check(not stray, f"pages of no rule: {sorted(stray)}")
    return pages
