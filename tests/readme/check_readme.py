#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the README shows is what the program prints.

check_readme.py PROGRAM ROOT: runs each `$ build/release/amparo ...` of the README's console blocks and
compares standard output with the lines below it; "..." stands for any number of lines. Every path that
the README names must exist. Ends with "N passed, N failed, 0 skipped"."""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SHOWN = "build/release/amparo"


def commands(text):
    """The commands of the console blocks, each with the lines shown below it."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```", text, re.S | re.M):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def matches(shown, printed):
    """Whether the printed lines are the shown ones, where "..." is any number of lines."""
    pattern = "".join("(?:.*\n)*" if line == "..." else re.escape(line) + "\n" for line in shown)
    return re.fullmatch(pattern, "".join(line + "\n" for line in printed)) is not None


def main(program, root):
    passed = failed = 0

    def check(name, good, detail=""):
        nonlocal passed, failed
        passed, failed = passed + bool(good), failed + (not good)
        if not good:
            print(f"FAILED {name}\n{detail}")

    text = (root / "README.md").read_text("utf-8")
    shown = commands(text)
    check("the README shows commands", len(shown) >= 3)
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        (place / "build/release").mkdir(parents=True)
        (place / SHOWN).symlink_to(program)
        shutil.copytree(root / "examples", place / "examples")
        for command, lines in shown:
            check(f"'{command}' is one of ours", command.startswith(SHOWN + " "))
            done = subprocess.run(command.split(), cwd=place, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, text=True, timeout=600,
                                  env={"LC_ALL": "C", "PATH": "/usr/bin:/bin", "HOME": folder})
            check(f"'{command}' prints what the README shows",
                  matches(lines, done.stdout.splitlines()), done.stdout + done.stderr)
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        check(f"the README's link {target}", (root / target).exists())
    for script in re.findall(r"^(scripts/\S+)", text, re.M):
        check(f"the README's command {script}", (root / script).exists())
    for row in re.findall(r"^\|([^|]*/[^|]*)\|", text, re.M):
        for name in re.findall(r"\b(\w+)/(?=[ `])", row):
            check(f"the README's folder {name}", (root / name).is_dir())
    check("the README is two screens", len(text.splitlines()) <= 125, len(text.splitlines()))
    print(f"{passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()))
