#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The shipped sample is what its generator makes; another seed makes another file of the same form."""
import csv
import pathlib
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
GENERATOR = [sys.executable, "-B", str(REPOSITORY / "scripts/make_sample_rows"), "-o", "-"]


def made(*options):
    return subprocess.run(GENERATOR + list(options), check=True, capture_output=True, text=True).stdout


shipped = (REPOSITORY / "examples/hhs-releases/sample.csv").read_text(encoding="utf-8")
other = made("--seed", "7", "--rows", "50")
rows = list(csv.reader(other.splitlines()))
if made() != shipped:
    sys.exit("examples/hhs-releases/sample.csv is not what scripts/make_sample_rows makes")
if len(rows) != 51 or any(len(row) != 8 for row in rows) or other.splitlines()[1] == shipped.splitlines()[1]:
    sys.exit("another seed does not make another file of the same form")
