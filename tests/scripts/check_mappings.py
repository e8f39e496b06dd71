#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Each shipped mapping is valid by its grammar, in our program and in xmllint, and the grammar refuses what the
converter refuses."""
import pathlib
import subprocess
import sys
import tempfile

PROGRAM, XMLLINT = sys.argv[1], sys.argv[2]
FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "schema/mappings"
GRAMMAR = str(FOLDER / "mapping.xsd")
CHANGES = [("reason=\"UNK\"", "reason=\"MASKED\""), ("<absent to=\"Urgency\"", "<absnt to=\"Urgency\""),
           ("direction=\"in\"", "direction=\"out\""), ("lookup=\"sex\"", "lookup=\"sx\""),
           ("fold=\"case space\"", "fold=\"case spaces\""), ("system=\"US-HHS-FOIA/stay\"", "system=\"US-HHS-FOIA\""),
           ("pattern=\"M/d/yy\"", "pattern=\"MMM d\""[:-1] + " HH\""), ("xml:lang=\"fr\"", "xml:lang=\"en\"")]


def verdicts(file):
    """Exit 0 or not, by each of the programs that are there."""
    found = [subprocess.run([PROGRAM, "validate", "--schema", GRAMMAR, "--no-rules", str(file)],
                            capture_output=True).returncode]
    if pathlib.Path(XMLLINT).exists():
        found.append(subprocess.run([XMLLINT, "--nonet", "--noout", "--schema", GRAMMAR, str(file)],
                                    capture_output=True).returncode)
    return [code == 0 for code in found]


problems = []
mappings = sorted(FOLDER.glob("*.map.xml"))
for mapping in mappings:
    if not all(verdicts(mapping)):
        problems.append(f"{mapping.name} is not valid: {verdicts(mapping)}")
text = (FOLDER / "hhs-releases.map.xml").read_text(encoding="utf-8")
with tempfile.TemporaryDirectory() as folder:
    changed = pathlib.Path(folder) / "changed.map.xml"
    for old, new in CHANGES:
        if old not in text:
            sys.exit(f"the mapping has no {old}")
        changed.write_text(text.replace(old, new, 1), encoding="utf-8")
        if any(verdicts(changed)):
            problems.append(f"{new} is taken: {verdicts(changed)}")
if not mappings or problems:
    sys.exit("\n".join(problems or ["there is no mapping"]))
if not pathlib.Path(XMLLINT).exists():
    print("SKIPPED: xmllint is not here to give a second verdict")
