# SPDX-License-Identifier: Apache-2.0
"""Saxon with the extension functions in Java: compiled once, then fed with jobs."""
import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent / "oracle"
SAXON = Path("/usr/share/java/Saxon-HE.jar")


def missing():
    """What is not there of what the oracle needs, or ""."""
    for program in ("java", "javac", "xmllint"):
        if not shutil.which(program):
            return program
    return "" if SAXON.exists() else "libsaxonhe-java"


def classes():
    """The folder of the compiled classes; made anew when a source changes."""
    sources = sorted(HERE.glob("*.java"))
    digest = hashlib.sha256(b"".join(s.read_bytes() for s in sources)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"amparo-rules-oracle-{os.getuid()}-{digest}"
    if not (folder / "Oracle.class").exists():
        made = Path(tempfile.mkdtemp(prefix=folder.name + "-"))
        subprocess.run(["javac", "-nowarn", "-encoding", "UTF-8", "-d", made, "-cp", SAXON,
                        *sources], check=True)
        if folder.exists():
            shutil.rmtree(made)
        else:
            made.rename(folder)
    return folder


def ask(repository, mode, lines, workers=1):
    """The oracle's answer to the lines of one job file, in their order."""
    def start(part):
        process = subprocess.Popen(
            ["java", "-Xss4m", "-Xmx1500m", "-XX:+UseSerialGC", "-cp", f"{classes()}:{SAXON}",
             "Oracle", str(repository / "schema"), mode],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
        return process, part

    size = max(1, -(-len(lines) // workers))
    parts = [lines[n:n + size] for n in range(0, len(lines), size)]
    running = [start(p) for p in parts]
    from concurrent.futures import ThreadPoolExecutor
    with ThreadPoolExecutor(len(running) or 1) as pool:
        answers = list(pool.map(lambda r: r[0].communicate("\n".join(r[1]) + "\n", timeout=3000)[0],
                                running))
    if any(p.returncode for p, _ in running):
        raise RuntimeError("the oracle ended with an error")
    return "".join(answers)


class Answer:
    """What one stylesheet said of one document, pattern by pattern."""

    def __init__(self):
        self.fired, self.undecided, self.findings, self.errors = set(), {}, {}, {}

    def state(self, pattern):
        if pattern in self.errors or "" in self.errors:
            return "error"
        if self.findings.get(pattern):
            return "fail"
        if self.undecided.get(pattern):
            return "undecided"
        return "pass" if pattern in self.fired else "skip"


def run(repository, jobs, workers=1):
    """jobs: (stylesheet, document, as-of); the answers in the same order."""
    answers = []
    said = ask(repository, "run", ["\t".join(map(str, j)) for j in jobs], workers)
    for line in said.splitlines():
        words = line.split("\t")
        if words[0].startswith("= "):
            answers.append(Answer())
        elif words[0] == "R":
            answers[-1].fired.add(words[1])
        elif words[0] == "U":
            answers[-1].undecided.setdefault(words[1], []).append(int(words[2]))
        elif words[0] == "F":
            answers[-1].findings.setdefault(words[1], []).append(
                (words[2], words[3], int(words[4]), words[5:]))
        elif words[0] == "E":
            answers[-1].errors[words[1]] = words[2]
        elif words[0] == "!":
            answers[-1].errors[""] = words[1]
        else:
            raise RuntimeError("the oracle said: " + line)
    if len(answers) != len(jobs):
        raise RuntimeError(f"{len(jobs)} jobs, {len(answers)} answers")
    return answers
