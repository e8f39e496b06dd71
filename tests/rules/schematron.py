# SPDX-License-Identifier: Apache-2.0
"""The rules of schema/rules/*.sch, and their translation to XSLT for the second evaluator.

The conventions are those of spec/formats/rules.md. `load` reads all areas; `to_xslt` makes one
stylesheet of some patterns that prints, one line each:
  R pattern                        a rule of the pattern fired on a node
  U pattern line                   it could not be decided there (a report of role "undecided")
  F pattern assert role line en es fr   a finding, with its message in three languages
  E pattern message                the pattern could not be run
"""
import copy
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

SCH = "{http://purl.oclc.org/dsdl/schematron}"
XSL = "{http://www.w3.org/1999/XSL/Transform}"
RULE = "{https://w3id.org/amparo/1/rules}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PREFIXES = {
    "am": "https://w3id.org/amparo/1", "ax": "https://w3id.org/amparo/xpath/1",
    "xs": "http://www.w3.org/2001/XMLSchema", "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsl": "http://www.w3.org/1999/XSL/Transform", "o": "urn:amparo:oracle"}


@dataclass
class Area:
    path: Path
    root: ET.Element
    patterns: list
    diagnostics: dict  # id -> element
    keys: list
    phases: dict  # id -> set of pattern ids
    lets: list = field(default_factory=list)


@dataclass
class Pattern:
    id: str
    area: Area
    node: ET.Element

    def checks(self):
        """The asserts and reports, with the rule that each stands in."""
        for rule in self.node.findall(SCH + "rule"):
            for check in rule:
                if check.tag in (SCH + "assert", SCH + "report"):
                    yield rule, check

    def findings(self):
        """Assert id -> (role, {language: text element})."""
        found = {}
        for _, check in self.checks():
            if check.get("role") != "undecided":
                found[check.get("id")] = (check.get("role"), texts(self.area, check))
        return found


def texts(area, check):
    by_language = {"en": check}
    for name in (check.get("diagnostics") or "").split():
        if name in area.diagnostics:
            by_language[area.diagnostics[name].get(XML_LANG)] = area.diagnostics[name]
    return by_language


def load_area(path):
    root = ET.parse(path).getroot()
    area = Area(path, root, [], {}, root.findall(XSL + "key"), {}, root.findall(SCH + "let"))
    for diagnostic in root.iter(SCH + "diagnostic"):
        area.diagnostics[diagnostic.get("id")] = diagnostic
    for phase in root.findall(SCH + "phase"):
        area.phases[phase.get("id")] = {a.get("pattern") for a in phase.findall(SCH + "active")}
    area.patterns = [Pattern(p.get("id"), area, p) for p in root.findall(SCH + "pattern")]
    return area


def load(folder):
    return [load_area(p) for p in sorted(Path(folder).glob("*.sch"))]


def message(parent, source):
    """Copies the words of an assert or a diagnostic, value-of included, into an XSLT element."""
    words = [source.text or ""]

    def flush():
        text = "".join(words)
        words.clear()
        if text:
            ET.SubElement(parent, XSL + "text").text = text

    for child in source:
        if child.tag == SCH + "value-of":
            flush()
            ET.SubElement(parent, XSL + "value-of", select=child.get("select"), separator=" ")
        else:
            words.append("".join(child.itertext()))
        words.append(child.tail or "")
    flush()


def line_of_output(parent, *fields):
    """One output line; a field is a literal, an XPath in {}, or an element of words."""
    for n, item in enumerate(fields):
        if n:
            ET.SubElement(parent, XSL + "text").text = "\t"
        if isinstance(item, ET.Element):
            variable = ET.SubElement(parent, XSL + "variable", name=f"text{n}")
            message(variable, item)
            ET.SubElement(parent, XSL + "value-of", select=f"normalize-space($text{n})")
        elif item.startswith("{"):
            ET.SubElement(parent, XSL + "value-of", select=item[1:-1])
        else:
            ET.SubElement(parent, XSL + "text").text = item
    ET.SubElement(parent, XSL + "text").text = "\n"


def translate_rule(sheet, pattern, rule, priority):
    template = ET.SubElement(sheet, XSL + "template", match=rule.get("context"), mode=pattern.id,
                             priority=str(priority))
    line_of_output(template, "R", pattern.id)
    for child in rule:
        if child.tag == SCH + "let":
            ET.SubElement(template, XSL + "variable", name=child.get("name"),
                          select=child.get("value"))
        elif child.tag in (SCH + "assert", SCH + "report"):
            test = child.get("test")
            if child.tag == SCH + "assert":
                test = f"not({test})"
            then = ET.SubElement(template, XSL + "if", test=test)
            subject = child.get("subject", ".")
            place = "{" + f"(({subject})/o:line(.), o:line(.))[1]" + "}"
            if child.get("role") == "undecided":
                line_of_output(then, "U", pattern.id, place)
            else:
                by_language = texts(pattern.area, child)
                line_of_output(then, "F", pattern.id, child.get("id") or "-",
                               child.get("role") or "-", place,
                               *[by_language.get(l, ET.Element("none"))
                                 for l in ("en", "es", "fr")])
    ET.SubElement(template, XSL + "apply-templates", select="*", mode=pattern.id)


def to_xslt(patterns, archive=()):
    """`archive`: ids of the patterns that are left out of archive data."""
    for prefix, uri in PREFIXES.items():
        ET.register_namespace(prefix, uri)
    sheet = ET.Element(XSL + "stylesheet", {"version": "3.0"})
    # ElementTree only declares what it sees in names; expressions need these too.
    for prefix, uri in PREFIXES.items():
        if prefix != "xsl":
            sheet.set("xmlns:" + prefix, uri)
    ET.SubElement(sheet, XSL + "output", method="text")
    seen = []
    for area in [p.area for p in patterns]:
        if area not in seen:
            seen.append(area)
            for key in area.keys:
                sheet.append(copy.deepcopy(key))
            for let in area.lets:
                ET.SubElement(sheet, XSL + "variable", name=let.get("name"),
                              select=let.get("value"))
    ET.SubElement(sheet, XSL + "variable", name="o-archive",
                  select="/*/(am:Header | am:Envelope)/am:TestIndicator = 'HIST'")
    start = ET.SubElement(sheet, XSL + "template", match="/")
    for pattern in patterns:
        ET.SubElement(sheet, XSL + "mode", {"name": pattern.id, "on-no-match": "shallow-skip"})
        where = start
        if pattern.id in archive:
            where = ET.SubElement(start, XSL + "if", test="not($o-archive)")
        attempt = ET.SubElement(where, XSL + "try")
        ET.SubElement(attempt, XSL + "apply-templates", select="*", mode=pattern.id)
        catch = ET.SubElement(attempt, XSL + "catch", {"errors": "*"})
        ET.SubElement(catch, XSL + "value-of", {
            "xmlns:err": "http://www.w3.org/2005/xqt-errors",
            "select": f"concat('E&#9;{pattern.id}&#9;', $err:description, '&#10;')".replace(
                "&#9;", "\t").replace("&#10;", "\n")})
        rules = pattern.node.findall(SCH + "rule")
        for n, rule in enumerate(rules):
            translate_rule(sheet, pattern, rule, len(rules) - n)
    return ET.tostring(sheet, encoding="unicode")
