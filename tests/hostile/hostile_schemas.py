# SPDX-License-Identifier: Apache-2.0
"""Schemas made to do harm: to who compiles them, or with a document to who runs them."""

SECONDS = 40  # the compiler has 30 for one schema
HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'


def schema(components):
    return f"{HEAD}{components}</xs:schema>"


def root(content):
    return schema(f'<xs:element name="a"><xs:complexType>{content}</xs:complexType></xs:element>')


# Patterns, each with a text that a backtracking matcher tries in an exponential or high polynomial
# number of ways before it says no.
PATTERNS = [
    ("(a+)+", "a" * 5000 + "!"),
    ("(a|a)*", "a" * 5000 + "!"),
    ("(a|aa)+", "a" * 5000 + "!"),
    ("(a*)*", "a" * 5000 + "!"),
    ("(a?){60}a{60}", "a" * 59),
    ("(.*)*=.*", "x" * 5000),
    ("(x+x+)+y", "x" * 5000),
    ("([a-z]+)*[0-9]", "a" * 5000),
    ("(.*a){12}", "a" * 11 + "b" * 5000),
    ("(a|b|ab)*c", "ab" * 2500),
    (r"(\w+\s?)*\.", "word " * 1000),
    (r"([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|"
     r"([a-z]{2,3}[.]{1}[a-z]{2,3}))", "a" * 5000 + "!"),
    (r"(\d+)*-\d{4}", "1" * 5000),
    ("(0|1(01*0)*1)+", "10" * 2500 + "2"),
    ("((a{0,5}){0,5}){0,5}", "a" * 126),
    ("[ab]*a[ab]{14}", "b" * 5000),
    (".*a.{12}b.*c", "a" * 5000),
    ("(ab?c?)*d", "abc" * 2000),
    (r"(\p{L}+\p{M}*)*\d", "\u00e1\u0301" * 1500),
    ("(a{1,100}){1,100}b", "a" * 5000),
]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def patterns():
    types = "".join(
        f'<xs:element name="e{i}"><xs:simpleType><xs:restriction base="xs:string">'
        f'<xs:pattern value="{escaped(pattern)}"/></xs:restriction></xs:simpleType></xs:element>'
        for i, (pattern, _) in enumerate(PATTERNS))
    return root(f"<xs:sequence>{types}</xs:sequence>")


def texts_for_patterns():
    yield b"<a>"
    for i, (_, text) in enumerate(PATTERNS):
        yield f"<e{i}>{text}</e{i}>".encode()
    yield b"</a>"


def schemas():
    huge = "1000000000"
    yield "two lines, huge maxOccurs", root(
        f'<xs:sequence minOccurs="{huge}" maxOccurs="{huge}">\n<xs:element name="b" '
        f'maxOccurs="{huge}"/></xs:sequence>')
    yield "count beyond all integers", root(
        f'<xs:sequence><xs:element name="b" maxOccurs="{"9" * 400}"/></xs:sequence>')
    nest = '<xs:sequence maxOccurs="99999">'
    yield "counts in counts", root(nest * 20 + '<xs:element name="b"/>' + "</xs:sequence>" * 20)
    yield "groups that double", schema(
        '<xs:group name="g0"><xs:sequence><xs:element name="b"/></xs:sequence></xs:group>' +
        "".join(f'<xs:group name="g{i}"><xs:sequence><xs:group ref="g{i - 1}"/>'
                f'<xs:group ref="g{i - 1}"/></xs:sequence></xs:group>' for i in range(1, 40)) +
        '<xs:element name="a"><xs:complexType><xs:group ref="g39"/></xs:complexType></xs:element>')
    yield "a chain of types", schema(
        '<xs:element name="a" type="t3000"/><xs:complexType name="t0"/>' +
        "".join(f'<xs:complexType name="t{i}"><xs:complexContent><xs:extension base="t{i - 1}"/>'
                f"</xs:complexContent></xs:complexType>" for i in range(1, 3001)))
    yield "a type of itself", schema(
        '<xs:element name="a" type="t"/><xs:complexType name="t"><xs:complexContent>'
        '<xs:extension base="t"/></xs:complexContent></xs:complexType>')
    yield "a simple type of itself", schema(
        '<xs:element name="a" type="t"/><xs:simpleType name="t"><xs:restriction base="t"/>'
        "</xs:simpleType>")
    yield "a union of itself", schema(
        '<xs:element name="a" type="t"/><xs:simpleType name="t"><xs:union memberTypes="t xs:int"/>'
        "</xs:simpleType>")
    yield "a group of itself", schema(
        '<xs:group name="g"><xs:sequence><xs:group ref="g"/></xs:sequence></xs:group>'
        '<xs:element name="a"><xs:complexType><xs:group ref="g"/></xs:complexType></xs:element>')
    yield "substitution in a circle", schema(
        '<xs:element name="a" substitutionGroup="b"/><xs:element name="b" substitutionGroup="a"/>')
    yield "an inclusion of itself", schema(
        '<xs:include schemaLocation="schema.xsd"/><xs:element name="a"/>')
    yield "a redefinition of itself", schema(
        '<xs:redefine schemaLocation="schema.xsd"/><xs:element name="a"/>')
    yield "a remote import", schema(
        '<xs:import namespace="u" schemaLocation="http://127.0.0.1:9/a.xsd"/>')
    yield "a device", schema('<xs:include schemaLocation="/dev/zero"/>')
    yield "a pattern of many states", schema(
        '<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="'
        '(.*a.{30}){30}"/></xs:restriction></xs:simpleType></xs:element>')
    yield "a pattern with counts in counts", schema(
        '<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="'
        '((((a{9999}){9999}){9999}){9999})*"/></xs:restriction></xs:simpleType></xs:element>')
    yield "a pattern that lies deep", schema(
        '<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="' +
        "(" * 30_000 + "a" + ")" * 30_000 + '"/></xs:restriction></xs:simpleType></xs:element>')
    yield "optional elements", root(
        "<xs:sequence>" + "".join(f'<xs:element name="e{i}" minOccurs="0"/>'
                                  for i in range(1500)) + "</xs:sequence>")
    yield "a long enumeration", schema(
        '<xs:element name="a"><xs:simpleType><xs:restriction base="xs:string">' +
        "".join(f'<xs:enumeration value="v{i}"/>' for i in range(30_000)) +
        "</xs:restriction></xs:simpleType></xs:element>")
    yield "depth", HEAD + "<xs:sequence>" * 100_000
    yield "laughs in a schema", (
        '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + schema(""))
    yield "no schema at all", "<a/>"
    yield "nothing at all", ""


RECURSIVE = """<xs:element name="a"><xs:complexType><xs:sequence>
<xs:element ref="a" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
<xs:attribute name="k"/></xs:complexType>{}</xs:element>"""


def nested(depth, inside):
    yield b"<a k='0'>" * depth
    yield from inside
    yield b"</a>" * depth


def keys():
    unique = '<xs:unique name="u{}"><xs:selector xpath="{}"/><xs:field xpath="{}"/></xs:unique>'
    leaf = [b"<a k='%d'/>" % i for i in range(20_000)]
    yield ("a scope in each element", schema(RECURSIVE.format(unique.format(0, ".//a", "@k"))),
           nested(60, leaf))
    yield ("fields below each selected", schema(
        RECURSIVE.format(unique.format(0, ".//*", ".//a/@k"))), nested(60, leaf))
    yield ("many constraints of one scope", schema(RECURSIVE.format(
        "".join(unique.format(i, ".//a", "@k") for i in range(100)))), nested(3, leaf[:3000]))
    yield ("many alternatives", schema(RECURSIVE.format(
        unique.format(0, "|".join([".//a"] * 500), "@k"))), nested(3, leaf[:3000]))
