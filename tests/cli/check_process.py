#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What only the running process shows: signals, terminals, pipes, completion, secrecy.

check_process.py PROGRAM"""
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests/report"))
import json_schema  # noqa: E402
from check_report_schema import SCHEMA, counts_agree  # noqa: E402

PROGRAM = ""
DOCUMENTS = HERE / "documents"
SCHEMA_OPTION = ["--schema", str(DOCUMENTS / "note.xsd"), "--no-rules"]
CANARIES = ["CANARY", "Zyxwvut", "777333", "+50499"]


def environment(**more):
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TERM": "xterm", **more}


def run(*words, **options):
    options.setdefault("env", environment())
    return subprocess.run([PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True,
                          timeout=300, **options)


def on_terminal(*words, **more):
    """What the program prints when standard output is a terminal."""
    try:
        leader, follower = pty.openpty()
    except OSError as error:  # a container without /dev/pts
        raise unittest.SkipTest(f"no terminal to be had: {error}")
    child = subprocess.Popen([PROGRAM, *words], stdin=subprocess.DEVNULL, stdout=follower,
                             stderr=subprocess.DEVNULL, env=environment(**more))
    os.close(follower)
    printed = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        printed += piece
    os.close(leader)
    child.wait(timeout=60)
    return printed


class Process(unittest.TestCase):
    def test_a_closed_pipe_ends_the_program_quietly(self):
        reader, writer = os.pipe()
        os.close(reader)
        done = subprocess.run([PROGRAM, "--help"], stdout=writer, stderr=subprocess.PIPE,
                              env=environment(), timeout=60)
        os.close(writer)
        self.assertEqual(done.returncode, -signal.SIGPIPE)
        self.assertEqual(done.stderr, b"")

    def test_an_interrupt_ends_with_130_and_leaves_files_as_they_were(self):
        for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
            with tempfile.TemporaryDirectory() as folder:
                target = pathlib.Path(folder) / "report.json"
                target.write_text("old")
                child = subprocess.Popen(
                    [PROGRAM, "validate", *SCHEMA_OPTION, "--output", f"json={target}", "-"],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                    env=environment())
                # The temporary file is there once the program waits for its input.
                until = time.monotonic() + 60
                while len(os.listdir(folder)) < 2 and time.monotonic() < until:
                    time.sleep(0.01)
                self.assertEqual(len(os.listdir(folder)), 2)
                child.send_signal(number)
                out, err = child.communicate(timeout=60)
                self.assertEqual(child.returncode, status)
                self.assertEqual((out, err), (b"", b""))
                self.assertEqual(os.listdir(folder), ["report.json"])
                self.assertEqual(target.read_text(), "old")

    def test_colour_is_for_terminals_only(self):
        bad = ["validate", *SCHEMA_OPTION, str(DOCUMENTS / "bad.xml")]
        self.assertIn(b"\x1b[", on_terminal(*bad))
        self.assertNotIn(b"\x1b", on_terminal(*bad, NO_COLOR="1"))
        self.assertNotIn(b"\x1b", on_terminal(*bad, TERM="dumb"))
        self.assertNotIn(b"\x1b", on_terminal(*bad, "--color", "never"))
        self.assertNotIn(b"\x1b", run(*bad).stdout)
        self.assertIn(b"\x1b[", run(*bad, "--color=always").stdout)
        self.assertNotIn(b"\x1b", run(*bad, "--color=always", "--format=json").stdout)

    def test_reports_repeat_byte_for_byte(self):
        for form in ("text", "json"):
            words = ["validate", *SCHEMA_OPTION, "--format", form, str(DOCUMENTS / "folder")]
            self.assertEqual(run(*words).stdout, run(*words).stdout)

    def test_json_reports_keep_to_their_schema(self):
        for words in ([*SCHEMA_OPTION, str(DOCUMENTS)],
                      [*SCHEMA_OPTION, "--reveal", str(DOCUMENTS)],
                      [*SCHEMA_OPTION, "--max-findings", "0", str(DOCUMENTS)],
                      [str(DOCUMENTS), str(DOCUMENTS / "absent.xml")],
                      [str(ROOT / "examples/invalid")]):
            report = json.loads(run("validate", "--format", "json", *words).stdout)
            self.assertEqual(json_schema.errors(SCHEMA, report), [])
            self.assertEqual(counts_agree(report), [])
            self.assertGreater(len(report["inputs"]), 2)

    def test_no_value_of_a_document_is_in_any_report(self):
        with tempfile.TemporaryDirectory() as folder:
            documents = pathlib.Path(folder) / "in"
            documents.mkdir()
            for i, (old, new) in enumerate([
                    ("2026-02-30", "CANARY-2026"), ("Quinientos metros al norte", "Zyxwvut 777333"),
                    ("<Note>", "<Note kind='CANARY'>"), ("<Day>", "<!-- CANARY --><Day>"),
                    ("31/01/2026", "+50499<![CDATA[CANARY]]>"), ("</Notes>", "CANARY"),
                    ("<Text>", "&CANARY;<Text>"), ("</Text>", "Zyxwvut\x01</Text>")]):
                text = (DOCUMENTS / "bad.xml").read_text("utf-8")
                self.assertIn(old, text)
                (documents / f"{i}.xml").write_text(text.replace(old, new), "utf-8")
            target = pathlib.Path(folder) / "report.json"
            done = run("validate", *SCHEMA_OPTION, "--output", f"json={target}", str(documents))
            self.assertEqual(done.returncode, 1)
            shown = done.stdout + done.stderr + target.read_bytes()
            for canary in CANARIES:
                self.assertNotIn(canary.encode(), shown, canary)
            revealed = run("validate", *SCHEMA_OPTION, "--reveal", str(documents)).stdout
            self.assertIn(b"CONFIDENTIAL", revealed)
            self.assertIn(b"CANARY", revealed)

    def test_nothing_is_printed_on_standard_error_when_quiet(self):
        done = run("validate", *SCHEMA_OPTION, "--quiet", str(DOCUMENTS / "good.xml"))
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_closed_standard_output_is_an_error(self):
        done = subprocess.run(["bash", "-c", '"$0" --help >&-', PROGRAM], env=environment(),
                              stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"<stdout>", done.stderr)

    def complete(self, line):
        """The words that bash offers at the end of `line`."""
        script = r'''
          source <("$0" --completion bash)
          compopt() { echo "default files"; }
          read -r -a COMP_WORDS <<<"$1"
          [[ $1 == *" " ]] && COMP_WORDS+=("")
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
          _amparo
          printf '%s\n' "${COMPREPLY[@]}"'''
        done = subprocess.run(["bash", "-c", script, PROGRAM, line], env=environment(),
                              capture_output=True, timeout=60)
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode().split("\n")[:-1]

    def test_bash_completes_verbs_options_and_values(self):
        self.assertEqual(self.complete("amparo val"), ["validate"])
        self.assertIn("--version", self.complete("amparo --"))
        self.assertEqual(self.complete("amparo validate --form"), ["--format"])
        self.assertEqual(self.complete("amparo validate --format "), ["text", "json"])
        self.assertEqual(self.complete("amparo --lang fr validate --lang e"), ["es", "en"])
        self.assertEqual(self.complete("amparo validate ba")[0], "default files")
        self.assertEqual(self.complete("amparo validate --schema ")[0], "default files")

    def test_manual_pages_have_no_warning(self):
        for name in ("amparo", "validate", "convert", "sample"):
            for language in ("es", "en", "fr"):
                page = run("--man", name, "--lang", language).stdout
                done = subprocess.run(["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-z"],
                                      input=page, capture_output=True, timeout=60)
                self.assertEqual((done.returncode, done.stderr), (0, b""), (name, language))


def main():
    global PROGRAM
    PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())
    result = unittest.main(exit=False, verbosity=1).result
    bad = len(result.failures) + len(result.errors)
    print(f"{result.testsRun - bad - len(result.skipped)} passed, {bad} failed, "
          f"{len(result.skipped)} skipped")
    return 1 if bad or not result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main())
