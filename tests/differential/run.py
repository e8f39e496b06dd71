#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Random schemas and documents: engines must agree on the verdict of each.

run.py PROGRAM --cases N --seed S [--engines xerces,libxml2,compiled]

Exit status: 0 they agree or the difference is known, 1 they do not, 77 an engine is not here."""
import argparse
import csv
import itertools
import multiprocessing
import os
import pathlib
import random
import re
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
import engines  # noqa: E402
import minimise  # noqa: E402
from document_maker import DocumentMaker, Spoiler, write  # noqa: E402
from schema_maker import Maker  # noqa: E402
from schema_writer import add_constraints, write_schema  # noqa: E402

SKIPPED = 77
DECIDED = {engines.VALID, engines.INVALID}
MOST_TOLD = 20
MOST_ENTRIES = 20
# Fewer decided or valid cases than this, and the run has shown nothing.
LEAST_DECIDED, LEAST_VALID = 0.75, 0.2
# Each list blames one engine: Xerces, or where the specification leaves a choice that Xerces made
# otherwise; and xmllint.
LISTS = {"adjudicated.tsv": "xerces", "libxml2_faults.tsv": engines.XMLLINT_ENGINE}
# An oracle that could not finish has said nothing; our own engine has no such excuse.
ORACLES = set(LISTS.values())
SILENT = {engines.UNSURE, engines.REFUSED, engines.HANG}


@dataclass
class Difference:
    case: str
    what: str  # schema or document
    verdicts: dict  # engine -> verdict
    told: str
    schema: str
    document: str = ""
    known: list = field(default_factory=list)  # ids of entries, one for each pair that differs

    def title(self):
        said = ", ".join(f"{name} {verdict}" for name, verdict in self.verdicts.items())
        return f"{self.case}: {self.what}: {said}: {self.told[:300]}"


@dataclass
class Batch:
    cases: int = 0
    decided: int = 0
    valid: int = 0
    compiled: bool = False
    differences: list = field(default_factory=list)


class Known:
    """The two lists. A pattern of "-" is met by anything."""

    def __init__(self):
        self.entries = []
        for name, blamed in LISTS.items():
            with open(HERE / name, encoding="utf-8", newline="") as lines:
                kept = (line for line in lines if not line.startswith("#"))
                rows = list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))
            if name == "adjudicated.tsv" and len(rows) > MOST_ENTRIES:
                raise ValueError(f"{name} has more than {MOST_ENTRIES} entries")
            for row in rows:
                row["patterns"] = [(part, re.compile(row[part], re.S))
                                   for part in ("told", "schema", "document") if row[part] != "-"]
                self.entries.append((blamed, row))

    @staticmethod
    def reader(engine):
        return "xerces" if engine == "compiled" else engine

    def find(self, one, other, difference):
        for blamed, row in self.entries:
            if row["what"] != difference.what:
                continue
            # The compiled engine has Xerces read the schema.
            pair = [self.reader(each) if row["what"] == "schema" else each for each in (one, other)]
            if blamed not in pair:
                continue
            right, wrong = (other, one) if blamed == pair[0] else (one, other)
            said = (difference.verdicts[right], difference.verdicts[wrong])
            if said == (row["right"], row["blamed"]) and \
                    all(p.search(getattr(difference, part)) for part, p in row["patterns"]):
                return row["id"]
        return None

    def settle(self, difference):
        """Whether each pair of engines that differ is in a list. A crash or hang never is."""
        difference.known = []
        for one, other in itertools.combinations(difference.verdicts, 2):
            if difference.verdicts[one] == difference.verdicts[other]:
                continue
            found = self.find(one, other, difference)
            if found is None:
                return False
            difference.known.append(found)
        return bool(difference.known)


class Work:
    """One schema with its documents; made anew in each worker process."""

    def __init__(self, options, chosen, known):
        self.options = options
        self.engines = chosen
        self.known = known

    def batch(self, number):
        case = f"{self.options.seed}-{number}"
        rng = random.Random(f"amparo/{case}")
        maker = Maker(rng).make()
        add_constraints(maker)
        files = write_schema(maker)
        folder = pathlib.Path(self.options.work) / f"{os.getpid()}" / case
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        nodes = self.documents(rng, maker)
        for i, node in enumerate(nodes):
            (folder / f"{i}.xml").write_text(write(node), encoding="utf-8")
        batch = self.compare(case, folder, nodes, "\n".join(files.values()))
        shutil.rmtree(folder)
        return batch

    def documents(self, rng, maker):
        makes, spoiler = DocumentMaker(rng, maker), Spoiler(rng, maker)
        nodes = []
        for i in range(self.options.documents):
            nodes.append(makes.make() if i % 2 == 0 else spoiler.spoil(rng.choice(nodes[::2])))
        return nodes

    def ask(self, folder, names):
        return {engine.name: engine.ask(["main.xsd"], names, names[0], cwd=folder)
                for engine in self.engines}

    def compare(self, case, folder, nodes, schema):
        names = [f"{i}.xml" for i in range(len(nodes))]
        outcomes = self.ask(folder, names)
        batch = Batch(cases=len(nodes))
        schemas = {name: each.schema for name, each in outcomes.items()}
        self.judge(batch, Difference(case, "schema", *said(schemas), schema), folder, None)
        batch.compiled = {each.verdict for each in schemas.values()} == {engines.VALID}
        if not batch.compiled:
            return batch
        for name, node in zip(names, nodes):
            verdicts = {each: outcome.documents[name] for each, outcome in outcomes.items()}
            difference = Difference(f"{case}-{name[:-4]}", "document", *said(verdicts), schema,
                                    write(node))
            batch.decided += set(difference.verdicts.values()) <= DECIDED
            batch.valid += set(difference.verdicts.values()) == {engines.VALID}
            self.judge(batch, difference, folder, node)
        return batch

    def judge(self, batch, difference, folder, node):
        difference.verdicts = {name: verdict for name, verdict in difference.verdicts.items()
                               if name not in ORACLES or verdict not in SILENT}
        verdicts = set(difference.verdicts.values())
        if len(verdicts) < 2 and not verdicts & {engines.CRASH, engines.HANG}:
            return
        batch.differences.append(difference)
        if self.known.settle(difference):
            return
        difference.known = []
        kept = pathlib.Path(self.options.keep) / difference.case
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for file in folder.glob("*.xsd"):
            shutil.copy(file, kept)
        if node is not None:
            (kept / "document.xml").write_text(difference.document, encoding="utf-8")
            if self.options.minimise:
                small = minimise.smaller(node, difference.verdicts,
                                         lambda names: self.ask(kept, names), kept)
                difference.document = write(small)
                (kept / "small.xml").write_text(difference.document, encoding="utf-8")
        (kept / "verdicts.txt").write_text(difference.title() + "\n", encoding="utf-8")


def said(verdicts):
    told = "; ".join(f"{name}: {' '.join(each.reasons)}" for name, each in verdicts.items())
    return {name: each.verdict for name, each in verdicts.items()}, told


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("program")
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engines", default="xerces,libxml2",
                        help="of default, xerces, compiled, libxml2 (xmllint)")
    parser.add_argument("--documents", type=int, default=20, help="of each schema")
    parser.add_argument("--only", type=int, help="only the schema of this number")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60, help="after which a process hangs")
    parser.add_argument("--no-minimise", dest="minimise", action="store_false")
    parser.add_argument("--work", default=str(ROOT / "build/differential/work"))
    parser.add_argument("--keep", default=str(ROOT / "build/differential"))
    return parser.parse_args()


WORK = None


def run_batch(number):
    return WORK.batch(number)


def main():
    global WORK
    options = arguments()
    try:
        chosen = [engines.make_engine(name, options.program, options.seconds)
                  for name in options.engines.split(",")]
    except (FileNotFoundError, LookupError) as problem:
        required = os.environ.get("AMPARO_REQUIRE_ORACLES") == "1"
        print(f"{'FAILED' if required else 'SKIPPED'}: {problem}")
        return 1 if required else SKIPPED
    WORK = Work(options, chosen, Known())
    numbers = range((options.cases + options.documents - 1) // options.documents)
    if options.only is not None:
        numbers = [options.only]
    began = time.monotonic()
    with multiprocessing.get_context("fork").Pool(options.jobs) as pool:
        batches = list(pool.imap(run_batch, numbers))
    return tell(batches, time.monotonic() - began, options)


def tell(batches, seconds, options):
    cases = sum(batch.cases for batch in batches)
    decided = sum(batch.decided for batch in batches)
    valid = sum(batch.valid for batch in batches)
    differences = [each for batch in batches for each in batch.differences]
    print(f"{options.engines}: {cases} documents of {len(batches)} schemas "
          f"({sum(batch.compiled for batch in batches)} compile) in {seconds:.1f} s; "
          f"{decided} decided by all engines, {valid} valid for all")
    for entry, number in sorted(Counter(i for each in differences for i in each.known).items()):
        print(f"  {number:5} known: {entry}")
    fresh = [each for each in differences if not each.known]
    for each in fresh[:MOST_TOLD]:
        print(f"DIFFERENT: {each.title()}")
    if fresh:
        print(f"FAILED: {len(fresh)} differences are in no list; see {options.keep}")
    few = decided < LEAST_DECIDED * cases or valid < LEAST_VALID * cases
    if few and options.only is None:
        print("FAILED: too few cases were decided for the run to show anything")
    return 1 if fresh or (few and options.only is None) else 0


if __name__ == "__main__":
    sys.exit(main())
