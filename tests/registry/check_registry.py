#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the seed registry, the parameters, the purpose table and the clause list; then itself:
every check is shown a copy with one defect, and has to see it.

    python3 tests/registry/check_registry.py [REPOSITORY]

Needs xmllint. Exit status 0 when all passed, else 1; the last line is "N passed, N failed".
"""
import math
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

sys.dont_write_bytecode = True
from registry_data import (AM, CLAUSES, GROUPS, MEMBERS, PAR, RULES, XS, Data, locked,  # noqa: E402
                           text, texts)
from registry_fixtures import FIXTURES, REFUSED  # noqa: E402

META = "{https://w3id.org/amparo/1/meta}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
GRAMMARS = {"registry/seed.xml": "1.0/amparo.xsd", "clauses.xml": "clauses.xsd"}
PARAMETERS = "parameters/parameters.xsd"
START = "2009-07-01"
# Offices of these functions work for the State the child may be returned to.
ORIGIN = {"CON", "MFA", "CPO", "MGO", "RCV", "CRO"}
CUSTODIAL = {"CPA", "CUS", "MIG", "DET", "ASY", "ATU", "GUA", "JUD"}
FIREWALL = {"DET", "POL", "PRO"}
ANSWERS = {"ACKN", "REJC"}
WITHOUT_CASE = ANSWERS | {"VOID", "REGU"}
NO_OFFICE = {"CHI", "FAM"}


def validate(schema, grammar, paths):
    """The names of those paths that xmllint finds valid."""
    run = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", str(schema / grammar),
                          *map(str, paths)], capture_output=True, text=True)
    if run.returncode not in (0, 3, 4):
        raise SystemExit(f"xmllint: {run.stderr.strip()}")
    return {path for path in paths if f"{path} validates" in run.stderr.splitlines()}


def grammar(data):
    work = {name: [data.schema / name] for name in GRAMMARS}
    for name, paths in work.items():
        if not validate(data.schema, GRAMMARS[name], paths):
            yield f"{name} is not valid"
    files = sorted((data.schema / "parameters").glob("*.xml"))
    for path in set(files) - validate(data.schema, PARAMETERS, files):
        yield f"{path.name} is not valid"


def unique_ids(data):
    for key, times in Counter(key for key, _ in data.ids()).items():
        if times > 1:
            yield f"{key} is given {times} times"


def references(data):
    offices = data.known("OrgId", data.organisations)
    ports = data.known("PortCode", data.ports)
    facilities = data.known("FacilityId", data.facilities)
    for facility in data.facilities:
        name = text(facility, "FacilityId")
        for operator in texts(facility, "Operator"):
            if operator not in offices:
                yield f"{name}: no office {operator}"
            elif text(offices[operator], "Country") != text(facility, "Country"):
                yield f"{name}: {operator} is of another State"
        for port in texts(facility, "NearPort"):
            if port not in ports:
                yield f"{name}: no port {port}"
    for port in data.ports:
        name = text(port, "PortCode")
        for unit in texts(port, "CareUnit"):
            if unit not in facilities:
                yield f"{name}: no facility {unit}"
            elif name not in texts(facilities[unit], "NearPort"):
                yield f"{name}: {unit} does not serve it"


def pairs_of_ports(data):
    ports = data.known("PortCode", data.ports)
    for port in data.ports:
        name, pair = text(port, "PortCode"), text(port, "PairPortCode")
        if bool(pair) != (text(port, "PortType") == "LAND"):
            yield f"{name}: a land port has a facing port, an airport has none"
        if not pair:
            continue
        if pair not in ports:
            yield f"{name}: no facing port {pair}"
            continue
        other = ports[pair]
        if text(other, "Country") == text(port, "Country"):
            yield f"{name}: {pair} lies in the same State"
        if not corridors(port) & corridors(other):
            yield f"{name}: shares no corridor with {pair}"
        if kilometres(port, other) > 10 and text(other, "PairPortCode") == name:
            yield f"{name}: {pair} is {kilometres(port, other):.0f} km away"


def kilometres(one, other):
    north = float(text(one, "Latitude")) - float(text(other, "Latitude"))
    east = float(text(one, "Longitude")) - float(text(other, "Longitude"))
    return 111 * math.hypot(north, east * math.cos(math.radians(float(text(one, "Latitude")))))


def corridors(port):
    return {(text(c, "From"), text(c, "To")) for c in port.findall(AM + "Corridor")}


def ports_make_sense(data):
    for port in data.ports:
        name = text(port, "PortCode")
        for sender, receiver in corridors(port):
            if sender == receiver or text(port, "Country") not in (sender, receiver):
                yield f"{name}: corridor {sender}-{receiver} does not touch its State"
        days = Counter(text(w, "Day") for w in port.findall(AM + "ChildWindow"))
        if sorted(days) != list("1234567"):
            yield f"{name}: a day of the week has no window"
        for window in port.findall(AM + "ChildWindow"):
            if not "05:00" <= text(window, "Opens") < text(window, "Closes") <= "22:00":
                yield f"{name}: window {text(window, 'Opens')}-{text(window, 'Closes')}"
        try:
            ZoneInfo(text(port, "TimeZone"))
        except ZoneInfoNotFoundError:
            yield f"{name}: no time zone {text(port, 'TimeZone')}"
        # The region lies in the north and west; a lost minus sign would move the sunset.
        north, east = float(text(port, "Latitude")), float(text(port, "Longitude"))
        if not (7 < north < 72 and -142 < east < -52):
            yield f"{name}: does not lie in the region"


def codes_of_registry(data):
    subdivisions, countries = data.codes("ISO3166-2"), data.codes("ISO3166-1")
    for name, entry in data.ids():
        for tag, codes in (("Function", "Function"), ("OrgType", "OrganisationType"),
                           ("FacilityType", "FacilityType"), ("PortType", "PortType"),
                           ("SexServed", "SexServed")):
            for value in texts(entry, tag):
                if value not in data.codes(codes):
                    yield f"{name}: {tag} {value}"
        if text(entry, "Country") not in countries:
            yield f"{name}: Country {text(entry, 'Country')}"
        for tag in ("Subdivision", "ConsularDistrict", "LocatedIn"):
            for value in texts(entry, tag):
                if value not in subdivisions and value not in countries:
                    yield f"{name}: {tag} {value}"
        own = text(entry, "Subdivision")
        if own and own[:2] != text(entry, "Country"):
            yield f"{name}: {own} is of another State"


def dates(data):
    changed = {row["id"] for row in data.grades if row["element"] in ("ValidFrom", "ValidTo")}
    for name, entry in data.ids():
        start, end = text(entry, "ValidFrom"), text(entry, "ValidTo")
        if end and end < start:
            yield f"{name}: ends before it begins"
        if (start != START or end) and name not in changed:
            yield f"{name}: a date of its own without a grade"
    begins = {name: text(entry, "ValidFrom") for name, entry in data.ids()}
    for name, start in begins.items():
        body = name.rpartition("-")[0]
        if start < begins.get(body, start):
            yield f"{name}: is there before {body}, which it belongs to"


def consulates(data):
    for office in data.organisations:
        name, district = text(office, "OrgId"), texts(office, "ConsularDistrict")
        consulate = text(office, "OrgType") == "CONSUL"
        if consulate != ("CON" in texts(office, "Function")) or consulate != bool(district):
            yield f"{name}: type, function and district do not agree"
        abroad = {d[:2] for d in district + texts(office, "LocatedIn")}
        if consulate and (len(abroad) != 1 or text(office, "Country") in abroad):
            yield f"{name}: is not in one State abroad"


def every_function_is_held(data):
    held = {f for o in data.organisations for f in texts(o, "Function")}
    for function in data.codes("Function") - held - NO_OFFICE:
        yield f"nobody has function {function}"
    for country in MEMBERS:
        there = {f for o in data.organisations if text(o, "Country") == country
                 and not text(o, "ValidTo") for f in texts(o, "Function")}
        for function in {"MIG", "MGO", "CPA", "CPO", "MFA", "ASY", "ATU"} - there:
            yield f"{country}: nobody has function {function}"
        if not any(text(p, "Country") == country for p in data.ports):
            yield f"{country}: no handover point"


def grades(data):
    entries = dict(data.ids())
    whole = Counter(row["id"] for row in data.grades if not row["element"])
    for name in entries:
        if whole[name] != 1:
            yield f"{name}: graded {whole[name]} times"
    for row in data.grades:
        where = f"{row['id']} {row['element']}".strip()
        if row["id"] != "*" and row["id"] not in entries:
            yield f"{where}: no such entry"
        if row["grade"] not in ("S", "K", "D"):
            yield f"{where}: grade {row['grade']}"
        sources = row["source"].split()
        for source in sources:
            if source not in data.references:
                yield f"{where}: no source {source}"
        if not sources or (row["grade"] == "S") == (sources[0] in ("PROJECT", "KNOWN")):
            if row["grade"] != "K":
                yield f"{where}: grade {row['grade']} on {row['source'] or 'nothing'}"
        if (row["grade"] == "D") != ("PROJECT" in sources):
            yield f"{where}: D and PROJECT go together"


def limits(data):
    listed = {e.get("value") for e in data.schemas[PARAMETERS].iter(XS + "enumeration")
              if e.get("value", "").startswith("TL-")}
    regional = {x.get("id"): x for x in data.regional.findall(PAR + "TimeLimit")}
    for missing in listed ^ set(regional):
        yield f"{missing} is in the schema or in the regional file, but not in both"
    facility_types = data.codes("FacilityType")
    for where, limit in data.limits():
        values = limit.findall(PAR + "Value")
        for key, times in Counter(circumstance(v) for v in values).items():
            if times > 1:
                yield f"{where}: two values for {' '.join(key).strip() or 'the general case'}"
            if key[1] and key[1] not in facility_types:
                yield f"{where}: no facility type {key[1]}"
        base = regional.get(limit.get("id"), limit)
        by_facility = all(facility for _, facility in map(circumstance, values))
        if base is limit and ("", "") not in map(circumstance, values) and not by_facility:
            yield f"{where}: no general value"
        known = set(map(circumstance, base.findall(PAR + "Value")))
        for value in values:
            if base is not limit and circumstance(value) not in known:
                yield f"{where}: a circumstance that the regional file does not have"
            if (text(value, "Unit", PAR) == "VISIT") != bool(text(value, "WithinMonths", PAR)):
                yield f"{where}: visits, and only visits, need a span of months"
            for tag in ("Grade", "StatedTerm/" + PAR + "TermGrade"):
                source = "Source" if tag == "Grade" else "StatedTerm/" + PAR + "TermSource"
                grade, sources = text(value, tag, PAR), texts(value, source, PAR)
                if grade and (grade == "D") != (sources == ["PROJECT"]):
                    yield f"{where}: grade {grade} on {' '.join(sources)}"
        for clause in texts(limit, "Clause", PAR):
            if clause not in data.clauses:
                yield f"{where}: no clause {clause}"
        for rule in texts(limit, "Rule", PAR):
            if rule not in RULES:
                yield f"{where}: no rule {rule}"
    for root in (data.regional, *data.countries.values()):
        for tag in ("Source", "TermSource"):
            for source in root.iter(PAR + tag):
                if source.text not in data.references:
                    yield f"no source {source.text}"


def circumstance(value):
    return text(value, "AppliesWhen", PAR), text(value, "FacilityType", PAR)


def members(data):
    listed = [m.get("country") for m in data.regional.findall(PAR + "Member")]
    if sorted(listed) != sorted(MEMBERS):
        yield f"the regional file lists {' '.join(listed)}"
    for country in set(MEMBERS) ^ set(data.countries):
        yield f"{country}: a member without a file, or a file without a member"
    for name, root in data.countries.items():
        if root.get("country") != name:
            yield f"{name}.xml is the file of {root.get('country')}"
    for tag, codes in (("Currency", "ISO4217"), ("Language", "ISO639-3")):
        known = data.codes(codes)
        for value in data.regional.iter(PAR + tag):
            if value.text not in known:
                yield f"{tag} {value.text}"
    for zone in data.regional.iter(PAR + "TimeZone"):
        try:
            ZoneInfo(zone.text)
        except ZoneInfoNotFoundError:
            yield f"no time zone {zone.text}"
    zones = {m.get("country"): texts(m, "TimeZone", PAR)
             for m in data.regional.findall(PAR + "Member")}
    for port in data.ports:
        if text(port, "TimeZone") not in zones.get(text(port, "Country"), ()):
            yield f"{text(port, 'PortCode')}: {text(port, 'TimeZone')} is not of its State"


def corridor_classes(data):
    """A corridor is what the registry's ports make of it."""
    grade = {row["id"]: row["grade"] for row in data.grades if not row["element"]}
    served = {}
    for port in data.ports:
        for corridor in corridors(port):
            point = text(port, "PortType"), grade[text(port, "PortCode")]
            served.setdefault(corridor, []).append(point)
    listed = {(c.get("from"), c.get("to")): c.get("class")
              for c in data.regional.findall(PAR + "Corridor")}
    for corridor in set(served) ^ set(listed):
        yield f"{'-'.join(corridor)}: in the registry or in the regional file, but not in both"
    for corridor, kind in listed.items():
        points = served.get(corridor, [])
        if (kind == "DISTANT") != all(g == "D" for _, g in points):
            yield f"{'-'.join(corridor)}: {kind} against the grades of its points"
        if kind == "NEIGHBOUR" and all(t != "LAND" for t, _ in points):
            yield f"{'-'.join(corridor)}: neighbours without a land point"


def exchange_key(line):
    return tuple(line.get(a) for a in ("message", "from", "to", "purpose", "profile"))


def exchanges(data):
    lists = {"message": "MessageType", "from": "Function", "to": "Function", "purpose": "Purpose",
             "profile": "DisclosureProfile"}
    known = {attribute: data.codes(name) for attribute, name in lists.items()}
    for missing in known["message"] - {line.get("message") for line in data.exchanges}:
        yield f"no line for {missing}"
    for line in data.exchanges:
        for attribute in lists:
            if line.get(attribute) is not None and line.get(attribute) not in known[attribute]:
                yield f"{exchange_key(line)}: {attribute} {line.get(attribute)}"
        if line.get("profile") is None and line.get("message") not in WITHOUT_CASE:
            yield f"{exchange_key(line)}: carries a case and names no profile"
    for key, times in Counter(map(exchange_key, data.exchanges)).items():
        if times > 1:
            yield f"{key} is given {times} times"


def exchanges_keep_secrets(data):
    for line in data.exchanges:
        message, sender, recipient, purpose, profile = exchange_key(line)
        if recipient in FIREWALL and message not in WITHOUT_CASE and purpose != "JUST" \
                and not (message in ("MISS", "CORR") and purpose == "RISK"):
            yield f"{exchange_key(line)}: passes the firewall"
        if line.get("scope") != "SAME" and sender in CUSTODIAL and recipient in ORIGIN \
                and profile in ("DP-TRUST", "DP-ASY", "DP-GUA", "DP-CHILD"):
            yield f"{exchange_key(line)}: shows the State of origin too much"
        if profile == "DP-ATU" and not {sender, recipient} & {"ATU", "PRO"} and recipient != "CPO":
            yield f"{exchange_key(line)}: outside the focal points"
        if profile == "DP-ASY" and "ASY" not in (sender, recipient):
            yield f"{exchange_key(line)}: outside the asylum channel"
        if (recipient == "CHI") != (profile == "DP-CHILD") and message not in WITHOUT_CASE:
            yield f"{exchange_key(line)}: the child's copy is the child's"


def exchanges_can_be_answered(data):
    """What may be sent may be acknowledged, rejected, corrected and voided."""
    have = set(map(exchange_key, data.exchanges))
    for line in data.exchanges:
        message, sender, recipient, purpose, profile = exchange_key(line)
        if message in ANSWERS or NO_OFFICE & {sender, recipient}:
            continue
        for answer in ANSWERS:
            if (answer, recipient, sender, "SYST", None) not in have:
                yield f"{exchange_key(line)}: no {answer}"
        if message in WITHOUT_CASE | {"CORR"}:
            continue
        if ("CORR", sender, recipient, purpose, profile) not in have:
            yield f"{exchange_key(line)}: no CORR"
        if ("VOID", sender, recipient, "AUDT", None) not in have:
            yield f"{exchange_key(line)}: no VOID"


def clause_list(data):
    if len(data.clauses) != 175:
        yield f"{len(data.clauses)} clauses, not 175"
    ids = [c.get("id") for c in data.clause_list.iter(CLAUSES + "clause")]
    for chapter in data.clause_list.iter(CLAUSES + "chapter"):
        for clause in chapter.findall(CLAUSES + "clause"):
            if not clause.get("id").startswith(f"G09-{chapter.get('number')}."):
                yield f"{clause.get('id')} stands in chapter {chapter.get('number')}"
    series = {}
    for clause in ids:
        stem, number = re.fullmatch(r"(G09-\d+\.|[A-Z0-9]+-)(\d+)", clause).groups()
        series.setdefault(stem, []).append(int(number))
    for stem, numbers in series.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield f"{stem} is not counted through"
    for clause in data.clauses.values():
        if clause.get("id").split("-")[0] not in ("G09", "G07", "G16", "G13", "CC"):
            yield clause.get("id")
        for named in re.findall(r"\bG0?[0-9]+-[0-9]+(?:\.[0-9]+)?", text(clause, "basis", CLAUSES)):
            if named not in data.clauses:
                yield f"{clause.get('id')}: no clause {named}"
    said = (data.schema / "clauses.xml").read_text(encoding="utf-8").split("<clauseList")[0]
    if "NOT official paragraph numbers" not in said or "still to be\n" not in said:
        yield "the file does not say what its ids are"


def documented(data):
    for name, root in data.schemas.items():
        seen = {}
        for node in root.iter():
            kind = node.tag.replace(XS, "")
            named = kind in ("element", "attribute", "simpleType", "complexType",
                             "key", "keyref", "unique")
            if not named and kind not in ("enumeration", "pattern"):
                continue
            where = f"{name}: {kind} {node.get('name') or node.get('value')}"
            info = node.find(f"{XS}annotation/{XS}appinfo")
            if info is None:
                yield f"{where}: nothing said"
                continue
            said = {d.get(LANG): d.text for d in info.findall(META + "definition")}
            titles = {t.get(LANG): t.text for t in info.findall(META + "title")}
            if set(said) != {"en", "es", "fr"} or (named and set(titles) != {"en", "es", "fr"}):
                yield f"{where}: a language is missing"
            for language, definition in said.items():
                if len((definition or "").split()) < 2 or definition == titles.get(language):
                    yield f"{where}: says nothing in {language}"
                if seen.setdefault((language, definition), where) != where:
                    yield f"{where}: same {language} text as {seen[language, definition]}"
            for clause in info.findall(META + "clause"):
                if clause.text not in data.clauses:
                    yield f"{where}: no clause {clause.text}"


CHECKS = (grammar, unique_ids, references, pairs_of_ports, ports_make_sense, codes_of_registry,
          dates, consulates, every_function_is_held, grades, limits, members, corridor_classes,
          exchanges, exchanges_keep_secrets, exchanges_can_be_answered, clause_list, documented)


def example_messages(repository):
    """Each valid example must be an exchange of the table, between offices of the registry."""
    data = Data(repository / "schema")
    allowed = {exchange_key(line) for line in data.exchanges}
    functions = {text(o, "OrgId"): set(texts(o, "Function")) for o in data.organisations}
    for path in sorted((repository / "examples").rglob("*.xml")):
        if "invalid" in path.relative_to(repository).as_posix():
            continue
        envelope = ET.parse(path).getroot().find(AM + "Envelope")
        if envelope is None:
            continue
        name = path.relative_to(repository)
        sender = text(envelope, "SenderFunction")
        acting = [(text(envelope, "Sender"), sender)]
        for routing in envelope.findall(AM + "Routing"):
            recipient = text(routing, "RecipientFunction")
            acting.append((text(routing, "Recipient"), recipient))
            key = (text(envelope, "MessageType"), sender, recipient, text(envelope, "Purpose"))
            profile = text(envelope, "DisclosureProfile")
            if not {key + (profile,), key + (None,)} & allowed:
                yield f"{name}: {' '.join(key)} {profile} is not in the table"
        for office, function in acting:
            if office not in functions:
                yield f"{name}: no office {office}"
            elif function not in functions[office]:
                yield f"{name}: {office} has no function {function}"


def country_files_that_try(schema):
    """Each rule as a national severity and as an archive exemption: no locked one may load."""
    head = ('<?xml version="1.0" encoding="UTF-8"?>\n<CountryParameters version="1.0.0" '
            'country="MX" validFrom="2026-01-01" xmlns="https://w3id.org/amparo/1/parameters">')
    regional = (schema / "parameters/regional.xml").read_text(encoding="utf-8")
    before = regional[:regional.index("<ArchiveExemption")]
    tries = [(rule, not locked(rule)) for rule in RULES]
    for rule in filter(locked, RULES):
        tries += [(rule.lower(), False), (f" {rule} ", False), (f"{rule}\t", False),
                  (rule.replace("-0", "-"), False) if "-0" in rule else (f"{rule}0", False),
                  (rule[2:], False), (f"&#x2060;{rule}", False), (f"{rule} R-DE-01", False)]
    tries += [(rule, False) for rule in REFUSED]
    tries += [(f"R-{group}-{last + 1:02}", False) for group, last in GROUPS.items()]
    tries += [(f"R-{group}-00", False) for group in GROUPS]
    with tempfile.TemporaryDirectory() as folder:
        expected = {}
        for number, (rule, loads) in enumerate(tries):
            path = Path(folder, f"severity-{number}.xml")
            path.write_text(f'{head}<RuleSeverity rule="{rule}"><Severity>WARNING</Severity>'
                            "<Grade>D</Grade><Source>PROJECT</Source></RuleSeverity>"
                            "</CountryParameters>", encoding="utf-8")
            expected[path] = (f"severity of '{rule}'", loads)
            path = Path(folder, f"archive-{number}.xml")
            path.write_text(f'{before}<ArchiveExemption rule="{rule}" reason="STEP"/>'
                            "</RegionalParameters>", encoding="utf-8")
            expected[path] = (f"archive exemption of '{rule}'", loads)
        for number, (inner, loads) in enumerate((
                ('<RuleSeverity rule="R-DE-02"><Severity>OFF</Severity><Grade>D</Grade>'
                 "<Source>PROJECT</Source></RuleSeverity>", False),
                ('<RuleSeverity rule="R-DE-02"><Severity>ERROR</Severity><Grade>D</Grade>'
                 "<Source>PROJECT</Source></RuleSeverity>", True),
                ('<TimeLimit id="TL-NIGHT"/>', False),
                ('<ArchiveExemption rule="R-DE-02" reason="CLOCK"/>', False))):
            path = Path(folder, f"other-{number}.xml")
            path.write_text(f"{head}{inner}</CountryParameters>", encoding="utf-8")
            expected[path] = (inner, loads)
        loaded = validate(schema, PARAMETERS, list(expected))
        for path, (what, loads) in expected.items():
            if (path in loaded) != loads:
                yield f"{what} {'does not load' if loads else 'loads'}"


def broken_copies(schema):
    """Applies each fixture to a copy and reports the checks that do not see it."""
    for check, name, old, new in FIXTURES:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "schema")
            copy.mkdir()
            for part in schema.iterdir():
                if name.split("/")[0] != part.name:
                    (copy / part.name).symlink_to(part)
                elif part.is_dir():
                    shutil.copytree(part, copy / part.name)
                else:
                    shutil.copy(part, copy)
            content = (copy / name).read_text(encoding="utf-8")
            if old not in content:
                yield f"{check}: the fixture finds no '{old}' in {name}"
                continue
            (copy / name).write_text(content.replace(old, new, 1), encoding="utf-8")
            if not any(True for _ in globals()[check](Data(copy))):
                yield f"{check} does not see '{new or 'a deletion'}' in {name}"
    for check in CHECKS:
        if check.__name__ not in {fixture[0] for fixture in FIXTURES}:
            yield f"{check.__name__} is never shown a defect"


def main():
    repository = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
    schema = repository / "schema"
    data = Data(schema)
    work = [(check.__name__, check(data)) for check in CHECKS]
    work += [("example_messages", example_messages(repository)),
             ("country_files_that_try", country_files_that_try(schema)),
             ("broken_copies", broken_copies(schema))]
    failed = 0
    for name, defects in work:
        defects = list(defects)
        failed += bool(defects)
        print(f"{'FAIL' if defects else 'ok  '}  {name}")
        for defect in defects[:20]:
            print(f"        {defect}")
        if len(defects) > 20:
            print(f"        and {len(defects) - 20} more")
    print(f"{len(work) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
