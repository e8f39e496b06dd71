#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Holds every example of the standard against three validators and against its own promises.

  check_examples.py [AMPARO_PROGRAM [REPOSITORY]]   the last line is "N passed, N failed, N skipped"

xmllint, Xerces-C's SAX2Count and `amparo validate` have to say the same of every example: the valid
ones are valid, an invalid twin is not, and what its .expected file names is found. Gate defects and
code-list defects are seen by amparo alone. With AMPARO_REQUIRE_ORACLES=1 a missing program is a
failure, otherwise it is skipped. First of all the checks are tried on defects of their own.
"""
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter, namedtuple
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import body_digest

NS = "https://w3id.org/amparo/1"
AM = "{" + NS + "}"
XS = "{http://www.w3.org/2001/XMLSchema}"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
LAYERS = ("gate", "well-formed", "grammar", "codes")
SEEN_BY_ALL = ("well-formed", "grammar")  # the layers that other validators have too
HEADER = "layer\trule\tline\trecord\tnote"
SEQUENCES = "ABCDEFGHIJKL"
MESSAGE_TYPES = set("""CNOT CREP IDVQ IDVR TRCQ TRCR FSRQ FSRR CSUM CTRF PREF RALT BISN RPLN RPLA
    RPLC MANF HAND RCPC RUNF FUPR MISS CSTU CONU RSTN STAT ACKN REJC CORR VOID REGU SUBJ""".split())

# Which part a message type requires | has under a condition | may have; every other part is
# forbidden in it. Typed from the standard's part matrix, not made from the schema.
MATRIX = """
CNOT Case Child Detect ConsNot | PhysDesc Need Attach | Relative Sibl
CREP Case ConsAss | IdDoc | Child Relative Attach
IDVQ Case Child | IdDoc Relative | PhysDesc Attach
IDVR Case Child | | IdDoc Attach
TRCQ Case Child Relative Tracing Consent | PhysDesc Attach |
TRCR Case Tracing | | Relative
FSRQ Case Child Relative FamSit | |
FSRR Case Relative FamSit | | IdDoc Attach
CSUM Case Child CareAlert Medical Stay | Sibl | Need Repres FamCont Belongings Attach
CTRF Case Child Detect Handover | Sibl | IdDoc Interview Need Medical Belongings Attach
PREF Case Child Referral Restr | IntProt Victim | Interview Risk Medical Repres Attach
RALT Case Risk CareAlert Victim | | Child Relative Restr
BISN Case BI | | Repres ChildVoice
RPLN Case Child IdDoc CareAlert Return Escort Leg | Relative Sibl Medical |
RPLA Case Return | |
RPLC Case Return | | Escort Leg
MANF Case Child IdDoc Escort Leg | Sibl | CareAlert
HAND Case Child IdDoc Handover Belongings | Sibl Stay | CareAlert Attach
RCPC Case Reception | |
RUNF Case Reunif | |
FUPR Case FollowUp | |
MISS Case Child PhysDesc Incident | | Relative Attach
CSTU Case Status | |
CONU Case Consent | |
RSTN Case Restr | |
SUBJ Case | | Repres Consent
"""
PARTS = dict(pair.split("=") for pair in """Case=Case Child=Child IdDoc=IdentityDocument
    PhysDesc=PhysicalDescription Relative=Relative Sibl=SiblingGroup Detect=DetectionEvent
    Interview=Interview Risk=RiskScreening CareAlert=CareAlerts Need=ImmediateNeed
    Medical=MedicalAssessment Stay=Stay Repres=Representation BI=BestInterests
    IntProt=InternationalProtection Victim=VictimProtection Referral=Referral
    ConsNot=ConsularNotification ConsAss=ConsularAssistance FamCont=FamilyContact
    Tracing=TracingRequest FamSit=FamilySituation Return=ReturnPlan Escort=Escort Leg=TransportLeg
    Handover=Handover Belongings=Belongings Reception=Reception Reunif=Reunification
    FollowUp=FollowUp ChildVoice=ChildVoice Attach=Attachment Consent=Consent
    Restr=SharingRestriction Status=StatusHistory Incident=Incident""".split())
# What a type has beside its parts: name, and whether it is required.
BESIDE = {"CREP": {"ObjectionNote": False}, "IDVR": {"Assertion": True},
          "FSRQ": {"Question": False}, "CSUM": {"PsychosocialAssessment": False},
          "RPLA": {"ProposedChange": False},
          "MANF": {"GroupMovementId": True, "PassengerCount": False},
          "RSTN": {"VoidMessage": False}, "SUBJ": {"RequestKind": True, "RequestText": False}}
# The manifest says of every passenger what other types say once.
PASSENGER = {"Case", "Child", "IdDoc", "CareAlert"}

# What SAX2Count lets pass: Xerces-C 3.2.4 asks what an element blocks only when its declared type is
# complex. XSD 1.0 Part 1, cvc-elt.4.3, asks it of all.
XERCES_MISSES = {"cvc-elt.4.3-trusted-type-in-message.xml",
                 "cvc-elt.4.3-trusted-type-in-statistics.xml"}

BUNDLE = Path(__file__).resolve().parents[2] / "schema"
Expected = namedtuple("Expected", "layer rule line record note")
Found = namedtuple("Found", "layer rule line record")


class Tally:
    def __init__(self, quiet=False):
        self.passed, self.failures, self.skips, self.quiet = 0, [], [], quiet

    def check(self, ok, what):
        if ok:
            self.passed += 1
        else:
            self.failures.append(what)
            if not self.quiet:
                print("FAILED", what)

    def missing(self, what):
        if os.environ.get("AMPARO_REQUIRE_ORACLES") == "1":
            self.check(False, what)
        else:
            self.skips.append(what)
            print("SKIPPED:", what)


# ---- the examples

def read_expected(text):
    """The findings that a twin has to have. Raises ValueError on a file that is not well made."""
    lines = text.splitlines()
    if not lines or lines[0] != HEADER:
        raise ValueError("does not begin with the names of its columns")
    rows = [line.split("\t") for line in lines[1:]]
    if not rows or any(len(row) != 5 for row in rows):
        raise ValueError("holds no finding, or a row that has not five columns")
    expected = [Expected(r[0], r[1], int(r[2]), int(r[3]), r[4]) for r in rows]
    for one in expected:
        if one.layer not in LAYERS or one.line < 1 or one.record < 0 or not one.note.strip():
            raise ValueError(f"has a wrong value in: {one}")
    if len({one.layer for one in expected}) != 1:
        raise ValueError("mixes layers")
    return expected


def read_twins(folder, tally):
    """Each invalid twin with its expected findings."""
    twins = {}
    documents = [p for p in sorted(folder.glob("*.xml")) if not p.name.startswith("base-")]
    for path in documents:
        beside = path.with_suffix(".expected")
        if not beside.is_file():
            tally.check(False, f"{path.name}: no {beside.name} beside it")
            continue
        try:
            twins[path] = read_expected(beside.read_text(encoding="utf-8"))
            lines = len(re.split(b"\r\n|\r|\n", path.read_bytes()))
            beyond = [e.line for e in twins[path] if e.line > lines]
            tally.check(not beyond, f"{beside.name}: line {beyond} of {lines}")
        except ValueError as error:
            tally.check(False, f"{beside.name} {error}")
    for beside in sorted(folder.glob("*.expected")):
        tally.check(beside.with_suffix(".xml").is_file(), f"{beside.name}: no document beside it")
    return twins


def check_promises(valid, root, tally):
    """What the examples promise as a set: complete, synthetic, connected."""
    bodies, message_ids, replies = Counter(), {}, []
    for path in valid:
        name = path.relative_to(root)
        try:
            document = ET.parse(path).getroot()
        except ET.ParseError as error:
            tally.check(False, f"{name}: {error}")
            continue
        marks = [e.text for e in document.iter(AM + "TestIndicator")]
        # The registry's seed describes real public offices: it is no example.
        is_seed = "schema" in name.parts
        tally.check(is_seed or (marks and set(marks) <= {"TEST", "TRAIN"}),
                    f"{name}: TestIndicator is not TEST or TRAIN")
        if document.tag != AM + "Message":
            continue
        envelope, body = document[0], document[1]
        said, built = envelope.findtext(AM + "MessageType"), body.tag[len(AM):]
        tally.check(said == built, f"{name}: says {said} and is {built}")
        if path.parent.name != "invalid":
            bodies[built] += 1
            text = path.read_text(encoding="utf-8")
            tally.check(body_digest.said(text) in (None, body_digest.computed(text)),
                        f"{name}: BodyDigest is not that of the body")
            own = envelope.findtext(AM + "MessageId")
            tally.check(own not in message_ids,
                        f"{name}: has the MessageId of {message_ids.get(own)}")
            message_ids[own] = name
            replies += [(name, e.text) for e in envelope.iter(AM + "InReplyTo")]
    for name, target in replies:
        tally.check(target in message_ids, f"{name}: InReplyTo names no message of the examples")
    for kind in sorted(MESSAGE_TYPES):
        tally.check(bodies[kind] > 0, f"no example of message type {kind}")
    folders = {p.parent.name[:2] for p in valid if p.parent.parent.name == "sequences"}
    for letter in SEQUENCES:
        tally.check(letter + "-" in folders, f"no example of sequence {letter}")


def check_matrix(bodies, tally):
    """The schema's bodies against the table above."""
    types = {t.get("name"): t for t in bodies.iter(XS + "complexType")}
    for line in MATRIX.split("\n"):
        if not line:
            continue
        kind, _, rest = line.partition(" ")
        required, conditional, optional = (set(p.split()) for p in rest.split("|"))
        wanted = dict(BESIDE.get(kind, {}))
        in_passenger = PASSENGER if kind == "MANF" else set()
        wanted.update((PARTS[p], True) for p in required - in_passenger)
        wanted.update((PARTS[p], False) for p in (conditional | optional) - in_passenger)
        if in_passenger:
            wanted["Passenger"] = True
        body = types.get(kind + "BodyType")
        has = {} if body is None else {
            e.get("name"): e.get("minOccurs", "1") != "0" for e in body.iter(XS + "element")}
        for part in sorted(set(PARTS.values()) | set(wanted) | set(has)):
            words = {True: "required", False: "optional", None: "absent"}
            tally.check(wanted.get(part) == has.get(part), f"bodies.xsd: {part} of {kind} is "
                        f"{words[has.get(part)]}, the matrix says {words[wanted.get(part)]}")


def root_by_path(leaf, index, count, path):
    """RFC 9162, section 2.1.3.2: the root that a path leads to, or None if its length is wrong."""
    last = count - 1
    for other in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            leaf = hashlib.sha256(b"\1" + other + leaf).digest()
            while index and not index % 2:
                index, last = index // 2, last // 2
        else:
            leaf = hashlib.sha256(b"\1" + leaf + other).digest()
        index, last = index // 2, last // 2
    return leaf if last == 0 else None


def check_proof(proof, seal, tally):
    """The sums of the example's proof come out: a reader may use it to try another program on."""
    def of(path, name):
        return [e.text for e in ET.parse(path).iter(AM + name)]

    digest = hashlib.sha256(seal.read_bytes()).hexdigest()
    tally.check(of(proof, "SealDigest") == [digest], f"{proof.name}: {seal.name} has {digest}")
    for name in ("SealId", "Scheme", "Count"):
        tally.check(of(proof, name) == of(seal, name),
                    f"{proof.name}: another {name} than its seal")
    leaf, *path = (bytes.fromhex(h) for h in of(proof, "Leaf") + of(proof, "PathHash"))
    index, count = (int(of(proof, name)[0]) for name in ("Index", "Count"))
    found = root_by_path(leaf, index, count, path)
    tally.check(index < count and found and [found.hex()] == of(seal, "Root"),
                f"{proof.name}: its path does not lead to the root of {seal.name}")


# ---- the programs: path -> whether it is valid; a path they say nothing of is missing

def verdicts_of_xmllint(paths, schema):
    run = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", schema, *paths],
                         stderr=subprocess.PIPE, check=False)
    lines = run.stderr.decode("utf-8", "replace").splitlines()
    verdicts = {}
    for path in map(str, paths):
        # A namespace error leaves xmllint's verdict as it is; the specification has no such mercy.
        errors = any(l.startswith(path + ":") and " error :" in l for l in lines)
        if f"{path} validates" in lines:
            verdicts[Path(path)] = not errors
        elif errors or f"{path} fails to validate" in lines:
            verdicts[Path(path)] = False
    return verdicts


def with_schema_location(document, schema):
    """The same lines, with a root that says where the schema is: SAX2Count wants that."""
    text = re.sub(rb"<!--.*?-->", lambda m: b" " * len(m[0]), document, flags=re.S)
    root = re.search(rb"<[A-Za-z_][\w.:-]*", text)
    if not root:
        return document
    # A prefix of our own: the document may declare xsi, or be wrong for want of it.
    attribute = f' xmlns:sl="{XSI}" sl:schemaLocation="{NS} {Path(schema).resolve().as_uri()}"'
    return document[:root.end()] + attribute.encode() + document[root.end():]


def verdicts_of_xerces(paths, schema):
    """In two halves at once: it loads the schema for every document anew."""
    with ThreadPoolExecutor(2) as pool:
        halves = pool.map(lambda half: half_of_xerces(half, schema), (paths[::2], paths[1::2]))
        return {path: verdict for half in halves for path, verdict in half.items()}


def half_of_xerces(paths, schema):
    with tempfile.TemporaryDirectory() as folder:
        copies = {}
        for number, path in enumerate(paths):
            copy = Path(folder) / f"{number}.xml"
            copy.write_bytes(with_schema_location(Path(path).read_bytes(), schema))
            copies[str(copy)] = Path(path)
        listing = Path(folder) / "list"
        listing.write_text("".join(c + "\n" for c in copies))
        run = subprocess.run(["SAX2Count", "-v=always", "-l", listing], stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, check=False)
        text = run.stdout.decode("utf-8", "replace")
    # Its exit status says nothing, and it leaves a list at an exception: read what it wrote.
    verdicts = {copies[c]: True for c in re.findall(r"^(\S+): \d+ ms \(", text, flags=re.M)}
    for broken in re.findall(r"^(?:Fatal )?Error at file (\S+),", text, flags=re.M):
        verdicts[copies[broken]] = False
    return verdicts


VERDICTS = {"valid": True, "valid-with-warnings": True, "invalid": False}
ORACLES = (("xmllint", verdicts_of_xmllint), ("SAX2Count", verdicts_of_xerces))


def findings_of_amparo(program, paths):
    """path -> (is valid, findings), of each that it has a verdict on; and the exit status."""
    # The schema that stands beside these examples, wherever the program was built.
    bundle = {**os.environ, "AMPARO_BUNDLE": str(BUNDLE)}
    run = subprocess.run([program, "validate", "--format", "json", *paths], capture_output=True,
                         env=bundle, check=False)
    results = {}
    try:
        for path, one in zip(paths, json.loads(run.stdout)["inputs"]):
            if "verdict" in one and Path(one["document"]).name == Path(path).name:
                found = [Found(f["layer"], f["rule"], f["where"]["line"], f.get("record", 0))
                         for f in one["findings"] if f["severity"] == "error"]
                results[Path(path)] = (VERDICTS.get(one["verdict"]), found)
    except (ValueError, KeyError):
        if len(paths) > 1:  # one document broke the whole run: which one?
            for path in paths:
                results.update(findings_of_amparo(program, [path])[0])
    if run.returncode not in (0, 1):
        print(f"amparo exits with {run.returncode} after {len(paths)} documents:",
              *run.stderr.decode("utf-8", "replace").splitlines()[-1:])
    return results, run.returncode


def judge(expected, found):
    """(defects, how many expected findings stand on their exact line)"""
    defects, exact = [], 0
    for one in expected:
        same = [f for f in found if (f.layer, f.rule) == (one.layer, one.rule)]
        if any((f.line, f.record) == (one.line, one.record) for f in same):
            exact += 1
        elif not any(f.record == one.record for f in same):
            defects.append(f"{one.rule} in line {one.line}, record {one.record}, is not found: "
                           + (", ".join(f"{f.rule} {f.line}/{f.record}" for f in found[:6]) or "-"))
    return defects, exact


def compare(name, verdicts, valid, twins, tally):
    """One of the other validators against what the examples say of themselves."""
    for path in valid:
        tally.check(verdicts.get(path) is True, f"{name} does not find {path.name} valid")
    for path, expected in twins.items():
        should = expected[0].layer not in SEEN_BY_ALL or (
            name == "SAX2Count" and path.name in XERCES_MISSES)
        tally.check(verdicts.get(path) is should,
                    f"{name} finds {path.name} {'invalid' if should else 'valid'} or says nothing")


def run_amparo(program, valid, twins, tally):
    if not findings_of_amparo(program, valid[:1])[0]:
        return tally.check(False, "amparo comes to no verdict at all")
    results, status = findings_of_amparo(program, valid)
    for path in valid:
        is_valid, found = results.get(path, (None, []))
        tally.check(is_valid is True, f"amparo does not find {path.name} valid: {found[:3]}")
    tally.check(status == 0, f"amparo exits with {status} after valid documents")
    results, status = findings_of_amparo(program, list(twins))
    tally.check(status == 1, f"amparo exits with {status} after invalid documents")
    wanted = exact = more = 0
    for path, expected in twins.items():
        is_valid, found = results.get(path, (None, []))
        tally.check(is_valid is False, f"amparo finds {path.name} valid or comes to no verdict")
        defects, here = judge(expected, found)
        tally.check(not defects, f"{path.name}: " + "; ".join(defects))
        wanted, exact = wanted + len(expected), exact + here
        more += max(0, len(found) - len(expected))
        if here < len(expected) and not defects:
            print(f"not on its line: {path.name}: {expected[0].rule} is in line "
                  f"{[e.line for e in expected]}, found in {[f.line for f in found]}")
    print(f"expected findings: {wanted}, {exact} of them on their exact line; {more} more found")


# ---- that the checks can fail

def self_tests(root, tally):
    def defects(check, *arguments):
        probe = Tally(quiet=True)
        check(*arguments, probe)
        return len(probe.failures)

    good = HEADER + "\ngrammar\tcvc-elt.1\t4\t1\tA note.\n"
    tally.check(len(read_expected(good)) == 1, "self-test: a good .expected")
    for bad in ("", HEADER + "\n", good.replace("grammar", "grammer"), good.replace("\t4", ""),
                good.replace("4", "0"), good.replace("4", "x"), good.replace("A note.", " "),
                good + "gate\tG-PI\t1\t0\tAnother layer.\n"):
        try:
            read_expected(bad)
            tally.check(False, f"self-test: accepts {bad!r}")
        except ValueError:
            tally.check(True, "")
    one = Expected("grammar", "cvc-elt.1", 4, 1, "")
    for found, result in (([Found("grammar", "cvc-elt.1", 4, 1)], (0, 1)),
                          ([Found("grammar", "cvc-elt.1", 9, 1)], (0, 0)),
                          ([Found("grammar", "cvc-elt.1", 4, 2)], (1, 0)),
                          ([Found("grammar", "cvc-elt.2", 4, 1)], (1, 0)),
                          ([Found("codes", "cvc-elt.1", 4, 1)], (1, 0)), ([], (1, 0))):
        lost, exact = judge([one], found)
        tally.check((len(lost), exact) == result, f"self-test: judges {found}")
    twin = {Path("t.xml"): [one]}
    seen = ({Path("v.xml"): True, Path("t.xml"): False}, {Path("v.xml"): True}, {})
    wrong = [defects(compare, "x", verdicts, [Path("v.xml")], twin) for verdicts in seen]
    tally.check(wrong == [0, 1, 2], f"self-test: compares with {wrong} defects")
    bodies = (root / "schema/1.0/bodies.xsd").read_text(encoding="utf-8")
    for old, new in (('name="HANDBodyType"', 'name="HANDBody"'), ('minOccurs="0"', 'minOccurs="1"'),
                     ('<xs:element name="BestInterests"', '<xs:element name="Best"')):
        doctored = ET.fromstring(bodies.replace(old, new))
        tally.check(old in bodies and defects(check_matrix, doctored),
                    f"self-test: the matrix does not see {new}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.xml").write_text("<a/>\n")
        tally.check(defects(read_twins, folder) == 1, "self-test: a twin without .expected")
        (folder / "a.expected").write_text(good)
        (folder / "b.expected").write_text(good)
        tally.check(defects(read_twins, folder) == 2, "self-test: a line beyond")
        (folder / "m.xml").write_text(f'<Record xmlns="{NS}"><TestIndicator>LIVE</TestIndicator>'
                                      "</Record>")
        everything = len(MESSAGE_TYPES) + len(SEQUENCES)
        lost = defects(check_promises, [folder / "m.xml"], folder)
        tally.check(lost == everything + 1, f"self-test: {lost} promises broken")
        proof, seal = (root / "examples/trust" / n for n in ("record-proof.xml", "seal.xml"))
        text = proof.read_text(encoding="utf-8")
        for old, new in (("<Index>117<", "<Index>116<"), ("<Count>200<", "<Count>300<"),
                         ("<Salt>", "<PathHash>" + "0" * 64 + "</PathHash><Salt>")):
            (folder / "p.xml").write_text(text.replace(old, new))
            tally.check(old in text and defects(check_proof, folder / "p.xml", seal),
                        f"self-test: a proof with {new[:20]} leads to the root")
        broken = folder / "c.xml"
        broken.write_text("<!-- <a> -->\n<a b='>'><c></a>\n")
        schema = root / "schema/1.0/amparo.xsd"
        copy = with_schema_location(broken.read_bytes(), schema)
        tally.check(copy.count(b"\n") == 2 and copy.index(b"schemaLocation") > 12,
                    "self-test: the copy for Xerces")
        for program, verdicts in ORACLES:
            if shutil.which(program):
                said = verdicts([broken, folder / "a.xml"], schema)
                tally.check(set(said.values()) == {False} and len(said) == 2,
                            f"self-test: {program} on broken documents: {said}")


def main(arguments):
    global BUNDLE
    root = Path(arguments[1] if len(arguments) > 1 else Path(__file__).parents[2]).resolve()
    BUNDLE = root / "schema"
    program = Path(arguments[0]).resolve() if arguments else root / "build/dev/amparo"
    schema = root / "schema/1.0/amparo.xsd"
    tally = Tally()
    self_tests(root, tally)
    check_matrix(ET.parse(root / "schema/1.0/bodies.xsd").getroot(), tally)

    examples = root / "examples"
    twins = read_twins(examples / "invalid", tally)
    valid = [p for p in sorted(examples.rglob("*.xml")) if p.parent.name != "invalid"]
    valid += sorted((examples / "invalid").glob("base-*.xml")) + [root / "schema/registry/seed.xml"]
    for wanted in ("batch/*.xml", "record/*.xml", "trust/seal.xml", "trust/trust-list.xml",
                   "trust/record-proof.xml", "invalid/base-*.xml"):
        tally.check(any(examples.glob(wanted)), f"no examples/{wanted}")
    layers = Counter(e[0].layer for e in twins.values())
    for layer in LAYERS:
        tally.check(layers[layer] > 0, f"no invalid twin of layer {layer}")
    check_promises(valid, root, tally)
    if (examples / "trust").is_dir():
        check_proof(examples / "trust/record-proof.xml", examples / "trust/seal.xml", tally)
    print(f"{len(valid)} valid documents, {len(twins)} invalid twins: {dict(layers)}")

    # SAX2Count would fetch what a DOCTYPE names, so nobody but amparo gets the gate's twins.
    alone = [p for p in twins if twins[p][0].layer == "gate"]
    shared = {p: e for p, e in twins.items() if p not in alone}
    by_amparo = sorted(p.stem for p in twins if twins[p][0].layer not in SEEN_BY_ALL)
    print(f"seen by amparo alone ({len(by_amparo)}):", " ".join(by_amparo))
    for name, oracle in ORACLES:
        if shutil.which(name):
            compare(name, oracle([*valid, *shared], schema), valid, shared, tally)
        else:
            tally.missing(f"{name} is not installed")
    if os.access(program, os.X_OK):
        run_amparo(program, valid, twins, tally)
    else:
        tally.missing("amparo is not built" + "".join(f": no {a}" for a in arguments[:1]))
    print(f"{tally.passed} passed, {len(tally.failures)} failed, {len(tally.skips)} skipped")
    return 1 if tally.failures or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
