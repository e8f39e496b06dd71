#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the W3C XML Schema Test Suite (XSD 1.0) through an engine and counts the right verdicts.

run_w3c.py FOLDER [--engine NAME] [--program PATH] [--wrong FILE.tsv]

Exit status: 0, 1 below the floor or a crash or hang that is not listed, 77 no suite to run."""
import argparse
import concurrent.futures
import csv
import pathlib
import random
import sys
import time
from collections import Counter, defaultdict

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests/differential"))
from engines import CRASH, HANG, NO_SCHEMA, VALID, make_engine  # noqa: E402
import w3c_suite  # noqa: E402

SKIPPED = 77
ADJUDICATED = HERE / "adjudicated.tsv"
FLOOR = HERE / "floor.tsv"
FLOOR_COLUMNS = ["engine", "sample", "seed", "measure", "right", "of"]
WRONG_COLUMNS = ["kind", "test", "file", "expected", "ours", "told", "cause"]
# For tests that come without a schema and documents that hint at none.
EMPTY_SCHEMA = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>\n'
PROBE = "<amparo-probe/>\n"

COMPILED = "instance verdicts whose schema compiles"
INSTANCES = "all instance verdicts"
SCHEMAS = "schema verdicts"
MEASURES = (COMPILED, INSTANCES, SCHEMAS)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", help="has tests.jsonl, suite.xml or an archive with them")
    parser.add_argument("--engine", default="default",
                        help="default, xerces, compiled, or libxml2 (xmllint)")
    parser.add_argument("--program", default=str(ROOT / "build/dev/amparo"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20, help="after which a process hangs")
    parser.add_argument("--sample", type=int, default=0, help="only so many groups; 0: all")
    parser.add_argument("--seed", type=int, default=1, help="which groups --sample takes")
    parser.add_argument("--group", help="only the groups whose name begins so")
    parser.add_argument("--hints", choices=["missing", "more"], default="missing",
                        help="give the schemas that a document hints at when its group names "
                             "none, or besides those of its group")
    parser.add_argument("--wrong", help="write the wrong verdicts here (TSV)")
    parser.add_argument("--adjudicated", default=str(ADJUDICATED))
    parser.add_argument("--floor", action="store_true", help="fail below the recorded floor")
    parser.add_argument("--raise-floor", action="store_true", help="record what is better now")
    parser.add_argument("--work", default=str(ROOT / "build/w3c-xsts"))
    return parser.parse_args()


def read_table(file):
    with open(file, encoding="utf-8", newline="") as lines:
        kept = (line for line in lines if not line.startswith("#"))
        return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_table(file, columns, rows):
    with open(file, "w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, delimiter="\t", lineterminator="\n",
                                quoting=csv.QUOTE_NONE, escapechar="\\", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def choose(tests, options):
    if options.group:
        tests = [test for test in tests if test.group.startswith(options.group)]
    if options.sample:
        groups = sorted({(test.set, test.group) for test in tests})
        chosen = set(random.Random(options.seed).sample(groups, min(options.sample, len(groups))))
        tests = [test for test in tests if (test.set, test.group) in chosen]
    return tests


class Run:
    """One process for each distinct list of schemas, with all its documents."""

    def __init__(self, engine, folder, work, hints):
        self.engine = engine
        self.hints = hints
        self.folder = folder
        work = pathlib.Path(work).resolve()
        work.mkdir(parents=True, exist_ok=True)
        self.empty = str(work / "empty.xsd")
        self.probe = str(work / "probe.xml")
        pathlib.Path(self.empty).write_text(EMPTY_SCHEMA, encoding="utf-8")
        pathlib.Path(self.probe).write_text(PROBE, encoding="utf-8")

    def schemas_of(self, test):
        if test.schemas and self.hints == "more" and test.instance:
            hinted = w3c_suite.hinted_schemas(self.folder, test.instance)
            return tuple(dict.fromkeys([*test.schemas, *hinted]))
        if test.schemas:
            return test.schemas
        return w3c_suite.hinted_schemas(self.folder, test.instance) or (self.empty,)

    def verdicts(self, tests, jobs):
        """Pairs of a test and a verdict, in the order of the tests; without tests that the engine
        cannot be given. Also whether the schemas of each test compiled."""
        by_schemas = defaultdict(list)
        for test in tests:
            by_schemas[self.schemas_of(test)].append(test)
        taken = {each: of for each, of in by_schemas.items() if self.engine.takes(each)}

        def ask(schemas):
            documents = [test.instance for test in taken[schemas] if test.instance]
            return schemas, self.engine.ask(schemas, documents, self.probe, cwd=self.folder)

        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            outcomes = dict(pool.map(ask, taken))
        told = []
        for test in tests:
            outcome = outcomes.get(self.schemas_of(test))
            if outcome is not None:
                verdict = outcome.documents[test.instance] if test.instance else outcome.schema
                told.append((test, verdict, outcome.schema))
        return told


def count(told):
    """right and of, for each measure and contributor; "" is everybody."""
    table = defaultdict(Counter)
    for test, verdict, schema in told:
        measures = [SCHEMAS] if test.kind == "schema" else [INSTANCES]
        if test.kind == "instance" and schema.verdict == VALID:
            measures.append(COMPILED)
        for measure in measures:
            for who in ("", test.contributor):
                table[measure, who]["of"] += 1
                table[measure, who]["right"] += verdict.verdict == test.expected
    return table


def percent(cell):
    if not cell["of"]:
        return "-"
    return f"{100 * cell['right'] / cell['of']:.2f} % ({cell['right']}/{cell['of']})"


def print_scoreboard(table, told):
    people = sorted({test.contributor for test, _, _ in told})
    print(f"{'contributor':<14}" + "".join(f"{measure:>42}" for measure in MEASURES))
    for who in [*people, ""]:
        print(f"{who or 'all':<14}" + "".join(f"{percent(table[m, who]):>42}" for m in MEASURES))


def wrong_rows(told, causes):
    rows = []
    for test, verdict, schema in told:
        if verdict.verdict == test.expected:
            continue
        reasons = (schema if verdict.verdict == NO_SCHEMA else verdict).reasons
        cause = causes.get((test.kind, test.key, verdict.verdict), "")
        rows.append({"kind": test.kind, "test": test.key, "file": test.file,
                     "expected": test.expected, "ours": verdict.verdict,
                     "told": " ".join(" ".join(reasons).split())[:120], "cause": cause})
    return rows


def print_causes(rows):
    tally = Counter((row["kind"], row["cause"].split(":")[0] or "NOT ADJUDICATED")
                    for row in rows)
    print(f"{len(rows)} wrong verdicts:")
    for (kind, cause), number in sorted(tally.items(), key=lambda each: (-each[1], each[0])):
        print(f"  {number:5} {kind:<9} {cause}")


def floor_key(options, measure):
    return (options.engine, str(options.sample or "all"), str(options.seed), measure)


def below_floor(table, options):
    problems = []
    floors = {tuple(row[c] for c in FLOOR_COLUMNS[:4]): row for row in read_table(FLOOR)}
    for measure in MEASURES:
        row = floors.get(floor_key(options, measure))
        cell = table[measure, ""]
        if row is None:
            problems.append(f"no floor is recorded for {' '.join(floor_key(options, measure))}")
        elif cell["right"] * int(row["of"]) < int(row["right"]) * cell["of"]:
            problems.append(f"{measure}: {percent(cell)} is below {row['right']}/{row['of']}")
        elif cell["of"] == 0 and int(row["of"]) > 0:
            problems.append(f"{measure}: nothing was counted")
    return problems


def raise_floor(table, options):
    rows = read_table(FLOOR) if FLOOR.exists() else []
    floors = {tuple(row[c] for c in FLOOR_COLUMNS[:4]): row for row in rows}
    for measure in MEASURES:
        key, cell = floor_key(options, measure), table[measure, ""]
        old = floors.get(key)
        if old and cell["right"] * int(old["of"]) <= int(old["right"]) * cell["of"]:
            continue
        floors[key] = {**dict(zip(FLOOR_COLUMNS, key)), "right": cell["right"], "of": cell["of"]}
    write_table(FLOOR, FLOOR_COLUMNS, [floors[key] for key in sorted(floors)])


def main():
    options = arguments()
    if not pathlib.Path(options.folder).is_dir():
        print(f"SKIPPED: {options.folder} is not there, so there is no test suite to run")
        return SKIPPED
    folder = w3c_suite.find_suite(options.folder, options.work)
    if folder is None:
        print(f"SKIPPED: {options.folder} has neither tests.jsonl, suite.xml nor an archive")
        return SKIPPED
    engine = make_engine(options.engine, options.program, options.seconds)
    tests = choose(w3c_suite.read_tests(folder), options)
    began = time.monotonic()
    told = Run(engine, folder, options.work, options.hints).verdicts(tests, options.jobs)
    table = count(told)
    print(f"{options.engine}: {len(told)} of {len(tests)} tests "
          f"in {time.monotonic() - began:.1f} s")
    print_scoreboard(table, told)
    causes = {(row["kind"], row["test"], row["ours"]): row["cause"]
              for row in read_table(options.adjudicated)}
    rows = wrong_rows(told, causes)
    print_causes(rows)
    if options.wrong:
        write_table(options.wrong, WRONG_COLUMNS, rows)
    dead = [(test, verdict) for test, verdict, _ in told if verdict.verdict in (CRASH, HANG)]
    problems = [f"{verdict.verdict}: {test.key} {test.file} {' '.join(verdict.reasons)}"
                for test, verdict in dead
                if (test.kind, test.key, verdict.verdict) not in causes]
    print(f"{len(dead)} crashes and hangs, {len(problems)} of them not listed")
    if options.floor:
        problems += below_floor(table, options)
    if options.raise_floor:
        raise_floor(table, options)
    for problem in problems:
        print(f"FAILED: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
