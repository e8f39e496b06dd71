#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands of a transcript and compares what they print.

run_transcript.py PROGRAM TRANSCRIPT: in a transcript
  $ command        is run by bash, in a fresh folder that holds a copy of tests/cli/documents
  > line           is what it prints on standard output,
  ! line           on standard error,
  ? 1              and its exit status; left out when it is 0.
All other lines are for the reader. Times, speeds and digests are replaced before comparing.
AMPARO_UPDATE_GOLDEN=1 rewrites the transcript with what was seen; read the difference."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
VARYING = [
    (re.compile(r"sha256:[0-9a-f]{64}"), "sha256:#"),
    (re.compile(r"\d+[.,]\d+ (M[Bo]) (in|en) \d+[.,]\d+ s \(\d+[.,]\d+ M[Bo]/s\)"), r"# \1 \2 # s"),
    (re.compile(r"\(commit [0-9a-f]+|\(commit unknown"), "(commit #"),
]


def stable(text):
    for pattern, replacement in VARYING:
        text = pattern.sub(replacement, text)
    return text


def read(lines):
    """Commands with what they are to print, as [comment lines, command, results]."""
    blocks, comment = [], []
    for line in lines:
        if line.startswith("$ "):
            blocks.append((comment, line[2:], []))
            comment = []
        elif line[:1] in (">", "!", "?") and blocks and not comment:
            blocks[-1][2].append(line)
        else:
            comment.append(line)
    return blocks, comment


def run(command, folder, program):
    environment = {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C",
                   "TZ": "UTC", "EXAMPLES": str(HERE.parents[1] / "examples")}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, timeout=300,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    result = []
    for mark, data in ((">", done.stdout), ("!", done.stderr)):
        # Bytes that are no UTF-8 must not come; they would show here as themselves.
        text = stable(data.decode("utf-8", "backslashreplace"))
        result += [(mark + " " + line).rstrip(" ") if line == "" else mark + " " + line
                   for line in text.split("\n")[:-1]]
        if text and not text.endswith("\n"):
            result.append(f"{mark} {text.rsplit(chr(10), 1)[-1]}<no line end>")
    # Killed by a signal: as a shell would tell it.
    status = done.returncode if done.returncode >= 0 else 128 - done.returncode
    return result + ([f"? {status}"] if status else [])


def main():
    program, transcript = (pathlib.Path(a).resolve() for a in sys.argv[1:])
    blocks, rest = read(transcript.read_text("utf-8").splitlines())
    passed = failed = 0
    seen = []
    with tempfile.TemporaryDirectory(prefix="amparo-cli-") as name:
        folder = pathlib.Path(name) / "here"
        shutil.copytree(HERE / "documents", folder)
        for comment, command, expected in blocks:
            result = run(command, folder, program)
            seen += comment + ["$ " + command] + result
            if result == expected:
                passed += 1
                continue
            failed += 1
            print(f"{transcript.name}: $ {command}")
            for line in expected:
                if line not in result:
                    print(f"  expected  {line}")
            for line in result:
                if line not in expected:
                    print(f"  seen      {line}")
            if sorted(result) == sorted(expected):
                print("  the same lines in another order")
    if os.environ.get("AMPARO_UPDATE_GOLDEN"):
        transcript.write_text("\n".join(seen + rest) + "\n", "utf-8")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
