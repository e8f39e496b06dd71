#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds reports against spec/formats/report.schema.json.

check_report_schema.py [REPORT...]: without arguments the golden reports, and reports broken in each
way that the schema must refuse."""
import copy
import json
import pathlib
import sys

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import json_schema  # noqa: E402

SCHEMA = json.loads((HERE.parents[1] / "spec/formats/report.schema.json").read_text("utf-8"))


def broken(report):
    """Name and report of each way to be wrong. `report` has findings of all kinds."""
    def change(name, edit):
        wrong = copy.deepcopy(report)
        edit(wrong)
        return name, wrong
    finding = lambda r: r["inputs"][0]["findings"][0]
    yield change("no summary", lambda r: r.pop("summary"))
    yield change("another major version", lambda r: r.update(reportVersion="2.0"))
    yield change("an unknown member", lambda r: r.update(host="pc"))
    yield change("an unknown verdict", lambda r: r["inputs"][0].update(verdict="fine"))
    yield change("no ledger", lambda r: r["inputs"][0].pop("ledger"))
    yield change("an unknown state", lambda r: r["inputs"][0]["ledger"][0].update(state="skipped"))
    yield change("a negative count", lambda r: r["inputs"][0]["counts"].update(error=-1))
    yield change("a count as text", lambda r: r["summary"].update(records="3"))
    yield change("a truth for a count", lambda r: r["summary"].update(records=True))
    yield change("line 0", lambda r: finding(r)["where"].update(line=0))
    yield change("two languages", lambda r: finding(r)["message"]["text"].pop("fr"))
    yield change("an empty sentence", lambda r: finding(r)["message"]["text"].update(es=""))
    yield change("a value", lambda r: finding(r).update(value="2014-05"))
    yield change("a long mask", lambda r: finding(r)["shape"].update(mask="x" * 44))
    yield change("no fingerprint", lambda r: finding(r).pop("fingerprint"))
    yield change("a short fingerprint", lambda r: finding(r).update(fingerprint="00ff"))
    yield change("both read and not", lambda r: r["inputs"][0].update(
        unread={"code": "not-found", "message": "gone"}))
    yield change("notes without one", lambda r: finding(r).update(notes=[]))


def counts_agree(report):
    """What no JSON Schema can say: numbers of a report that must add up."""
    wrong = []
    read = [i for i in report["inputs"] if "unread" not in i]
    summary = report["summary"]
    if summary["inputs"] != len(report["inputs"]):
        wrong.append("summary.inputs")
    for kind in ("error", "warning", "info"):
        if summary["counts"][kind] != sum(i["counts"][kind] for i in read):
            wrong.append(f"summary.counts.{kind}")
    for entry in read:
        if sum(entry["counts"].values()) != sum(r["found"] for r in entry["rules"]):
            wrong.append(f"{entry['document']}: rules and counts")
        if len(entry["findings"]) != sum(r["kept"] for r in entry["rules"]):
            wrong.append(f"{entry['document']}: rules and findings")
    return wrong


def main():
    passed = failed = 0
    files = [pathlib.Path(a) for a in sys.argv[1:]] or sorted((HERE / "golden").glob("*.json"))
    for file in files:
        report = json.loads(file.read_bytes().decode("utf-8"))
        wrong = json_schema.errors(SCHEMA, report) or counts_agree(report)
        for line in wrong:
            print(f"{file}: {line}")
        passed, failed = passed + (not wrong), failed + bool(wrong)
    if not sys.argv[1:]:
        for name, report in broken(json.loads((HERE / "golden/several.json").read_text("utf-8"))):
            refused = bool(json_schema.errors(SCHEMA, report))
            passed, failed = passed + refused, failed + (not refused)
            if not refused:
                print(f"the schema lets through a report with {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
