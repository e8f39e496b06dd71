# SPDX-License-Identifier: Apache-2.0
"""The schema of the standard as plain objects, for the scripts that make pages from it."""
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

XS = "{http://www.w3.org/2001/XMLSchema}"
META = "{https://w3id.org/amparo/1/meta}"
NAMESPACE = "https://w3id.org/amparo/1"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass
class Info:
    """What the appinfo of a component says; texts are keyed by language."""
    title: dict = field(default_factory=dict)
    definition: dict = field(default_factory=dict)
    clauses: list = field(default_factory=list)
    sensitivity: str = ""
    crosswalk: list = field(default_factory=list)  # (system, name there)
    code_list: str = ""
    example: str = ""
    is_entity: bool = False
    full_form_of: str = ""
    shared_form_of: str = ""


@dataclass
class Element:
    name: str
    type: str
    low: int
    high: str  # a number, or "∞"
    nillable: bool
    info: Info


@dataclass
class Type:
    name: str
    kind: str  # simple, complex
    module: str
    info: Info
    base: str = ""
    facets: list = field(default_factory=list)  # (facet, value)
    values: list = field(default_factory=list)  # (enumerated value, info)
    elements: list = field(default_factory=list)
    attributes: list = field(default_factory=list)


@dataclass
class Schema:
    types: dict = field(default_factory=dict)  # in document order, by name
    roots: list = field(default_factory=list)
    modules: dict = field(default_factory=dict)  # file stem -> its one-line comment
    keys: list = field(default_factory=list)


def local(name):
    return (name or "").partition(":")[2] or name or ""


def info_of(node):
    appinfo = node.find(f"{XS}annotation/{XS}appinfo")
    if appinfo is None:
        return Info()

    def texts(tag):
        return {t.get(LANG): (t.text or "").strip() for t in appinfo.findall(META + tag)}

    def one(tag):
        found = appinfo.find(META + tag)
        return (found.text or "").strip() if found is not None else ""

    return Info(
        title=texts("title"), definition=texts("definition"),
        clauses=[(c.text or "").strip() for c in appinfo.findall(META + "clause")],
        sensitivity=one("sensitivity"),
        crosswalk=[(c.get("system"), (c.text or "").strip()) for c in appinfo.findall(META + "crosswalk")],
        code_list=one("codeList"), example=one("example"),
        is_entity=appinfo.find(META + "entity") is not None,
        full_form_of=one("fullFormOf"), shared_form_of=one("sharedFormOf"))


def element_of(node):
    return Element(local(node.get("name") or node.get("ref")), local(node.get("type")),
                   int(node.get("minOccurs", "1")),
                   {"unbounded": "∞"}.get(node.get("maxOccurs"), node.get("maxOccurs", "1")),
                   node.get("nillable") == "true", info_of(node))


def type_of(node, module):
    kind = "simple" if node.tag == XS + "simpleType" else "complex"
    made = Type(node.get("name"), kind, module, info_of(node))
    restriction = node.find(XS + "restriction")
    extension = node.find(f"{XS}simpleContent/{XS}extension")
    union = node.find(XS + "union")
    if restriction is not None:
        made.base = local(restriction.get("base"))
        made.facets = [(f.tag[len(XS):], f.get("value")) for f in restriction]
        made.values = [(v.get("value"), info_of(v))
                       for v in restriction.findall(XS + "enumeration")]
    elif extension is not None:
        made.base = local(extension.get("base"))
    elif union is not None:
        made.base = " | ".join(local(m) for m in union.get("memberTypes").split())
    made.elements = [element_of(e) for e in node.iter(XS + "element")]
    made.attributes = [(a.get("name"), local(a.get("type")), a.get("use") == "required", info_of(a))
                       for a in node.iter(XS + "attribute") if a.get("name")]
    return made


def first_comment(path):
    """The line that says what a module is for: its second comment, after the licence."""
    lines = [l.strip() for l in path.read_text(encoding="utf-8").splitlines()[:4]]
    comments = [l[4:-3].strip() for l in lines if l.startswith("<!--")]
    return comments[-1] if comments else ""


def load(folder):
    """The modules of the folder, and those of ../trust that are in the standard's own namespace."""
    schema = Schema()
    trust = Path(folder).parent / "trust"
    for path in [*sorted(Path(folder).glob("*.xsd")), *sorted(trust.glob("*.xsd"))]:
        root = ET.parse(path).getroot()
        if path.parent == trust and root.get("targetNamespace") != NAMESPACE:
            continue
        schema.modules[path.stem] = first_comment(path)
        for node in root:
            if node.tag in (XS + "simpleType", XS + "complexType"):
                schema.types[node.get("name")] = type_of(node, path.stem)
            elif node.tag == XS + "element":
                schema.roots.append(element_of(node))
            elif node.tag == XS + "group":
                made = Type(node.get("name"), "group", path.stem, info_of(node))
                made.elements = [element_of(e) for e in node.iter(XS + "element")]
                schema.types[node.get("name")] = made
    return schema
