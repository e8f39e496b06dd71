#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks the XML schema of the standard against the rules it sets itself.

  check_schema.py [REPOSITORY]      the last line is "N passed, N failed, N skipped"

Each check is a function over the parsed modules that yields one sentence a defect. For each there is
a small broken schema below which it must reject: a check that cannot fail is not a check.
"""
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

XS = "{http://www.w3.org/2001/XMLSchema}"
META = "{https://w3id.org/amparo/1/meta}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGES = ("en", "es", "fr")
ROOTS = {"Message", "EncryptedMessage", "Record", "Batch", "Registry", "StatisticalReturn", "Seal",
         "TrustList", "RecordProof"}
NAMESPACE = "https://w3id.org/amparo/1"
# What W3C and ETSI named: our shape of it is held to everything but the names.
FOREIGN_ROOTS = {"http://www.w3.org/2000/09/xmldsig#": {"Signature"},
                 "http://www.w3.org/2001/04/xmlenc#": {"EncryptedData"},
                 "http://uri.etsi.org/01903/v1.3.2#": {"QualifyingProperties"}}
SENSITIVITIES = {"PUB", "PER", "SEN", "WHO", "PER*", "SEN*"}
NAMED = ("element", "attribute", "simpleType", "complexType", "group", "attributeGroup",
         "key", "keyref", "unique")
# Children without a number of their own: a batch, a return and what is counted in it.
UNBOUNDED = {"BatchType", "StatisticalReturnType"}
# Words that hold no template: a sentence may begin so as often as it likes.
OPENING_LIMIT = 14


class Component:
    """A named or documented piece of the schema and where it stands."""

    def __init__(self, module, owner, node):
        self.module, self.owner, self.node = module, owner, node
        self.kind = node.tag[len(XS):]
        self.name = node.get("name") or node.get("ref") or node.get("value") or ""
        appinfo = node.find(f"{XS}annotation/{XS}appinfo")
        self.info = appinfo if appinfo is not None else ET.Element("none")

    def __str__(self):
        owner = f"{self.owner}/" if self.owner else ""
        return f"{self.module}: {owner}{self.name} ({self.kind})"

    def texts(self, what):
        return {t.get(LANG): (t.text or "").strip() for t in self.info.findall(META + what)}

    def values(self, what):
        return [(v.text or "").strip() for v in self.info.findall(META + what)]

    def derived(self):
        """The component that this one restates by declaration, if any."""
        return self.values("fullFormOf") or self.values("sharedFormOf")


def components(modules):
    for module, root in modules.items():
        yield from walk(module, "", root)


def walk(module, owner, node):
    for child in node:
        if not child.tag.startswith(XS):
            continue
        kind = child.tag[len(XS):]
        if kind == "annotation":
            continue
        documented = kind in NAMED and (child.get("name") or (kind == "element" and child.get("ref")))
        if documented or kind in ("pattern", "enumeration"):
            yield Component(module, owner, child)
        inner = child.get("name") if kind in NAMED and child.get("name") else ""
        yield from walk(module, f"{owner}/{inner}".strip("/") if inner else owner, child)


def documented(modules):
    """Every component has title and definition in three languages; patterns and values may do
    without a title, but a value that has one has it in all languages."""
    for c in components(modules):
        needs = ["definition"] if c.kind in ("pattern", "enumeration") and not c.texts("title") \
            else ["title", "definition"]
        for what in needs:
            for language in LANGUAGES:
                if not c.texts(what).get(language):
                    yield f"{c} has no {what} in {language}"
        if c.kind not in ("pattern", "enumeration"):
            if not c.values("clause"):
                yield f"{c} names no clause"
            classes = c.values("sensitivity")
            if len(classes) != 1 or classes[0] not in SENSITIVITIES:
                yield f"{c} has no sensitivity class"


def real_definitions(modules):
    """A definition repeats neither its title nor another definition and follows no template."""
    seen, skeletons, openings = {}, {}, Counter()
    for c in components(modules):
        if c.derived() or c.module == "shared.xsd":
            continue
        # An attribute of a shared data type may stand in two types; then it is one definition.
        for language in LANGUAGES:
            text = c.texts("definition").get(language, "")
            title = c.texts("title").get(language, "")
            if not text:
                continue
            if letters(text) == letters(title) or (title and letters(text) == letters("the " + title)):
                yield f"{c}: the {language} definition only repeats the title"
            if len(text) < 25 and c.kind not in ("pattern", "enumeration"):
                yield f"{c}: the {language} definition is too short to define anything"
            key = (language, letters(text))
            if key in seen and seen[key] != (c.kind, c.name):
                yield f"{c}: the {language} definition equals that of {seen[key][1]}"
            seen.setdefault(key, (c.kind, c.name))
            if c.kind == "pattern":
                continue
            own = set(words(title)) | {w.lower() for w in split_name(c.name)} | \
                {w.lower() for w in split_name(c.owner)}
            skeleton = " ".join("*" if w in own else w for w in words(text))
            # Few words left beside those of the name: a sentence that a machine could have made.
            left = [w for w in skeleton.split() if w != "*" and len(w) > 3]
            if len(left) < 3:
                yield f"{c}: the {language} definition says nothing but its own name"
            where = (language, re.sub(r"(\* )+", "* ", skeleton))
            if where in skeletons and skeletons[where] != c.name:
                yield f"{c}: the {language} definition has the template of {skeletons[where]}"
            skeletons.setdefault(where, c.name)
            openings[(language, " ".join(words(text)[:4]))] += 1
    for (language, opening), count in openings.items():
        if count > OPENING_LIMIT:
            yield f"{count} {language} definitions begin with '{opening}'"


def words(text):
    return re.findall(r"[^\W\d_]+", text.lower())


def letters(text):
    return "".join(words(text))


def split_name(name):
    return re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+", name)


def known_words(modules, vocabulary):
    """Each name is made of words of the list: a misspelt name can never be mended later."""
    for c in components(modules):
        if c.kind in ("pattern", "enumeration") or c.node.get("ref"):
            continue
        if modules[c.module].get("targetNamespace") in FOREIGN_ROOTS:
            continue
        for word in split_name(c.name):
            if word.lower() not in vocabulary:
                yield f"{c}: '{word}' is not in the word list"


def known_clauses(modules, clauses):
    """Each clause id stands in the clause list of the standard."""
    for c in components(modules):
        for clause in c.values("clause"):
            if clause not in clauses:
                yield f"{c}: clause {clause} is not in the clause list"


def known_lists(modules, lists):
    """Each code list that a component names is published."""
    form_only = {"ICD-10"}
    for c in components(modules):
        for code_list in c.values("codeList"):
            if code_list not in lists | form_only:
                yield f"{c}: code list {code_list} is not in the catalogue"


STRINGS = {"string", "token", "normalizedString", "anyURI", "base64Binary", "hexBinary", "NMTOKEN"}
BARE_ALLOWED = {"boolean"}


def bounded(modules):
    """No string without a greatest length, no number without bounds, no endless repetition."""
    types = {t.get("name"): t for root in modules.values() for t in root.iter(XS + "simpleType")}
    for c in components(modules):
        if c.kind == "simpleType":
            restriction = c.node.find(XS + "restriction")
            if restriction is None:
                continue
            base = restriction.get("base", "").split(":")
            facets = {f.tag[len(XS):] for f in restriction}
            if base[0] == "xs" and base[1] in STRINGS and \
                    not facets & {"maxLength", "length", "enumeration"}:
                yield f"{c}: a string without a greatest length"
            if base[0] == "xs" and re.search("nteger|decimal|unsigned|short|long", base[1]) and \
                    not facets & {"maxInclusive", "maxExclusive", "totalDigits"}:
                yield f"{c}: a number without an upper bound"
            if base[0] != "xs" and base[1] not in types:
                yield f"{c}: base type {base[1]} does not exist"
        if c.kind in ("element", "attribute"):
            prefix, _, name = c.node.get("type", "am:x").partition(":")
            if prefix == "xs" and name not in BARE_ALLOWED:
                yield f"{c}: built-in type {name} has no bounds"
    for module, root in modules.items():
        for top in root:
            for node in top.iter():
                if node.get("maxOccurs") == "unbounded" and top.get("name") not in UNBOUNDED:
                    yield f"{module}: {top.get('name')} repeats without a bound"


FORBIDDEN = {"redefine", "notation", "anyAttribute", "all", "override"}


def allowed_constructs(modules):
    """Venetian Blind, XSD 1.0, and none of the constructs that hide or open the content."""
    for module, root in modules.items():
        outward = module in ("shared.xsd", "bodies.xsd", "message.xsd", "registry.xsd",
                             "statistics.xsd")
        for top in root:
            kind = top.tag[len(XS):]
            roots = FOREIGN_ROOTS.get(root.get("targetNamespace"), ROOTS)
            if kind == "element" and top.get("name") not in roots:
                yield f"{module}: {top.get('name')} is a global element but no document root"
            if kind in ("include", "import") and "://" in top.get("schemaLocation", ""):
                yield f"{module}: {top.get('schemaLocation')} is fetched from elsewhere"
        for node in root.iter():
            if not node.tag.startswith(XS):
                continue
            kind, name = node.tag[len(XS):], node.get("name", "")
            if kind in FORBIDDEN:
                yield f"{module}: xs:{kind} is not allowed"
            if node.get("mixed") == "true":
                yield f"{module}: {name} has mixed content"
            for attribute in ("default", "fixed", "final", "block", "abstract", "substitutionGroup"):
                if node.get(attribute) is not None:
                    yield f"{module}: {name} uses {attribute}"
            if kind in ("element", "attribute") and not node.get("type") and not node.get("ref"):
                yield f"{module}: {name} has an anonymous type"
            if outward and node.get("nillable"):
                yield f"{module}: {name} may be nil in what leaves the trusted side"
        for top in root:
            for _ in top.iter(XS + "any"):
                if top.get("name") != "ExtensionType":
                    yield f"{module}: {top.get('name')} has a wildcard outside the extension point"


def outward_optional(modules):
    """No element of a shared type is required: what is withheld must not be missed."""
    shared = modules.get("shared.xsd")
    if shared is None:
        return
    for top in shared.findall(XS + "complexType"):
        if top.find(XS + "choice") is not None:
            continue
        for node in top.iter(XS + "element"):
            if node.get("minOccurs") != "0":
                yield f"shared.xsd: {top.get('name')}/{node.get('name')} is required in a message"
        for group in top.iter(XS + "attributeGroup"):
            yield f"shared.xsd: {top.get('name')} carries {group.get('ref')} outward"


OUTWARD_ROOTS = {"Message", "EncryptedMessage", "StatisticalReturn", "Registry"}
TRACES = {"nullReason", "asRecorded", "assertion", "since", "until", "sens"}


def no_trace_outward(modules):
    """Nothing that a document which leaves the trusted side can reach tells that something was
    withheld or where it came from; and xsi:type opens no way around that."""
    tops = {t.get("name"): (module, t) for module, root in modules.items() for t in root
            if t.get("name") and t.tag[len(XS):] != "element"}
    for module, root in modules.items():
        if root.get("blockDefault") != "#all":
            yield f"{module}: a document may put other types in place of the declared ones"
    waiting = [e.get("type", "").partition(":")[2] for root in modules.values()
               for e in root.findall(XS + "element") if e.get("name") in OUTWARD_ROOTS]
    seen = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in tops:
            continue
        seen.add(name)
        module, top = tops[name]
        for node in top.iter():
            if node.get("nillable") == "true":
                yield f"{module}: {name}/{node.get('name')} may be nil in what leaves the trusted side"
            if node.tag == XS + "attribute" and node.get("name") in TRACES:
                yield f"{module}: {name} carries {node.get('name')} outward"
            for link in ("type", "base", "ref"):
                waiting.append(node.get(link, "").partition(":")[2])


def no_case_identifier_in_statistics(modules):
    """A statistical record has no element of a type that a case uses to identify anything."""
    for c in components(modules):
        if c.module == "statistics.xsd" and c.owner.startswith(("StatisticalRecord", "Aggregate")):
            if c.node.get("type") in ("am:OpaqueId", "am:AnchorId", "am:LocalCaseIdType", "am:OrgRef",
                                      "am:UuidUrn", "am:EventTime", "am:CalendarDate"):
                yield f"{c}: {c.node.get('type')} could be joined with a case"


SNIPPET = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:am="https://w3id.org/amparo/1"
 blockDefault="#all" xmlns:meta="https://w3id.org/amparo/1/meta">{}</xs:schema>"""
INFO = """<xs:annotation><xs:appinfo>{}</xs:appinfo></xs:annotation>"""


def told(definition, title="Wagon", clause="G09-1.1"):
    texts = "".join(f'<meta:title xml:lang="{l}">{title}</meta:title>'
                    f'<meta:definition xml:lang="{l}">{definition} {l}</meta:definition>'
                    for l in LANGUAGES)
    return INFO.format(f"{texts}<meta:clause>{clause}</meta:clause>"
                       "<meta:sensitivity>PUB</meta:sensitivity><meta:codeList>CL-None</meta:codeList>")


GOOD = told("Somebody counted these carefully before the train left the station")
BROKEN = {  # check name -> schema modules it must reject
    "documented": {"a.xsd": '<xs:simpleType name="Wagon"><xs:restriction base="xs:token"/></xs:simpleType>'},
    "real_definitions": {"a.xsd": f'<xs:simpleType name="Wagon">{GOOD}</xs:simpleType>'
                                  f'<xs:simpleType name="Cart">{GOOD}</xs:simpleType>'},
    "known_words": {"a.xsd": f'<xs:simpleType name="Partecipation">{GOOD}</xs:simpleType>'},
    "known_clauses": {"a.xsd": f'<xs:simpleType name="Wagon">{told("x", clause="G09-99.9")}</xs:simpleType>'},
    "known_lists": {"a.xsd": f'<xs:simpleType name="Wagon">{GOOD}</xs:simpleType>'},
    "bounded": {"a.xsd": '<xs:simpleType name="Wagon"><xs:restriction base="xs:token"/></xs:simpleType>'},
    "allowed_constructs": {"a.xsd": '<xs:complexType name="T"><xs:sequence><xs:any/></xs:sequence></xs:complexType>'},
    "all_in_namespace": {"a.xsd": f'<xs:simpleType name="Wagon">{GOOD}</xs:simpleType>'},
    "outward_optional": {"shared.xsd": '<xs:complexType name="T"><xs:sequence>'
                                       '<xs:element name="A" type="am:X"/></xs:sequence></xs:complexType>'},
    "no_trace_outward": {"a.xsd": '<xs:element name="Message" type="am:T"/><xs:complexType name="T">'
                                  '<xs:sequence><xs:element name="A" type="am:U"/></xs:sequence></xs:complexType>'
                                  '<xs:complexType name="U"><xs:attribute name="asRecorded" type="am:W"/>'
                                  '</xs:complexType>'},
    "no_case_identifier_in_statistics": {
        "statistics.xsd": '<xs:complexType name="StatisticalRecordType"><xs:sequence>'
                          '<xs:element name="A" type="am:OpaqueId"/></xs:sequence></xs:complexType>'},
}
TEMPLATE = {"a.xsd": "".join(f'<xs:simpleType name="{n}">{told(f"This is the {n.lower()} of the case", n)}</xs:simpleType>'
                             for n in ("Wagon", "Carriage"))}
REPEATS = {"a.xsd": f'<xs:simpleType name="Wagon">{told("Wagon")}</xs:simpleType>'.replace(" en<", "<")
           .replace(" es<", "<").replace(" fr<", "<")}

VALUE = (f'<xs:simpleType name="Wagon">{GOOD}<xs:restriction base="xs:token">'
         '<xs:enumeration value="open"><xs:annotation><xs:appinfo>' +
         "".join(f'<meta:title xml:lang="{l}">Open wagon</meta:title>' for l in LANGUAGES) +
         '</xs:appinfo></xs:annotation></xs:enumeration></xs:restriction></xs:simpleType>')
EMPTY_VALUE = {"a.xsd": VALUE.replace(
    "</xs:appinfo></xs:annotation></xs:enumeration>",
    '<meta:definition xml:lang="en">Wagon, open or not</meta:definition></xs:appinfo>'
    '</xs:annotation></xs:enumeration>')}


def same_words_in_lists(modules, repository):
    """A code list and the type of its codes say the same of what they classify."""
    types = {t.get("name"): t for t in modules["codes.xsd"].iter(XS + "simpleType")}
    namespace = "{https://w3id.org/amparo/1/codes-catalog}"
    catalog = ET.parse(repository / "schema/codes/catalog.xml").getroot()
    for entry in catalog.iter(namespace + "list"):
        node = types.get(entry.get("xsdType"))
        if node is None:
            continue
        said = Component("codes.xsd", "", node).texts("definition")
        path = repository / "schema/codes" / entry.get("file")
        for description in ET.parse(path).getroot().iter("Description"):
            language = description.get(LANG)
            text = description.findtext(META + "definition", "").strip()
            if text and text != said.get(language):
                yield f"{path.name}: the {language} definition differs from that of {node.get('name')}"


def all_in_namespace(modules):
    """Each module is in our namespace, or in one of which we hold the one accepted shape."""
    for module, root in modules.items():
        if root.get("targetNamespace") not in {NAMESPACE, *FOREIGN_ROOTS}:
            yield f"{module}: is in the namespace {root.get('targetNamespace')}"


def engines(entry):
    """Both parsers load a schema and all it includes, and say nothing."""
    with tempfile.TemporaryDirectory() as folder:
        probe = Path(folder) / "probe.xml"
        probe.write_text('<Batch xmlns="https://w3id.org/amparo/1"/>')
        run = subprocess.run(["xmllint", "--nonet", "--noout", "--schema", entry, probe],
                             capture_output=True, text=True)
        said = [l for l in run.stderr.splitlines() if "probe.xml" not in l and str(probe) not in l]
        if said or run.returncode not in (0, 3):
            yield f"xmllint: {said}"
    if shutil.which("SCMPrint") is None:
        yield "SCMPrint (libxerces-c-samples) is not installed"
        return
    run = subprocess.run(["SCMPrint", "-f", entry], capture_output=True, text=True)
    if run.stderr.strip() or "Error" in run.stdout or "Message" in run.stdout and run.returncode:
        yield f"Xerces: {run.stderr.strip() or run.stdout[:400]}"


def main():
    repository = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    folder = repository / "schema/1.0"
    modules = {p.name: ET.parse(p).getroot() for place in (folder, repository / "schema/trust")
               for p in sorted(place.glob("*.xsd"))}
    here = Path(__file__).resolve().parent
    vocabulary = set((here / "words.txt").read_text(encoding="utf-8").split())
    clauses = {c.get("id") for c in ET.parse(repository / "schema/clauses.xml").getroot().iter()
               if c.get("id")}
    lists = {e.get("id") for e in ET.parse(repository / "schema/codes/catalog.xml").getroot()}
    checks = {
        "documented": documented,
        "real_definitions": real_definitions,
        "known_words": lambda m: known_words(m, vocabulary),
        "known_clauses": lambda m: known_clauses(m, clauses),
        "known_lists": lambda m: known_lists(m, lists),
        "bounded": bounded,
        "allowed_constructs": allowed_constructs,
        "all_in_namespace": all_in_namespace,
        "outward_optional": outward_optional,
        "no_trace_outward": no_trace_outward,
        "no_case_identifier_in_statistics": no_case_identifier_in_statistics,
    }
    passed = failed = 0

    def report(name, defects):
        nonlocal passed, failed
        if defects:
            failed += 1
            print(f"FAILED {name}: {len(defects)} defects")
            for defect in defects[:40]:
                print(f"  {defect}")
        else:
            passed += 1

    for name, check in checks.items():
        report(name, list(check(modules)))
        broken = {m: ET.fromstring(SNIPPET.format(t)) for m, t in BROKEN[name].items()}
        report(f"{name} rejects a broken schema", [] if list(check(broken)) else ["it did not"])
    value = {"a.xsd": ET.fromstring(SNIPPET.format(VALUE))}
    report("documented rejects a value that has a title and no definition",
           [] if any("Open wagon" not in d and "(enumeration) has no definition in fr" in d
                     for d in documented(value)) else ["it did not"])
    strange = {"a.xsd": ET.fromstring(SNIPPET.format('<xs:element name="Signature" type="am:T"/>'))}
    report("allowed_constructs rejects another's root in our namespace",
           [] if list(allowed_constructs(strange)) else ["it did not"])
    for name, text in (("a template", TEMPLATE), ("a repeated name", REPEATS),
                       ("a value that repeats its title", EMPTY_VALUE)):
        broken = {m: ET.fromstring(SNIPPET.format(t)) for m, t in text.items()}
        report(f"real_definitions rejects {name}", [] if list(real_definitions(broken)) else ["it did not"])
    report("code lists and their types say the same", list(same_words_in_lists(modules, repository)))
    other = {"codes.xsd": ET.fromstring(SNIPPET.format(
        f'<xs:simpleType name="PriorityCode">{GOOD}</xs:simpleType>'))}
    report("a list that says something else than its type is seen",
           [] if list(same_words_in_lists(other, repository)) else ["it was not"])
    entries = [folder / "amparo.xsd", *sorted((repository / "schema/trust").glob("*.xsd"))]
    for entry in entries:
        report(f"both parsers load {entry.name} in silence", list(engines(entry)))
    with tempfile.TemporaryDirectory() as scratch:
        wrong = Path(scratch) / "wrong.xsd"
        wrong.write_text(SNIPPET.format('<xs:element name="A" type="am:Nowhere"/>'))
        report("a schema that does not load is seen",
               [] if list(engines(wrong)) else ["it was not"])
    run = subprocess.run([sys.executable, repository / "scripts/make_shared_types", "--check", folder],
                         capture_output=True, text=True)
    report("shared types are those of the full types", [run.stdout.strip()] if run.returncode else [])
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
