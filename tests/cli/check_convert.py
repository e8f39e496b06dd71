#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The verb convert as a process: exit statuses, files that are there whole or not at all, signals, a full
disk, memory. Run with the path of the program; prints one line for each check and ends with their counts."""
import csv
import io
import json
import os
import pathlib
import re
import resource
import shlex
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(sys.argv[1])
REPOSITORY = pathlib.Path(__file__).resolve().parent.parent.parent
MAPPINGS = REPOSITORY / "schema/mappings"
SAMPLE = REPOSITORY / "examples/hhs-releases/sample.csv"
REAL = REPOSITORY.parent / "shared/data/hhs-uc-releases/nyt_layout_rows_050001-110000.csv"
HEADER = ("ID,Child's Country of Origin,Child's Gender,Child's Date of Entry,Child's Date of Release,"
          "Sponsor Zipcode,Sponsor Category,Relationship of Sponsor\n")
GOOD = "{},Peru,M,1/2/16,3/4/16,00501,1,Aunt\n"
BAD = "{},Peru,M,13/13/13,3/4/16,00501,1,Aunt\n"
MEMORY_LIMIT_KB = 64 * 1024

passed = failed = skipped = 0


def check(what, condition, seen=""):
    global passed, failed
    if condition:
        passed += 1
    else:
        failed += 1
        print(f"FAILED {what}: {seen}")


class Sandbox:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name)
        self.environment = {"HOME": str(self.path / "home"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        (self.path / "home").mkdir()

    def write(self, name, content):
        data = content if isinstance(content, bytes) else content.encode()
        (self.path / name).write_bytes(data)
        return name

    def run(self, *words, stdin=None, prepare=None, **environment):
        done = subprocess.run([PROGRAM, "convert", *words], cwd=self.path, input=stdin, capture_output=True,
                              preexec_fn=prepare, env={**self.environment, **environment}, timeout=300)
        done.out = done.stdout.decode(errors="replace")
        done.err = done.stderr.decode(errors="replace")
        return done

    def convert(self, *words, **more):
        return self.run("--mapping", "hhs-releases", "--stamp", "2026-01-31T08:00:00-06:00", *words, **more)

    def files(self):
        return sorted(p.name for p in self.path.iterdir() if p.name != "home")

    def text(self, name):
        return (self.path / name).read_text(encoding="utf-8")


def rows(*lines):
    return HEADER + "".join(line.format(i + 1) for i, line in enumerate(lines))


def statuses():
    box = Sandbox()
    box.write("good.csv", rows(GOOD, GOOD))
    box.write("mixed.csv", rows(GOOD, BAD, GOOD))
    box.write("all-bad.csv", rows(BAD))
    box.write("empty.csv", "")
    box.write("header.csv", HEADER)
    box.write("missing.csv", rows(GOOD).replace(",Sponsor Category", ""))
    box.write("unknown.csv", rows(GOOD).replace("Sponsor Category", "Category of Sponsor"))
    box.write("stranger.csv", rows(GOOD).replace("Aunt", "Comadre"))
    box.write("utf16.csv", rows(GOOD).encode("utf-16"))
    box.write("latin-header.csv", rows(GOOD).replace("ID,", "Número,").encode("latin-1"))
    box.write("semicolons.csv", rows(GOOD).replace(",", ";"))
    (box.path / "folder").mkdir()
    for words, status, says in [
        (["good.csv", "-o", "out.xml"], 0, ""),
        (["mixed.csv", "-o", "out.xml"], 1, ""),
        (["all-bad.csv", "-o", "new.xml"], 1, "no row became a case"),
        (["stranger.csv", "-o", "out.xml"], 0, ""),
        (["stranger.csv", "-o", "out.xml", "--fail-on", "warning"], 1, ""),
        (["missing.csv", "-o", "new.xml"], 1, ""),
        (["unknown.csv", "-o", "new.xml"], 1, ""),
        (["semicolons.csv", "-o", "new.xml"], 1, ""),
        (["semicolons.csv", "-o", "out.xml", "--delimiter", ";"], 0, ""),
        ([], 2, "reads one file"),
        (["good.csv", "mixed.csv", "-o", "new.xml"], 2, "2 were given"),
        (["good.csv"], 2, "needs -o"),
        (["good.csv", "-o", "good.csv"], 2, "good.csv and -o are one file, good.csv; each needs its own"),
        (["good.csv", "-o", "new.xml", "--rejects", "good.csv"], 2, "good.csv and --rejects are one file"),
        (["good.csv", "-o", "new.xml", "--max-rejects", "many"], 2, "--max-rejects many"),
        (["good.csv", "-o", "new.xml", "--max-rejects", "101%"], 2, "--max-rejects 101%"),
        (["good.csv", "-o", "new.xml", "--max-rejects", "100.1%"], 2, "expected 100, 5%, 5.5%"),
        (["good.csv", "-o", "new.xml", "--max-rejects", "5.%"], 2, "expected 100, 5%, 5.5%"),
        (["good.csv", "-o", "out.xml", "--max-rejects", "5.5%"], 0, ""),
        (["good.csv", "-o", "new.xml", "--delimiter", "x"], 2, "--delimiter x: expected"),
        (["good.csv", "-o", "new.xml", "--delimiter", '"'], 2, "--delimiter"),
        (["empty.csv", "-o", "new.xml"], 3, "empty.csv: is empty"),
        (["header.csv", "-o", "new.xml"], 3, "header.csv: has no rows"),
        (["none.csv", "-o", "new.xml"], 3, "none.csv: does not exist"),
        (["folder", "-o", "new.xml"], 3, "folder: not a regular file"),
        (["utf16.csv", "-o", "new.xml"], 3, "is UTF-16"),
        (["latin-header.csv", "-o", "new.xml"], 3, ""),
        (["good.csv", "-o", "none/new.xml"], 3, "none/new.xml: No such file"),
        (["good.csv", "-o", "folder"], 3, "folder: is not a regular file"),
        (["good.csv", "-o", "new.xml", "--stamp", "yesterday"], 2, "--stamp yesterday"),
        (["good.csv", "-o", "new.xml", "--stamp", "2026-02-30T08:00:00Z"], 2, "--stamp 2026-02-30"),
        (["good.csv", "-o", "new.xml", "--stamp", "2026-02-20T08:00:00"], 2, "--stamp 2026-02-20"),
        (["good.csv", "-o", "out.xml", "--stamp", "2026-02-20T08:00:00.5+05:30"], 0, ""),
        (["good.csv", "-o", "new.xml", "--id-key", "none.key"], 3, "none.key: No such file"),
    ]:
        done = box.convert(*words)
        check(f"{words} gives {status}", done.returncode == status, f"{done.returncode} {done.err}")
        check(f"{words} says {says!r}", says in done.err, done.err)
    check("nothing was put in place for what failed", "new.xml" not in box.files(), box.files())
    check("no temporary file stays", not [f for f in box.files() if ".part." in f], box.files())
    done = box.run("good.csv", "-o", "new.xml")
    check("no mapping is a usage error", done.returncode == 2, done.err)
    done = box.run("--mapping", "hhs-release", "good.csv", "-o", "new.xml")
    check("an unknown mapping names those there are", done.returncode == 3 and "hhs-releases" in done.err, done.err)
    done = box.convert("latin-header.csv", "-o", "new.xml")
    check("a header in Latin-1 is told as such", "M-ENC" in done.out, done.out)
    done = box.convert("missing.csv", "-o", "new.xml")
    check("a missing column is named", '"Sponsor Category" is missing' in done.out, done.out)


def account():
    box = Sandbox()
    box.write("in.csv", rows(GOOD, BAD, GOOD.replace("Aunt", "Comadre"), GOOD.replace("\n", ",extra\n")))
    done = box.convert("in.csv", "-o", "out.xml", "--ledger", "l.json")
    ledger = json.loads(box.text("l.json"))
    check("the ledger counts rows", (ledger["rows"], ledger["cases"], ledger["rejected"]) == (4, 2, 2), ledger)
    check("the ledger adds up", ledger["addsUp"] and all(
        c["nonEmpty"] == c["mapped"] + c["kept"] + c["dropped"] + c["rejected"] for c in ledger["columns"]), ledger)
    check("the document has the cases", box.text("out.xml").count("<CaseExchangeId>") == 2)
    check("the report says the same", "Rows read 4 = cases 2 + rejected 2" in done.out, done.out)
    check("rejects have the header and the rows' own bytes", box.text("out.rejects.csv") ==
          HEADER + BAD.format(2) + GOOD.format(4).replace("\n", ",extra\n"), box.text("out.rejects.csv"))
    reasons = list(csv.DictReader(io.StringIO(box.text("out.rejects.csv.reasons.csv"))))
    check("each finding has its reason", [(r["row"], r["line"], r["column"], r["rule"], r["action"]) for r in reasons]
          == [("2", "3", "4", "M-DATE", "rejected"), ("3", "4", "8", "M-VALUE", "null"),
              ("4", "5", "9", "M-DIALECT", "rejected")], reasons)
    for name in ("out.rejects.csv.reasons.csv", "l.json"):
        check(f"{name} holds no value", "Comadre" not in box.text(name), name)
    check("the report holds no value", "Comadre" not in done.out + done.err, done.out)
    for name in box.files():
        mode = stat.S_IMODE((box.path / name).stat().st_mode)
        check(f"{name} is private", name == "in.csv" or mode == 0o600, oct(mode))


def languages():
    box = Sandbox()
    box.write("in.csv", rows(GOOD, BAD))
    for language, word in [("es", "Filas leídas 2 = casos 1 + rechazadas 1"),
                           ("en", "Rows read 2 = cases 1 + rejected 1"),
                           ("fr", "Lignes lues 2 = dossiers 1 + rejetées 1")]:
        done = box.convert("in.csv", "-o", "out.xml", "--lang", language)
        check(f"the report is in {language}", word in done.out, done.out)


def repeats():
    box = Sandbox()
    box.write("in.csv", rows(GOOD, GOOD))
    box.convert("in.csv", "-o", "a.xml")
    check("a key is made at the first use", (box.path / "home/.config/amparo/id.key").stat().st_size == 32)
    done = box.convert("in.csv", "-o", "b.xml")
    check("and is not made again", "new key" not in done.err, done.err)
    check("runs repeat byte for byte", box.text("a.xml") == box.text("b.xml"))
    done = box.run("--new-id-key", "other.key")
    check("a key can be made", done.returncode == 0 and (box.path / "other.key").stat().st_size == 32, done.err)
    box.convert("in.csv", "-o", "c.xml", "--id-key", "other.key")
    ids = re.compile("<CaseExchangeId>(.*)</CaseExchangeId>")
    check("another key gives other identifiers",
          not set(ids.findall(box.text("a.xml"))) & set(ids.findall(box.text("c.xml"))))
    check("a key is not replaced", box.run("--new-id-key", "other.key").returncode == 3)
    os.chmod(box.path / "other.key", 0o644)
    done = box.convert("in.csv", "-o", "d.xml", "--id-key", "other.key")
    check("a key that others may read is refused", done.returncode == 3 and "chmod 600" in done.err, done.err)
    done = box.run("--mapping", "hhs-releases", "in.csv", "-o", "e.xml", SOURCE_DATE_EPOCH="1767225600")
    check("SOURCE_DATE_EPOCH is the time of the header",
          "<CreatedAt>2026-01-01T00:00:00Z</CreatedAt>" in box.text("e.xml"), done.err)
    done = subprocess.run([PROGRAM, "convert", "--mapping", "hhs-releases", "in.csv", "-o", "f.xml"], cwd=box.path,
                          env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, capture_output=True)
    check("without a home the command that makes a key is named",
          done.returncode == 3 and b"--new-id-key" in done.stderr, done.stderr)


def streams():
    box = Sandbox()
    box.write("in.csv", rows(GOOD, GOOD))
    box.convert("in.csv", "-o", "out.xml")
    done = box.convert("-", "-o", "-", stdin=rows(GOOD, GOOD).encode())
    check("standard input to standard output gives the same document", done.out == box.text("out.xml"), done.err)
    check("the report then goes to standard error", "Rows read 2" in done.err, done.err)
    done = box.convert("in.csv", "--dry-run")
    check("a dry run tells all and writes nothing", "Dry run" in done.out and
          box.files() == ["in.csv", "out.xml"], box.files())
    os.symlink("out.xml", box.path / "link.xml")
    box.convert("in.csv", "-o", "link.xml")
    check("a link stays a link", (box.path / "link.xml").is_symlink())


def limits():
    box = Sandbox()
    box.write("old.xml", "what was there")
    box.write("in.csv", rows(GOOD, BAD, BAD))
    done = box.convert("in.csv", "-o", "old.xml", "--max-rejects", "1")
    check("above --max-rejects nothing is put in place", done.returncode == 1 and
          box.text("old.xml") == "what was there", done.err)
    check("and the rejects are there under a name of their own", box.text("old.rejects.csv.new").count("\n") == 3
          and "old.rejects.csv.new.reasons.csv" in box.files() and "old.rejects.csv" not in box.files(), box.files())
    check("50 % allows none of one good and two bad", box.convert("in.csv", "-o", "x.xml", "--max-rejects", "50%")
          .returncode == 1 and "x.xml" not in box.files())
    check("67 % allows two of three", box.convert("in.csv", "-o", "x.xml", "--max-rejects", "67%").returncode == 1
          and "x.xml" in box.files())
    with open(box.path / "long.csv", "wb") as file:
        file.write(rows(GOOD).encode())
        for _ in range(200):
            file.write(b"x" * 1_000_000)
    done = box.convert("long.csv", "-o", "long.xml")
    check("a line of 200 MB is a clear error", done.returncode == 3 and "line 3 is longer than" in done.err, done.err)
    check("that leaves nothing", "long.xml" not in box.files(), box.files())


def interrupted():
    box = Sandbox()
    box.write("old.xml", "what was there")

    def small_disk():
        # A write above the limit fails like one on a full disk, once the signal is ignored.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = box.convert(str(SAMPLE), "-o", "old.xml", prepare=small_disk)
    check("a full disk is an error that names the file", done.returncode == 3 and "old.xml: " in done.err, done.err)
    check("that leaves the old file", box.text("old.xml") == "what was there" and box.files() == ["old.xml"],
          box.files())
    for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        process = subprocess.Popen([PROGRAM, "convert", "--mapping", "hhs-releases", "-", "-o", "old.xml"],
                                   cwd=box.path, env=box.environment, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdin.write(rows(*[GOOD] * 5000).encode())
        process.stdin.flush()
        deadline = time.monotonic() + 60
        while not [f for f in box.files() if ".part." in f] and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(number)
        process.wait(60)
        check(f"{number.name} gives {status}", process.returncode == status, process.returncode)
        check(f"{number.name} leaves the old file and no other", box.text("old.xml") == "what was there" and
              box.files() == ["old.xml"], box.files())


def memory():
    global skipped
    box = Sandbox()
    if REAL.exists():
        source, count = REAL, 60000
    else:
        print("SKIPPED: the real rows are not part of the project; 60,000 invented ones stand in")
        skipped += 1
        subprocess.run([str(REPOSITORY / "scripts/make_sample_rows"), "--rows", "60000", "-o",
                        str(box.path / "many.csv")], check=True)
        source, count = box.path / "many.csv", 60000
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    done = box.convert(str(source), "-o", "out.xml", "--ledger", "l.json")
    ledger = json.loads(box.text("l.json"))
    check("60,000 rows are all accounted for", done.returncode == 0 and ledger["rows"] == count
          == ledger["cases"] + ledger["rejected"], done.err)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    check("in less than 64 MB, validation included", used == before or used < MEMORY_LIMIT_KB, f"{used} KB")
    with open(box.path / "out.xml", encoding="utf-8") as file:
        cases = sum("<CaseExchangeId>" in line for line in file)
    check("and the batch has a case for each", cases == count, cases)


def files_apart():
    def key(name):
        box.write(name, bytes(range(32)))
        os.chmod(box.path / name, 0o600)
        return name

    for words, says in [
        (["-o", "x.xml", "--ledger", "x.xml"], "-o and --ledger are one file, x.xml"),
        (["-o", "x.xml", "--rejects", "x.xml"], "-o and --rejects"),
        (["-o", "x.xml", "--rejects", "./x.xml"], "-o and --rejects"),
        (["-o", "x.xml", "--rejects", "folder/../x.xml"], "-o and --rejects"),
        (["-o", "x.xml", "--ledger", "x.rejects.csv"], "--rejects and --ledger"),
        (["-o", "x.xml", "--rejects", "r.csv", "--ledger", "r.csv.reasons.csv"], "--rejects (.reasons.csv) and --ledger"),
        (["-o", "x.xml", "--id-key", "my.key", "--ledger", "my.key"], "--id-key and --ledger are one file, my.key"),
        (["-o", "my.key", "--id-key", "my.key"], "--id-key and -o"),
        (["-o", "hard.key", "--id-key", "my.key"], "--id-key and -o are one file, hard.key"),
        (["-o", "soft.key", "--id-key", "my.key"], "--id-key and -o"),
        (["-o", "home/.config/amparo/id.key"], "--id-key and -o"),
        (["-o", "maps/hhs.map.xml"], "--mapping and -o are one file"),
        (["-o", "x.xml", "--ledger", "maps/tables/sex-en.csv"], "--ledger and <lookup> are one file"),
        (["-o", "x.xml", "--rejects", "maps/tables/../tables/sex-en.csv"], "--rejects and <lookup>"),
    ]:
        box = Sandbox()
        box.write("in.csv", rows(GOOD, BAD))
        shutil.copytree(MAPPINGS, box.path / "maps")
        os.rename(box.path / "maps/hhs-releases.map.xml", box.path / "maps/hhs.map.xml")
        (box.path / "folder").mkdir()
        key("my.key")
        os.link(box.path / "my.key", box.path / "hard.key")
        os.symlink("my.key", box.path / "soft.key")
        box.run("--mapping", "hhs-releases", "in.csv", "-o", "first.xml")
        before = {p: p.read_bytes() for p in box.path.rglob("*") if p.is_file()}
        done = box.run("--mapping", "maps/hhs.map.xml", "in.csv", *words)
        check(f"{words} is a usage error", done.returncode == 2 and says in done.err, f"{done.returncode} {done.err}")
        check(f"{words} leaves all files alone", before ==
              {p: p.read_bytes() for p in box.path.rglob("*") if p.is_file()}, done.err)
    for language, word in (("es", "son un mismo archivo"), ("fr", "sont un même fichier")):
        done = box.run("--mapping", "maps/hhs.map.xml", "in.csv", "-o", "x", "--ledger", "x", "--lang", language)
        check(f"two names of one file are told in {language}", done.returncode == 2 and word in done.err, done.err)


def no_header():
    box = Sandbox()
    box.write("bare.csv", "Ximena,Peru,M,1/2/16,3/4/16,00501,1,Aunt\nZoila,Peru,M,1/2/16,3/4/16,00501,1,Aunt\n")
    box.write("twice.csv", "Ximena,Ximena,M,1/2/16,3/4/16,00501,1,Aunt\n")
    box.write("semicolons.csv", "Ximena;Peru;M;1/2/16;3/4/16;00501;1;Aunt\n")
    for name in ("bare.csv", "twice.csv", "semicolons.csv"):
        for language in ("es", "en", "fr"):
            done = box.convert(name, "-o", "out.xml", "--ledger", "l.json", "--lang", language)
            check(f"{name} is refused in {language}", done.returncode == 1, done.returncode)
            check(f"{name} is told once, without a word of it", done.out.count("\n") == 1 and
                  not re.search("Ximena|Peru|00501|Aunt", done.out + done.err), done.out + done.err)
    done = box.convert("bare.csv", "-o", "out.xml")
    check("what a header would be is named", "does not look like the header" in done.out and
          "0 of its 8 columns" in done.out and "Relationship of Sponsor" in done.out, done.out)
    box.write("loud.csv", rows(GOOD).replace(HEADER, HEADER.upper()))
    done = box.convert("loud.csv", "-o", "out.xml")
    check("a header in capitals is answered with the mapping's names", done.returncode == 1 and
          'did you mean "Child\'s Date of Entry"' in done.out, done.out)


def rejects_are_kept():
    box = Sandbox()
    box.write("in.csv", rows(GOOD, BAD))
    done = box.convert("in.csv", "-o", "out.xml")
    check("the whole command that goes on is told",
          "\n  amparo convert --mapping hhs-releases out.rejects.csv -o out.corrected.xml\n" in done.out, done.out)
    first = box.text("out.rejects.csv")
    done = box.convert("in.csv", "-o", "out.xml")
    check("the same run again keeps no copy", box.files() ==
          ["in.csv", "out.rejects.csv", "out.rejects.csv.reasons.csv", "out.xml"], box.files())
    box.write("out.rejects.csv", first.replace("13/13/13", "3/3/13"))
    done = box.convert("in.csv", "-o", "out.xml")
    check("corrected rejects are kept from the next run", "3/3/13" in box.text("out.rejects.csv.1") and
          box.text("out.rejects.csv") == first and "kept as out.rejects.csv.1" in done.err, done.err)
    batch = box.text("out.xml")
    command = re.search(r"\n  amparo convert (.*)\n", done.out).group(1)
    box.write("out.rejects.csv", first.replace("13/13/13", "3/3/13"))
    again = box.run(*shlex.split(command))
    check("the command that was told converts the corrected rejects", again.returncode == 0 and
          box.text("out.corrected.xml").count("<CaseExchangeId>") == 1 and box.text("out.xml") == batch, again.err)
    box.write("name with spaces.csv", rows(GOOD, BAD).replace(",", ";"))
    box.run("--new-id-key", "k's.key")
    done = box.convert("name with spaces.csv", "-o", "my out.xml", "--delimiter", ";", "--id-key", "k's.key")
    command = re.search(r"\n  amparo convert (.*)\n", done.out).group(1)
    check("names with spaces are quoted", shlex.split(command) ==
          ["--mapping", "hhs-releases", "--id-key", "k's.key", "--delimiter", ";", "my out.rejects.csv", "-o",
           "my out.corrected.xml"], command)

    box = Sandbox()
    box.write("in.csv", rows(GOOD, BAD))
    box.convert("in.csv", "-o", "out.xml", "--ledger", "l.json")
    before = {f: box.text(f) for f in box.files()}
    box.write("worse.csv", rows(GOOD, BAD, BAD, BAD))
    for _ in range(2):
        done = box.convert("worse.csv", "-o", "out.xml", "--ledger", "l.json", "--max-rejects", "1")
        check("above the limit no file is replaced", done.returncode == 1 and
              before == {f: box.text(f) for f in before}, box.files())
        check("rejects, reasons and ledger of that run have names of their own", box.files() == sorted(
            [*before, "worse.csv", "out.rejects.csv.new", "out.rejects.csv.new.reasons.csv", "l.json.new"]), box.files())
    check("and the report names them", "Rejected rows: out.rejects.csv.new\n" in done.out and
          "Reasons, row by row: out.rejects.csv.new.reasons.csv\n" in done.out, done.out)

    box.write("good.csv", rows(GOOD))
    done = box.convert("good.csv", "-o", "out.xml")
    check("a run without findings leaves no rejects and no reasons of another beside it",
          "out.rejects.csv" not in box.files() and "out.rejects.csv.reasons.csv" not in box.files() and
          box.text("out.rejects.csv.1") == before["out.rejects.csv"] and
          box.text("out.rejects.csv.1.reasons.csv") == before["out.rejects.csv.reasons.csv"], box.files())
    box.write("stranger.csv", rows(GOOD.replace("Aunt", "Comadre")))
    box.convert("stranger.csv", "-o", "s.xml")
    check("an unknown value has its reason", "s.rejects.csv.reasons.csv" in box.files(), box.files())
    box.convert("good.csv", "-o", "s.xml")
    check("and the reasons go when there are none", "s.rejects.csv.reasons.csv" not in box.files(), box.files())
    box.write("s.rejects.csv.reasons.csv", "mine")
    box.convert("good.csv", "-o", "s.xml")
    check("what is not ours stays", box.text("s.rejects.csv.reasons.csv") == "mine")


def sentences():
    box = Sandbox()
    def run(*lines, **more):
        box.write("in.csv", HEADER + "".join(lines))
        return box.convert("in.csv", "-o", "out.xml", "--max-rejects", "100%", **more)
    done = run(GOOD.format(1), "2,Peru,F,2/30/15,3/4/16,,1,Aunt\n", "3,Peru,F,13/1/15,3/4/16,,1,Aunt\n",
               "4,Peru,F,2016-01-01,3/4/16,,1,Aunt\n")
    check("a day that is none is told as such", done.out.count("there is no such day. Row rejected") == 2 and
          done.out.count("is no date of the form M/d/yy") == 1, done.out)
    done = run(GOOD.format(1), "2,Peru,F,1/2/16,3/4/27,,1,Aunt\n", "3,Peru,F,1/2/99,3/4/16,,1,Aunt\n")
    check("a day after that of the run is rejected, with the reason", "Rows read 3 = cases 1 + rejected 2" in done.out and
          done.out.count("outside of what can be (2003-03-01 / 2026-01-31)") == 2, done.out)
    done = run("1,Peru,F,3/4/16,1/2/16,,1,Aunt\n")
    check("a release before the entry is told and kept", done.returncode == 0 and
          '"Child\'s Date of Release" is earlier than "Child\'s Date of Entry"' in done.out and "[M-ORDER]" in done.out
          and "<LeftAt>2016-01-02</LeftAt>" in box.text("out.xml"), done.out)
    reasons = list(csv.DictReader(io.StringIO(box.text("out.rejects.csv.reasons.csv"))))
    check("with row, column and action in the reasons", [(r["row"], r["line"], r["column"], r["rule"], r["action"])
          for r in reasons] == [("1", "2", "5", "M-ORDER", "kept")], reasons)
    done = run(GOOD.format(1), "2,Peru,F,13/13/13,3/4/16,,1,Comadre\n")
    check("a rejected row is not told to have got a null", "null was written" not in done.out and
          "rejected for another reason" in done.out, done.out)
    done = run(GOOD.format(1), "2\n")
    check("one is singular", "The row has only one field," in done.out and "the cells of one row" in done.out, done.out)
    (box.path / "in.csv").write_bytes((HEADER + GOOD.format(1) + "2,Per\u00fa").encode()[:-1])
    done = box.convert("in.csv", "-o", "out.xml", "--max-rejects", "100%")
    check("a file cut inside a character is told to be cut", "it was cut off" in done.out and
          "save the file as" not in done.out, done.out)
    done = subprocess.run(["bash", "-c", '"$0" convert --mapping hhs-releases - -o o.xml <&-', PROGRAM], cwd=box.path,
                          env=box.environment, capture_output=True, timeout=300)
    check("a closed standard input is told as such", done.returncode == 3 and b"Bad file descriptor" in done.stderr,
          done.stderr)
    box = Sandbox()
    box.write("in.csv", rows(GOOD))
    done = box.convert("in.csv", "--dry-run")
    check("a dry run makes no key", done.returncode == 0 and not list(box.path.rglob("*.key")) and
          "identifiers of the conversion will be others" in done.err, done.err)
    done = box.convert("in.csv", "--dry-run", "--id-key", "none.key")
    check("a key that was named must be there all the same", done.returncode == 3, done.err)


def mappings():
    box = Sandbox()
    box.write("in.csv", rows(GOOD))
    shutil.copytree(MAPPINGS, box.path / "maps")
    text = (MAPPINGS / "hhs-releases.map.xml").read_text(encoding="utf-8")
    deep = '<mapping xmlns="https://w3id.org/amparo/mapping/1">' + "<group>" * 100_000 + "</group>" * 100_000
    for name, content, es, fr in [
        ("empty", "", "está vacío", "est vide"),
        ("cut", text[:3000], "deja de estar bien formado", "cesse d'être bien formé"),
        ("deep", deep, "demasiada profundidad", "trop profondément"),
        ("column", text.replace('column="code"', 'column="kode"', 1), "no tiene una columna \"kode\"; ¿quiso decir code?",
         "n'a pas de colonne \"kode\" ; vouliez-vous dire code ?"),
        ("pair", text.replace('lookup="sex" column="code"', 'lookup="sex"'), "lookup y column van juntos",
         "lookup et column vont ensemble"),
        ("up", text.replace("tables/sex-en.csv", "../../../../etc/passwd"), "dentro de la carpeta", "sous le dossier"),
        ("root", text.replace("tables/sex-en.csv", "/etc/passwd"), "dentro de la carpeta", "sous le dossier"),
    ]:
        box.write(f"maps/{name}.map.xml", content)
        for language, says in (("es", es), ("fr", fr)):
            began = time.monotonic()
            done = box.run("--mapping", f"maps/{name}.map.xml", "in.csv", "-o", "out.xml", "--lang", language)
            check(f"the mapping {name} is refused in {language}", done.returncode == 3 and says in done.err, done.err)
            check(f"and at once ({name})", time.monotonic() - began < 10, time.monotonic() - began)


for part in (statuses, files_apart, no_header, rejects_are_kept, sentences, mappings, account, languages, repeats, streams, limits, interrupted, memory):
    part()
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or not passed else 0)
