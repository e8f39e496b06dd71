#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Validators as programs, all asked in one way: some schemas, some documents, a verdict of each.

An engine that dies or does not end is asked again, one document at a time, so that one document
cannot take the verdicts of others with it."""
import json
import os
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass, field

VALID, INVALID = "valid", "invalid"
REFUSED = "refused"      # a schema beyond the limits of the engine: an honest error, no verdict
NO_SCHEMA = "no-schema"  # a document whose schema did not compile
UNSURE = "indeterminate"
UNREAD = "unread"
CRASH, HANG = "crash", "hang"

PROGRAM_ENGINES = ("default", "xerces", "compiled")
XMLLINT_ENGINE = "libxml2"  # always xmllint itself, never through our program: a third opinion

STATUS_CANNOT_RUN = 3
STATUS_OUR_BUG = 70
DOCUMENTS_IN_A_CALL = 400


@dataclass
class Verdict:
    verdict: str
    reasons: list = field(default_factory=list)  # rule ids, or the first line of the message


@dataclass
class Outcome:
    schema: Verdict
    documents: dict = field(default_factory=dict)  # path -> Verdict


@dataclass
class Ended:
    status: int  # negative: the signal
    out: str
    err: str
    hung: bool = False

    @property
    def crashed(self):
        return self.status < 0 or self.status == STATUS_OUR_BUG or self.status > 128


def environment():
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def run(command, seconds, cwd=None):
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, cwd=cwd,
                              timeout=seconds, env=environment())
    except subprocess.TimeoutExpired:
        return Ended(0, "", "", hung=True)
    return Ended(done.returncode, done.stdout.decode("utf-8", "replace"),
                 done.stderr.decode("utf-8", "replace"))


class Engine:
    """ask() takes paths; `probe` is any small document, for when only the schema is in question."""

    def __init__(self, name, seconds):
        self.name = name
        self.seconds = seconds

    def takes(self, schemas):
        """Whether the engine can be given these schemas at all."""
        return bool(schemas)

    def ask(self, schemas, documents, probe, cwd=None):
        wanted = list(dict.fromkeys(documents))
        outcome = None
        for start in range(0, max(len(wanted), 1), DOCUMENTS_IN_A_CALL):
            part = wanted[start:start + DOCUMENTS_IN_A_CALL]
            answer = self._ask_some(schemas, part, probe, cwd)
            if outcome is None:
                outcome = answer
            else:
                outcome.documents.update(answer.documents)
        return outcome

    def _ask_some(self, schemas, documents, probe, cwd):
        ended = run(self.command(schemas, documents or [probe]), self.seconds, cwd)
        if not ended.hung and not ended.crashed:
            return self.read(ended, documents, schemas)
        fault = Verdict(HANG if ended.hung else CRASH, [f"status {ended.status}"])
        if not documents:
            return Outcome(fault)
        if len(documents) == 1:
            alone = self._ask_some(schemas, [], probe, cwd)
            is_schema = alone.schema.verdict in (CRASH, HANG)
            return Outcome(alone.schema,
                           {documents[0]: Verdict(NO_SCHEMA) if is_schema else fault})
        return self._ask_each(schemas, documents, probe, cwd)

    def _ask_each(self, schemas, documents, probe, cwd):
        outcome = self._ask_some(schemas, [], probe, cwd)
        if outcome.schema.verdict in (CRASH, HANG):
            outcome.documents = {each: Verdict(NO_SCHEMA) for each in documents}
            return outcome
        for each in documents:
            outcome.documents.update(self._ask_some(schemas, [each], probe, cwd).documents)
        return outcome


class AmparoEngine(Engine):
    """`amparo validate`, with --engine when the program has that option."""

    def __init__(self, name, program, seconds=20):
        super().__init__(name, seconds)
        self.program = os.path.abspath(program)
        helped = run([self.program, "validate", "--help"], 60)
        if helped.status != 0:
            raise FileNotFoundError(f"{program} does not answer --help")
        self.more = ["--engine", name] if "--engine" in helped.out and name != "default" else []
        if name == "compiled" and not self.more:
            raise LookupError("the program has no --engine")

    def command(self, schemas, documents):
        words = [self.program, "validate", "--no-rules", "--quiet", "--max-findings", "0",
                 "--format", "json", "--lang", "en", *self.more]
        for schema in schemas:
            words += ["--schema", schema]
        return [*words, "--", *documents]

    def read(self, ended, documents, _schemas):
        if not ended.out.strip():
            return Outcome(self._refusal(ended), {each: Verdict(NO_SCHEMA) for each in documents})
        outcome = Outcome(Verdict(VALID))
        for told in json.loads(ended.out)["inputs"]:
            outcome.documents[told["document"]] = self._document(told)
        outcome.documents = {each: outcome.documents[each] for each in documents}
        return outcome

    @staticmethod
    def _document(told):
        if "unread" in told:
            return Verdict(UNREAD, [told["unread"]["code"]])
        word = told["verdict"]
        known = word if word in (INVALID, UNSURE) else VALID
        return Verdict(known, [rule["id"] for rule in told["rules"]])

    @staticmethod
    def _refusal(ended):
        lines = [line for line in ended.err.splitlines() if line]
        reasons = re.findall(r" error: .*\[([^\]]+)\]$", ended.err, re.M) or lines[:1]
        if ended.status != STATUS_CANNOT_RUN:
            return Verdict(CRASH, [f"status {ended.status}", *reasons])
        honest = "too much memory" in ended.err or "schema-limit" in reasons
        return Verdict(REFUSED if honest else INVALID, list(dict.fromkeys(reasons))[:4])


class VerdictsEngine(Engine):
    """`amparo_verdicts`: the same engines, many schemas in one process. What dies or does not end
    takes the process with it; then a new one is started, and asked one document at a time."""

    def __init__(self, name, program, seconds=20):
        super().__init__(name, seconds)
        self.program = os.path.abspath(program)
        if not os.access(self.program, os.X_OK):
            raise FileNotFoundError(f"{program} is not a program")
        self.idle = []  # processes that wait for a question

    def _ask_some(self, schemas, documents, probe, cwd):
        lines = self._lines(schemas, documents, cwd)
        if not isinstance(lines, Ended):
            return self._outcome(lines, documents)
        fault = Verdict(HANG if lines.hung else CRASH, [f"status {lines.status}"])
        if not documents:
            return Outcome(fault)
        if len(documents) > 1:
            return self._ask_each(schemas, documents, probe, cwd)
        alone = self._ask_some(schemas, [], probe, cwd)
        is_schema = alone.schema.verdict in (CRASH, HANG)
        return Outcome(alone.schema, {documents[0]: Verdict(NO_SCHEMA) if is_schema else fault})

    def _lines(self, schemas, documents, cwd):
        """What the program answers, or how it ended instead."""
        try:
            process = self.idle.pop()
        except IndexError:
            process = subprocess.Popen([self.program], stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       env=environment())
        here = cwd or "."
        paths = [os.path.abspath(os.path.join(here, each)) for each in [*schemas, *documents]]
        late = threading.Timer(self.seconds, process.kill)
        late.start()
        lines = []
        try:
            process.stdin.write(
                ("\t".join([self.name, str(len(schemas)), *paths]) + "\n").encode())
            process.stdin.flush()
            while lines[-1:] != ["."]:
                line = process.stdout.readline()
                if not line:
                    break
                lines.append(line.decode("utf-8", "replace").rstrip("\n"))
        except BrokenPipeError:
            pass
        in_time = late.is_alive()
        late.cancel()
        if lines[-1:] == ["."]:
            self.idle.append(process)
            return lines[:-1]
        for end in (process.stdin, process.stdout):
            try:
                end.close()
            except BrokenPipeError:
                pass  # what it did not read is lost with it
        return Ended(process.wait(), "", "", hung=not in_time)

    @staticmethod
    def _outcome(lines, documents):
        told = [line.split("\t") for line in lines]
        verdicts = [Verdict(word, list(dict.fromkeys(reasons))) for word, *reasons in told]
        if verdicts[0].verdict != VALID:
            return Outcome(verdicts[0], {each: Verdict(NO_SCHEMA) for each in documents})
        return Outcome(verdicts[0], dict(zip(documents, verdicts[1:])))


class XmllintEngine(Engine):
    """xmllint takes one schema and any number of documents."""

    def __init__(self, program="xmllint", seconds=20):
        super().__init__(XMLLINT_ENGINE, seconds)
        self.program = shutil.which(program, path=environment()["PATH"])
        if self.program is None:
            raise FileNotFoundError("xmllint is not installed")

    def takes(self, schemas):
        return len(schemas) == 1

    def command(self, schemas, documents):
        return [self.program, "--noout", "--nonet", "--schema", schemas[0], *documents]

    def read(self, ended, documents, _schemas):
        lines = ended.err.splitlines()
        if any(line.startswith("WXS schema ") and line.endswith(" failed to compile")
               for line in lines):
            return Outcome(Verdict(INVALID, [line[:300] for line in lines if "error" in line][:2]),
                           {each: Verdict(NO_SCHEMA) for each in documents})
        outcome = Outcome(Verdict(VALID))
        good = {line[:-len(" validates")] for line in lines if line.endswith(" validates")}
        told = {}
        for line in lines:
            name, colon, rest = line.partition(":")
            if colon and "error" in line:
                told.setdefault(name, []).append(rest.partition("error : ")[2][:300])
        for each in documents:
            outcome.documents[each] = (Verdict(VALID) if each in good
                                       else Verdict(INVALID, told.get(each, [])[:4]))
        return outcome


def make_engine(name, program, seconds=20):
    """Fails with FileNotFoundError or LookupError when there is no such engine here."""
    if name == XMLLINT_ENGINE:
        return XmllintEngine(seconds=seconds)
    if name not in PROGRAM_ENGINES:
        raise LookupError(f"no engine is called {name}")
    if os.path.basename(program) == "amparo_verdicts":
        return VerdictsEngine(name, program, seconds)
    return AmparoEngine(name, program, seconds)
