#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds the business rules against their catalogue, pages, examples and mutants.

  check_rules.py [--only ID,...] [--mutants] [--keep FOLDER] [REPOSITORY]

--only takes rules (R-ID-01) or areas (ID). The last line is "N passed, N failed, N skipped".
With AMPARO_REQUIRE_ORACLES=1 a missing Saxon is a failure; otherwise what needs it is skipped.
What a cases file says: tests/rules/README.md. The conventions of rules: spec/formats/rules.md.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import documents
import form
import mutants
import oracle
import schematron

NAMESPACE = "{https://w3id.org/amparo/1/parameters}"


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, good, text):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            print("FAILED", text)
        return good


def archive_exempt(repository):
    import xml.etree.ElementTree as ET
    root = ET.parse(repository / "schema/parameters/regional.xml").getroot()
    return {e.get("rule") for e in root.findall(NAMESPACE + "ArchiveExemption")}


def wanted(pattern, only):
    return not only or pattern.id in only or pattern.id[2:4] in only


def write_examples(rules, repository, folder, tally):
    """Rule id -> [(case, document path, expected lines)]; all of them valid against the schema."""
    made, files = {}, []
    for rule in rules:
        path = repository / "tests/rules" / rule / "cases.txt"
        if not path.exists():
            continue
        try:
            for case in documents.read_cases(path):
                text, places = documents.make(case, repository)
                file = folder / f"{rule}-{case.number}-{case.kind}.xml"
                file.write_text(text, encoding="utf-8")
                files.append((file, case))
                made.setdefault(rule, []).append((case, file, places))
        except documents.CaseError as e:
            tally.check(False, str(e))
    valid = [f for f, c in files if not c.base.startswith("own conversation")]
    if valid:
        said = subprocess.run(["xmllint", "--noout", "--nonet", "--schema",
                               str(repository / "schema/1.0/amparo.xsd"), *map(str, valid)],
                              stderr=subprocess.PIPE, text=True).stderr
        for line in said.splitlines():
            if "error :" in line:
                print(line)
        bad = {l.rsplit(" ", 3)[0] for l in said.splitlines() if l.endswith(" fails to validate")}
        for file in valid:
            tally.check(str(file) not in bad and said,
                        f"{file.name} is not valid against the schema")
    return made


def stylesheet(pattern, folder, archive, name):
    path = folder / f"{name}.xsl"
    path.write_text(schematron.to_xslt([pattern], archive), encoding="utf-8")
    return path


def expected_findings(case, places, pattern):
    findings = pattern.findings()
    only = next(iter(findings), "")
    return sorted((f"{pattern.id}.{letter}" if letter else only, line) for letter, line in places)


def agrees(case, places, pattern, answer):
    """Whether state and findings are those the case promises."""
    if answer.state(pattern.id) != case.kind:
        return False
    found = sorted((assert_id, line)
                   for assert_id, _, line, _ in answer.findings.get(pattern.id, []))
    return case.kind != "fail" or found == expected_findings(case, places, pattern)


def check_examples(patterns, made, repository, folder, archive, tally):
    jobs, about = [], []
    for pattern in patterns:
        if not pattern.node.findall(schematron.SCH + "rule"):
            continue
        kinds = Counter(case.kind for case, _, _ in made.get(pattern.id, []))
        for kind in ("pass", "fail"):
            tally.check(kinds[kind] > 0, f"{pattern.id}: no example of kind {kind}")
        sheet = stylesheet(pattern, folder, archive, pattern.id)
        for case, file, places in made.get(pattern.id, []):
            jobs.append((sheet, file, case.as_of))
            about.append((pattern, case, places))
    seen = set()
    for (pattern, case, places), job, answer in zip(about, jobs, oracle.run(repository, jobs)):
        found = answer.findings.get(pattern.id, [])
        tally.check(agrees(case, places, pattern, answer),
                    f"{pattern.id} case {case.number} ({case.kind}: {case.title}): "
                    f"{answer.state(pattern.id)} {[(a, l) for a, _, l, _ in found]} "
                    f"expected {expected_findings(case, places, pattern)} "
                    f"{answer.errors or ''} {job[1]}")
        for assert_id, _, _, words in found:
            seen.add(assert_id)
            tally.check(len(words) == 3 and all(words), f"{assert_id}: a message is empty: {words}")
    for pattern in patterns:
        for assert_id in pattern.findings():
            tally.check(assert_id in seen, f"{assert_id}: no example makes it fail")


def corpus(repository):
    """The valid examples of the standard: none may break a rule but as corpus.tsv says."""
    folders = ("record", "batch", "messages", "sequences")
    return sorted(p for f in folders for p in (repository / "examples" / f).rglob("*.xml"))


def check_corpus(patterns, repository, folder, archive, tally):
    allowed = set()
    for line in (repository / "tests/rules/corpus.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            allowed.add(tuple(line.split("\t")[:2]))
    allowed -= {a for a in allowed if a[1] not in {p.id for p in patterns}}
    files, jobs = corpus(repository), []
    # A stylesheet for each area: each has variables and keys of its own.
    for path in sorted({p.area.path for p in patterns}):
        sheet = folder / f"{path.stem}.xsl"
        here = [p for p in patterns if p.area.path == path]
        sheet.write_text(schematron.to_xslt(here, archive), encoding="utf-8")
        jobs += [(sheet, f, "2026-11-01") for f in files]
    seen = set()
    for (_, file, _), answer in zip(jobs, oracle.run(repository, jobs)):
        name = str(file.relative_to(repository / "examples"))
        tally.check(not answer.errors, f"{name}: {answer.errors}")
        for rule, found in answer.findings.items():
            if (name, rule) in allowed:
                seen.add((name, rule))
                continue
            lines = sorted({line for _, _, line, _ in found})
            tally.check(False, f"examples/{name}: {rule} at lines {lines[:5]}: {found[0][3][0]}")
    for name, rule in sorted(allowed - seen):
        tally.check(False, f"corpus.tsv allows {rule} in {name}, which does not have it")


def check_mutants(patterns, made, repository, folder, archive, tally):
    """Every rule's examples kill its mutants; survivors.tsv names those that cannot be killed."""
    survivors = {}
    for line in (repository / "tests/rules/survivors.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            rule, name, reason = line.split("\t")
            survivors[rule, name] = reason
    jobs, about = [], []
    for pattern in patterns:
        for name, change, mutant in mutants.mutants(pattern):
            sheet = stylesheet(mutant, folder, archive, f"{pattern.id}-{name}")
            for case, file, places in made.get(pattern.id, []):
                jobs.append((sheet, file, case.as_of))
                about.append((pattern, name, change, case, places))
    killed, changes = {}, {}
    answers = oracle.run(repository, jobs, workers=2) if jobs else []
    for (pattern, name, change, case, places), answer in zip(about, answers):
        key = (pattern.id, name)
        changes[key] = change
        killed[key] = killed.get(key, False) or not agrees(case, places, pattern, answer)
    score = Counter()
    for (rule, name), dead in killed.items():
        score[rule, dead] += 1
        if not dead and (rule, name) not in survivors:
            print(f"SURVIVED {rule} {name}: {changes[rule, name]}")
    for (rule, name), reason in survivors.items():
        if (rule, name) in killed:
            tally.check(not killed[rule, name], f"survivors.tsv: {rule} {name} is killed after all")
        elif any(p.id == rule for p in patterns):
            tally.check(False, f"survivors.tsv: {rule} has no mutant {name}")
    for pattern in patterns:
        dead, alive = score[pattern.id, True], score[pattern.id, False]
        if dead + alive:
            print(f"mutants {pattern.id}: {dead} of {dead + alive} killed")
    dead, total = sum(killed.values()), len(killed)
    print(f"mutants: {dead} of {total} killed, {100 * dead / max(1, total):.1f} %")
    tally.check(dead >= 0.95 * total, "fewer than 95 % of the mutants are killed")


def check_vectors(repository, tally):
    rows = [l.split("\t") for l in
            (repository / "tests/rules/vectors.tsv").read_text(encoding="utf-8").splitlines()
            if l and not l.startswith("#")]
    answers = oracle.ask(repository, "vectors",
                         ["\t".join(r[:-1]) for r in rows]).splitlines()
    for row, answer in zip(rows, answers):
        tally.check(answer == row[-1], f"vector {row}: {answer}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("repository", nargs="?", default=".")
    parser.add_argument("--only", default="")
    parser.add_argument("--mutants", action="store_true")
    parser.add_argument("--keep", default="")
    options = parser.parse_args()
    repository = Path(options.repository).resolve()
    only = set(filter(None, options.only.split(",")))
    tally = Tally()
    areas = schematron.load(repository / "schema/rules")
    everything = [p for a in areas for p in a.patterns]
    patterns = [p for p in everything if wanted(p, only)]
    pages = form.check(areas, patterns, repository, tally, whole=not only)
    lack = oracle.missing()
    if lack:
        print(f"skipped: {lack} is not installed")
        if os.environ.get("AMPARO_REQUIRE_ORACLES") == "1":
            tally.failed += 1
        tally.skipped += 1
    else:
        folder = Path(options.keep or tempfile.mkdtemp(prefix="amparo-rules-"))
        folder.mkdir(parents=True, exist_ok=True)
        archive = archive_exempt(repository)
        made = write_examples([p.id for p in patterns], repository, folder, tally)
        check_examples(patterns, made, repository, folder, archive, tally)
        for pattern in patterns:
            form.check_snippets(pattern, pages.get(pattern.id, ()), made.get(pattern.id, ()), tally)
        check_vectors(repository, tally)
        check_corpus(patterns, repository, folder, archive, tally)
        if options.mutants:
            check_mutants(patterns, made, repository, folder, archive, tally)
        if not options.keep:
            shutil.rmtree(folder)
    print(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
