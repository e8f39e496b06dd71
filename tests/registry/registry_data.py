# SPDX-License-Identifier: Apache-2.0
"""Reads registry, parameters, clauses and the code lists they rest on."""
import csv
import xml.etree.ElementTree as ET

AM = "{https://w3id.org/amparo/1}"
PAR = "{https://w3id.org/amparo/1/parameters}"
CLAUSES = "{https://w3id.org/amparo/1/clauses}"
XS = "{http://www.w3.org/2001/XMLSchema}"
MEMBERS = ("BZ", "CA", "CR", "DO", "SV", "GT", "HN", "MX", "NI", "PA", "US")

# How many rules each group has. The numbers are never re-used, so this only ever grows.
GROUPS = {"ID": 17, "DE": 12, "IN": 10, "RS": 11, "CO": 12, "FT": 12, "CA": 14, "BI": 17,
          "RE": 16, "TR": 12, "HA": 14, "RC": 15, "PV": 24, "MS": 19, "ST": 8}
LOCKED_GROUPS = ("PV", "BI")
LOCKED_RULES = {"R-RE-05", "R-CO-01", "R-CO-02", "R-TR-06", "R-HA-03"}
RULES = [f"R-{group}-{number:02}"
         for group, last in GROUPS.items() for number in range(1, last + 1)]


def locked(rule):
    return rule[2:4] in LOCKED_GROUPS or rule in LOCKED_RULES


class Data:
    """Everything the checks look at, from the schema folder of one repository."""

    def __init__(self, schema):
        self.schema = schema
        seed = ET.parse(schema / "registry/seed.xml").getroot()
        self.organisations = seed.findall(AM + "Organisation")
        self.facilities = seed.findall(AM + "Facility")
        self.ports = seed.findall(AM + "Port")
        with open(schema / "registry/grades.csv", encoding="utf-8", newline="") as file:
            self.grades = list(csv.DictReader(file, strict=True))
        self.regional = ET.parse(schema / "parameters/regional.xml").getroot()
        self.countries = {path.stem: ET.parse(path).getroot()
                          for path in sorted((schema / "parameters").glob("??.xml"))}
        self.exchanges = list(ET.parse(schema / "parameters/triples.xml").getroot())
        self.clause_list = ET.parse(schema / "clauses.xml").getroot()
        self.clauses = {c.get("id"): c for c in self.clause_list.iter(CLAUSES + "clause")}
        self.references = {r.get("key") for r in self.clause_list.findall(CLAUSES + "reference")}
        self.schemas = {name: ET.parse(schema / name).getroot()
                        for name in ("parameters/parameters.xsd", "clauses.xsd")}

    def codes(self, name):
        """The codes of one list, by the file name without its ending."""
        root = ET.parse(self.schema / f"codes/{name}.gc").getroot()
        return {"".join(v.itertext()).strip() for v in root.iter("Value")
                if v.get("ColumnRef") == "code"}

    def ids(self):
        """Every id of the registry, in the order of the file, with what it names."""
        yield from ((text(o, "OrgId"), o) for o in self.organisations)
        yield from ((text(f, "FacilityId"), f) for f in self.facilities)
        yield from ((text(p, "PortCode"), p) for p in self.ports)

    def known(self, tag, entries):
        return {text(e, tag): e for e in entries}

    def limits(self):
        """Each time limit of each file as (where, element)."""
        for limit in self.regional.findall(PAR + "TimeLimit"):
            yield f"regional {limit.get('id')}", limit
        for country, root in self.countries.items():
            for limit in root.findall(PAR + "TimeLimit"):
                yield f"{country} {limit.get('id')}", limit


def text(node, tag, space=AM):
    return (node.findtext(space + tag) or "").strip()


def texts(node, tag, space=AM):
    return [(t.text or "").strip() for t in node.findall(space + tag)]
