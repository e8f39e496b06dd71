#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Documents, schemas and cache files made to do harm: each has to end in a finding, a verdict or an
honest error, within limits of processor time and memory that the kernel holds the program to.

check_hostile.py PROGRAM [--slow N] [--no-memory-limit] [--size MB] [--engine E]

--slow N: N times the processor time (a debug build); --size: of the large documents, 3 MB every
day, 1024 on demand (then those that are read to their end take as long as that takes)."""
import argparse
import json
import math
import os
import pathlib
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import unittest
from dataclasses import dataclass

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import hostile_schemas  # noqa: E402
import hostile_values  # noqa: E402
import large_documents  # noqa: E402
import small_documents  # noqa: E402
from small_documents import VALID  # noqa: E402

ROOT = HERE.parents[1]
SCHEMA = HERE / "hostile.xsd"
OPTIONS = None
START_SECONDS = 1        # of processor time, for a run that reads little
MEGABYTE = 1 << 20
ADDRESS_SPACE = 1024     # MB
RESIDENT = 128           # MB: everything, the libraries and the compiler of schemas too
WALL_SECONDS = 600       # against a test that never ends; nothing is measured by it
STATUS_SKIPPED = 77
STATUS_VALID, STATUS_FINDINGS, STATUS_CANNOT_RUN = 0, 1, 3


@dataclass
class Ended:
    status: int  # negative: the signal
    out: bytes
    err: bytes
    seconds: float
    megabytes: float

    @property
    def inputs(self):
        return json.loads(self.out)["inputs"]

    def describe(self):
        return (f"status {self.status}, {self.seconds:.2f} s, {self.megabytes:.0f} MB, "
                f"{self.err[:300].decode('utf-8', 'replace')}")


def hold(seconds):
    def limit():
        most = math.ceil(seconds * OPTIONS.slow)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if not OPTIONS.no_memory_limit:
            space = ADDRESS_SPACE * MEGABYTE
            resource.setrlimit(resource.RLIMIT_AS, (space, space))
    return limit


def feed(child, pieces):
    try:
        for piece in pieces:
            child.stdin.write(piece)
        child.stdin.close()
    except BrokenPipeError:
        try:
            child.stdin.close()
        except BrokenPipeError:
            pass


def run(words, pieces=(), seconds=START_SECONDS, **options):
    """What becomes of the program with these arguments and this on its standard input."""
    engine = ["--engine", OPTIONS.engine] if OPTIONS.engine and words[0] == "validate" else []
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen([OPTIONS.program, *words[:1], *engine, *words[1:]],
                                 stdin=subprocess.PIPE, stdout=out, stderr=err,
                                 preexec_fn=hold(seconds), env={"PATH": "/usr/bin:/bin",
                                                                "LC_ALL": "C", **options})
        timer = threading.Timer(WALL_SECONDS, child.kill)
        timer.start()
        feed(child, pieces)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        timer.cancel()
        out.seek(0)
        err.seek(0)
        return Ended(child.returncode, out.read(), err.read(), used.ru_utime + used.ru_stime,
                     used.ru_maxrss / 1024)


def validate(*operands, schema=SCHEMA, pieces=(), seconds=START_SECONDS, more=()):
    return run(["validate", "--schema", str(schema), "--no-rules", "--format", "json", *more,
                *operands], pieces, seconds)


def rules_of(report):
    return [rule["id"] for rule in report["rules"]]


class Hostile(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.holder = tempfile.TemporaryDirectory(prefix="amparo-hostile-")
        self.folder = pathlib.Path(self.holder.name)
        self.addCleanup(self.holder.cleanup)
        self.fifo = self.folder / "fifo"
        os.mkfifo(self.fifo)

    def assert_bounded(self, ended, statuses=(STATUS_VALID, STATUS_FINDINGS)):
        self.assertIn(ended.status, statuses, ended.describe())
        if not OPTIONS.no_memory_limit:
            self.assertLess(ended.megabytes, RESIDENT, ended.describe())
        self.assertLess(len(ended.out), 4 * MEGABYTE, "a report of this size helps nobody")

    def check_small(self, documents):
        """All in one run: what one of them leaves behind must not be felt by the next."""
        documents = list(documents)
        files = []
        for number, document in enumerate(documents):
            file = self.folder / f"{number:04}.xml"
            file.write_bytes(document.bytes)
            files.append(str(file))
        ended = validate(*files, seconds=START_SECONDS + len(files) / 200)
        self.assert_bounded(ended)
        reports = ended.inputs
        self.assertEqual(len(reports), len(documents))
        for document, report in zip(documents, reports):
            with self.subTest(document.name):
                found = rules_of(report)
                if document.rule == VALID:
                    self.assertEqual(found, [])
                    self.assertEqual(report["verdict"], VALID)
                else:
                    self.assertIn(document.rule, found)
                    self.assertEqual(report["verdict"], "invalid")

    def test_X_01_a_document_type_is_refused_unread(self):
        self.check_small(small_documents.doctypes(self.fifo))

    def test_X_02_nothing_that_content_names_is_opened(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            listener.setblocking(False)
            port = listener.getsockname()[1]
            # Whoever opened the pipe would wait for a writer for ever: the clock would tell.
            self.check_small(small_documents.openings(self.fifo, port))
            with self.assertRaises(BlockingIOError):
                listener.accept()

    def test_X_03_bytes_that_claim_another_encoding(self):
        self.check_small(small_documents.encodings())

    def test_X_04_what_is_no_character_is_found(self):
        self.check_small(small_documents.bad_bytes())

    def test_X_05_documents_large_in_one_dimension(self):
        megabytes = OPTIONS.size
        for document in large_documents.documents():
            with self.subTest(document.name):
                # What a limit stops is stopped within a second, whatever its size.
                seconds = START_SECONDS + (megabytes if document.grows else 0)
                ended = validate("-", pieces=document.pieces(megabytes * MEGABYTE),
                                 seconds=seconds)
                self.assert_bounded(ended)
                if OPTIONS.verbose:
                    print(f"{document.name:32} {ended.describe()}")
                report = ended.inputs[0]
                if ended.status == STATUS_VALID:
                    self.assertIn(VALID, document.rules)
                elif document.rules:
                    self.assertTrue(set(rules_of(report)) & set(document.rules), rules_of(report))

    def test_values_that_are_hard_to_read_or_compare(self):
        document = b"".join(hostile_values.pieces())
        ended = validate("-", pieces=[document], seconds=START_SECONDS + 1)
        self.assert_bounded(ended)
        wrong = hostile_values.wrong()
        counts = ended.inputs[0]["counts"]
        self.assertEqual(counts["error"], wrong, ended.inputs[0]["rules"])

    def test_X_08_patterns_that_defeat_backtracking(self):
        schema = self.folder / "patterns.xsd"
        schema.write_text(hostile_schemas.patterns())
        ended = validate("-", schema=schema, pieces=hostile_schemas.texts_for_patterns(),
                         seconds=START_SECONDS + 1)
        self.assert_bounded(ended, (STATUS_FINDINGS,))
        self.assertEqual(ended.inputs[0]["counts"]["error"], len(hostile_schemas.PATTERNS))

    def test_schemas_that_exhaust_who_reads_them(self):
        good = self.folder / "good.xml"
        good.write_text("<a/>")
        for name, components in hostile_schemas.schemas():
            with self.subTest(name):
                schema = self.folder / "schema.xsd"
                schema.write_text(components)
                ended = validate(str(good), schema=schema, seconds=hostile_schemas.SECONDS)
                if OPTIONS.verbose:
                    print(f"{name:32} {ended.describe()}")
                self.assertIn(ended.status, (STATUS_VALID, STATUS_FINDINGS, STATUS_CANNOT_RUN),
                              ended.describe())
                if ended.status == STATUS_CANNOT_RUN:
                    self.assertTrue(ended.err.startswith(b"amparo: "), ended.err)
                    self.assertNotIn(b"terminate", ended.err)

    def test_keys_whose_scopes_lie_in_one_another(self):
        for name, schema_text, pieces in hostile_schemas.keys():
            with self.subTest(name):
                schema = self.folder / "keys.xsd"
                schema.write_text(schema_text)
                ended = validate("-", schema=schema, pieces=pieces, seconds=START_SECONDS + 1)
                if OPTIONS.verbose:
                    print(f"{name:32} {ended.describe()}")
                self.assert_bounded(ended)

    def test_the_standard_itself_with_what_its_profile_forbids(self):
        """[X-03, X-04] Only UTF-8, no instruction, no control character, no non-character."""
        declared = b'<?xml version="1.0" encoding="%s"?><Batch/>'
        cases = [(declared % name, "G-ENCODING") for name in
                 (b"ISO-8859-1", b"windows-1252", b"UTF-16", b"UTF-32", b"UTF-7", b"ASCII-7",
                  b"Shift_JIS", b"GB18030", b"EBCDIC-CP-US")]
        cases += [("\ufeff<Batch/>".encode("utf-16-le"), "G-ENCODING"),
                  ("\ufeff<Batch/>".encode("utf-16-be"), "G-ENCODING"),
                  (b"<\0B\0", "G-ENCODING"), (b"<Batch>\xe9</Batch>", "G-UTF8"),
                  (b"<Batch>\xc2\x85</Batch>", "G-CHAR"), (b"<Batch>\x7f</Batch>", "G-CHAR"),
                  (b"<Batch>\xef\xb7\x90</Batch>", "G-CHAR"),
                  (b"<Batch>\xf0\x9f\xbf\xbe</Batch>", "G-CHAR"),
                  (b"<Batch>&#x80;</Batch>", "G-CHAR"), (b"<?php x?><Batch/>", "G-PI")]
        files = []
        for number, (document, _) in enumerate(cases):
            files.append(self.folder / f"{number:02}.xml")
            files[-1].write_bytes(document)
        ended = run(["validate", "--format", "json", *map(str, files)], seconds=4)
        self.assertEqual(ended.status, STATUS_FINDINGS, ended.describe())
        for (document, rule), report in zip(cases, ended.inputs):
            with self.subTest(document):
                self.assertIn(rule, rules_of(report))

    def test_X_05_limits_at_n_and_beyond(self):
        """The limits that stand for the standard; below them it is only not of the schema."""
        def nested(n):
            return "<a>" * n + "</a>" * n
        dimensions = {
            "G-LIMIT-DEPTH": (64, nested),
            "G-LIMIT-ATTRIBUTES": (128, lambda n: "<a" + "".join(
                f" b{i}=''" for i in range(n)) + "/>"),
            "G-LIMIT-NAMESPACES": (32, lambda n: "<a" + "".join(
                f" xmlns:b{i}='u'" for i in range(n)) + "/>"),
            "G-LIMIT-NAME": (256, lambda n: f"<{'a' * n}/>"),
            "G-LIMIT-VALUE": (64 << 10, lambda n: f"<a b='{'c' * n}'/>"),
            "G-LIMIT-TEXT": (1 << 20, lambda n: f"<a>{'b' * n}</a>"),
            "G-LIMIT-MARKUP": (1 << 20, lambda n: f"<a{' ' * (n - 3)}>" + "</a>"),
        }
        files, beyond = [], []
        for rule, (most, make) in dimensions.items():
            for n in (most - 1, most, most + 1):
                files.append(self.folder / f"{len(files):02}.xml")
                files[-1].write_text(make(n))
                beyond.append((rule, n, n > most))
        ended = run(["validate", "--format", "json", *map(str, files)], seconds=4)
        self.assertEqual(ended.status, STATUS_FINDINGS, ended.describe())
        for (rule, n, is_beyond), report in zip(beyond, ended.inputs):
            with self.subTest(rule, n=n):
                self.assertEqual(rule in rules_of(report), is_beyond, rules_of(report))
                limits = [r for r in rules_of(report) if r.startswith("G-LIMIT")]
                self.assertEqual(len(limits), is_beyond)


def main():
    global OPTIONS
    words = argparse.ArgumentParser()
    words.add_argument("program")
    words.add_argument("--slow", type=float, default=1)
    words.add_argument("--no-memory-limit", action="store_true")
    words.add_argument("--size", type=int, default=3, help="MB")
    words.add_argument("--engine")
    words.add_argument("--compiled", action="store_true",
                       help="the program has no --engine and validates with the compiled one")
    words.add_argument("--verbose", action="store_true")
    OPTIONS, rest = words.parse_known_args()
    OPTIONS.program = os.path.abspath(OPTIONS.program)
    told = subprocess.run([OPTIONS.program, "validate", "--help"], capture_output=True, check=True)
    if b"--engine" not in told.stdout and not OPTIONS.compiled:
        print("skipped: this program validates with Xerces, which promises none of this")
        sys.exit(STATUS_SKIPPED)
    unittest.main(argv=[sys.argv[0], *rest])


if __name__ == "__main__":
    main()
