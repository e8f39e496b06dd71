#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""compare_with_saxon.py [--saxon JAR]: runs xpath_table.txt through Saxon-HE and compares.

Every row of the table is an expression that our machine is tested on; here a second evaluator has
its say. Rows whose items begin with "!" are faults: Saxon must have one too, of whatever code; each
runs alone, since Saxon finds some of them before it begins. Rows below are left out, with why.
Exit 0: all agree; 1: they do not; 77: there is no Java or no Saxon (Debian: libsaxonhe-java).
"""
import argparse
import concurrent.futures
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
JARS = ["/usr/share/java/Saxon-HE.jar"]

# Where the specification leaves freedom, or Saxon 9.9 follows a later one: row, reason.
LEFT_OUT = {
}


def rows():
    for number, line in enumerate((HERE / "xpath_table.txt").read_text("utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            expression, _, expected = line.partition(" => ")
            yield number, expression, expected


def query(table):
    parts = []
    for number, expression, _ in table:
        # One row's fault must not stop the others; "&" would begin a reference in XQuery.
        safe = expression.replace("&", "&amp;")
        parts.append(
            f'concat("{number}&#9;", try {{ string-join(for $item in ({safe}\n) '
            f'return string($item), " | ") }} catch * {{ "!" }})'
        )
    head = 'declare namespace p = "urn:p"; declare namespace q = "urn:q";\n'
    return head + 'string-join((' + ",\n".join(parts) + '), "&#10;")'


def ask(saxon, table):
    """The answers by line; none when Saxon refuses the whole query."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "table.xq"
        file.write_text(query(table), "utf-8")
        run = subprocess.run(
            ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", saxon,
             "net.sf.saxon.Query", f"-q:{file}", f"-s:{HERE / 'xpath_table.xml'}",
             "!method=text", "!encoding=UTF-8"],
            capture_output=True, timeout=300, check=False)
    if run.returncode != 0 and len(table) > 1:
        sys.exit(run.stderr.decode("utf-8", "replace"))
    lines = run.stdout.decode("utf-8").split("\n") if run.returncode == 0 else []
    return {int(line.partition("\t")[0]): line.partition("\t")[2] for line in lines if line}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--saxon", default=next((j for j in JARS if pathlib.Path(j).exists()), None))
    options = parser.parse_args()
    if not shutil.which("java"):
        print("skipped: there is no java")
        return 77
    if not options.saxon or not pathlib.Path(options.saxon).exists():
        print("skipped: there is no Saxon-HE (Debian: apt-get install libsaxonhe-java)")
        return 77
    table = [row for row in rows() if row[1] not in LEFT_OUT]
    faults = [row for row in table if row[2].startswith("!")]
    known = {expression for _, expression, _ in rows()}
    problems = [f"left out, but in no row: {row}" for row in LEFT_OUT if row not in known]
    answers = ask(options.saxon, [row for row in table if row not in faults])
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for row, answer in zip(faults, pool.map(lambda row: ask(options.saxon, [row]), faults)):
            answers[row[0]] = answer.get(row[0], "!")
    for number, expression, expected in table:
        answer = answers.get(number)
        wanted = "!" if expected.startswith("!") else expected
        if answer != wanted:
            problems.append(f"line {number}: {expression}: ours {expected!r}, Saxon {answer!r}")
    for problem in problems:
        print(problem)
    print(f"{len(table)} expressions compared, {len(LEFT_OUT)} left out, {len(problems)} differ")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
