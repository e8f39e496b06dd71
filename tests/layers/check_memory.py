#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check_memory.py <amparo> <repository>

A batch of 60,000 small records is validated in less than 64 MB, and ten times as many records take
not more than a fifth more. The records are copies of one case of the shipped batch, each with an id
of its own.
"""
import os
import re
import resource
import subprocess
import sys
import tempfile

LIMIT_KB = 64 * 1024


def pieces(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    first = re.search(r"<Case\b.*?</Case>", text, re.S)
    if first is None:
        sys.exit("no case in " + path)
    cases = re.findall(r"<Case\b.*?</Case>", text, re.S)
    return text[: first.start()], min(cases, key=len), text[text.rindex("</Case>") + 7:]


def write_batch(path, parts, records):
    head, case, tail = parts
    found = re.search(r"<CaseExchangeId>([^<]*)</CaseExchangeId>", case)
    if found is None:
        sys.exit("the case has no CaseExchangeId")
    before, case_id, after = case[: found.start(1)], found.group(1), case[found.end(1):]
    width = len(str(records))
    with open(path, "w", encoding="utf-8") as out:
        out.write(head)
        for number in range(records):
            own = case_id[: len(case_id) - width] + str(number).zfill(width)
            out.write(before + own + after + "\n")
        out.write(tail)


def peak_kb(amparo, document):
    environment = dict(os.environ, LC_ALL="C.UTF-8")
    process = subprocess.Popen([amparo, "validate", "--quiet", document], env=environment,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.stdout.buffer.write(output[-4000:])
        sys.exit("validation failed")
    return usage.ru_maxrss


def main():
    amparo, root = sys.argv[1], sys.argv[2]
    os.environ["AMPARO_BUNDLE"] = os.path.join(root, "schema")
    parts = pieces(os.path.join(root, "examples", "batch", "200-cases.xml"))
    with tempfile.TemporaryDirectory() as work:
        path = os.path.join(work, "batch.xml")
        write_batch(path, parts, 6000)
        small = peak_kb(amparo, path)
        write_batch(path, parts, 60000)
        large = peak_kb(amparo, path)
        size = os.path.getsize(path)
    print(f"6,000 records: {small} kB; 60,000 records ({size} bytes): {large} kB")
    if large > LIMIT_KB:
        sys.exit(f"more than {LIMIT_KB} kB")
    if large > small * 1.2:
        sys.exit("memory grows with the number of records")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
