#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs fuzz targets, the least important work of the machine, until each has had its seconds of
processor time (not of the clock: on a busy machine that says nothing), and notes what each came to:
one line in logs/results.tsv of the build folder. A target that crashes is begun again for the rest
of its time; what made it crash stays in logs.

run.py --build build/fuzz --seconds 3600 --jobs 2 [TARGET...]"""
import argparse
import datetime
import os
import pathlib
import re
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
TARGETS = ("tokenizer", "engine", "schema", "pattern", "simple_types", "tables")
# The longest input worth trying, in bytes: beyond it time goes into size and not into variety.
LONGEST = {"pattern": 160, "simple_types": 600, "schema": 6000, "tables": 256}
MEGABYTES = {"schema": 3000}
STRETCH_SECONDS = 900  # by the clock, until processor time is looked at
MOST_CRASHES = 20
HEADER = ("target\tbegan\twall s\tcpu s\texecutions\tcoverage\tfeatures\tcorpus\tcrashes\tcommit")


class Run:
    def __init__(self, target, options):
        self.target = target
        self.options = options
        self.logs = options.build / "logs"
        self.corpus = options.build / "corpus" / target
        self.executions = self.crashes = 0
        self.cpu = 0.0
        self.coverage = self.features = self.kept = "?"

    def command(self, seconds, number):
        dictionary = HERE / f"{self.target}.dict"
        return [str(self.options.build / "fuzz" / f"{self.target}_fuzz"),
                f"-max_total_time={seconds}", f"-timeout={self.options.timeout}", "-entropic=0",
                f"-rss_limit_mb={MEGABYTES.get(self.target, 2048)}", "-reload=0",
                f"-max_len={LONGEST.get(self.target, 4096)}", f"-seed={number + 1}",
                f"-artifact_prefix={self.logs}/{self.target}-",
                *([f"-dict={dictionary}"] if dictionary.exists() else []),
                str(self.corpus), str(HERE / "corpus" / self.target)]

    def once(self, seconds, number):
        log = self.logs / f"{self.target}-{number}.log"
        with log.open("wb") as out:
            child = subprocess.Popen(self.command(seconds, number), stdout=out, stderr=out,
                                     stdin=subprocess.DEVNULL, preexec_fn=lambda: os.nice(19))
            _, status, used = os.wait4(child.pid, 0)
        self.cpu += used.ru_utime + used.ru_stime
        self.crashes += status != 0
        text = log.read_text("utf-8", "replace")
        steps = re.findall(r"^#(\d+)\s.*?cov: (\d+) ft: (\d+) corp: (\S+)", text, re.M)
        if steps:
            self.executions += int(steps[-1][0])
            _, self.coverage, self.features, self.kept = steps[-1]

    def run(self):
        self.corpus.mkdir(parents=True, exist_ok=True)
        began = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%MZ")
        start = time.monotonic()
        number = self.options.first
        while self.cpu < self.options.seconds and self.crashes < MOST_CRASHES:
            left = self.options.seconds - self.cpu
            self.once(max(1, min(STRETCH_SECONDS, round(left))), number)
            number += 1
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=HERE,
                                capture_output=True, text=True, check=False).stdout.strip()
        results = self.logs / "results.tsv"
        if not results.exists():
            results.write_text(HEADER + "\n")
        with results.open("a") as out:
            print(self.target, began, round(time.monotonic() - start), round(self.cpu),
                  self.executions, self.coverage, self.features, self.kept, self.crashes, commit,
                  sep="\t", file=out)


def main():
    words = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    words.add_argument("--build", type=pathlib.Path, required=True, help="folder of preset fuzz")
    words.add_argument("--seconds", type=int, default=3600, help="of processor time, for each target")
    words.add_argument("--jobs", type=int, default=2, help="targets at a time")
    words.add_argument("--timeout", type=int, default=10,
                       help="seconds by the clock for one input: more on a busy machine")
    words.add_argument("--first", type=int, default=0, help="number of the first log")
    words.add_argument("targets", nargs="*", metavar="TARGET")
    options = words.parse_args()
    options.build = options.build.resolve()
    (options.build / "logs").mkdir(exist_ok=True)
    waiting = [Run(target, options) for target in options.targets or TARGETS]

    def work():
        while True:
            try:
                run = waiting.pop(0)
            except IndexError:
                return
            run.run()

    workers = [threading.Thread(target=work) for _ in range(options.jobs)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return 0


if __name__ == "__main__":
    sys.exit(main())
