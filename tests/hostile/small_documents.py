# SPDX-License-Identifier: Apache-2.0
"""Small documents made to do harm, each with the rule of the finding that it must have.

A rule of None: the document is harmless, and may be valid or not. "!RULE": a finding of that rule
is what it must not have. Ids in brackets are those of the requirements on secure parsing."""
from dataclasses import dataclass

VALID = "valid"


@dataclass
class Document:
    name: str
    bytes: bytes
    rule: str


def text(name, document, rule):
    return Document(name, document.encode("utf-8", "surrogatepass"), rule)


def laughs(count=10, levels=10):
    entities = ['<!ENTITY l0 "lol">']
    for i in range(1, levels):
        entities.append(f'<!ENTITY l{i} "{f"&l{i - 1};" * count}">')
    return "<!DOCTYPE any [" + "\n".join(entities) + f"]><any>&l{levels - 1};</any>"


def doctypes(fifo):
    """[X-01] A DTD, wherever and however it stands, is refused unread."""
    quadratic = f'<!DOCTYPE any [<!ENTITY a "{"a" * 50_000}">]><any>{"&a;" * 5_000}</any>'
    cases = [
        ("billion laughs", laughs()),
        ("laughs by parameters", '<!DOCTYPE any [<!ENTITY % a "&#37;b;&#37;b;"> %a;]><any/>'),
        ("quadratic entities", quadratic),
        ("entity of itself", '<!DOCTYPE any [<!ENTITY a "&b;"><!ENTITY b "&a;">]><any>&a;</any>'),
        ("external entity", f'<!DOCTYPE any [<!ENTITY a SYSTEM "{fifo}">]><any>&a;</any>'),
        ("remote entity",
         '<!DOCTYPE any [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]><any>&a;</any>'),
        ("external subset", f'<!DOCTYPE any SYSTEM "{fifo}"><any/>'),
        ("public subset", f'<!DOCTYPE any PUBLIC "-//x//y" "{fifo}"><any/>'),
        ("parameter entity", f'<!DOCTYPE any [<!ENTITY % a SYSTEM "{fifo}"> %a;]><any/>'),
        ("empty subset", "<!DOCTYPE any[]><any/>"),
        ("no name", "<!DOCTYPE>"),
        ("end after the word", "<!DOCTYPE"),
        ("no space", "<!DOCTYPEany><any/>"),
        ("after the declaration", '<?xml version="1.0"?><!DOCTYPE any><any/>'),
        ("standalone", '<?xml version="1.0" standalone="yes"?><!DOCTYPE any><any/>'),
        ("after a comment", "<!--" + "x" * 9000 + "--><!DOCTYPE any><any/>"),
        ("after much space", " " * 300_000 + "\n<!DOCTYPE any><any/>"),
        ("behind a byte order mark", "\ufeff<!DOCTYPE any><any/>"),
        ("inside the root", "<any><!DOCTYPE any></any>"),
        ("after the root", "<any/><!DOCTYPE any>"),
        ("defaults for attributes", '<!DOCTYPE any [<!ATTLIST any a CDATA "b">]><any/>'),
    ]
    for name, document in cases:
        yield text(f"doctype: {name}", document, "G-DOCTYPE")
    yield Document("doctype: UTF-16", "<!DOCTYPE any><any/>".encode("utf-16"), "G-DOCTYPE")
    for word in ("doctype", "ENTITY a 'b'", "ATTLIST", "NOTATION", "ELEMENT any ANY"):
        yield text(f"declaration: {word}", f"<!{word} any><any/>", "G-MARKUP")
    yield text("conditional section", "<any><![INCLUDE[x]]></any>", "G-MARKUP")
    yield text("doctype in a comment", '<any xmlns="urn:h"><!-- <!DOCTYPE a> --></any>', VALID)
    yield text("doctype as text", '<any xmlns="urn:h"><![CDATA[<!DOCTYPE a>]]></any>', VALID)
    yield text("entity that nobody declared", "<any>&lol;</any>", "wfc-entity-declared")


def bad_bytes():
    """[X-04] What is no character, and what is no UTF-8."""
    def inside(name, piece, rule):
        for place, document in (("text", b'<any xmlns="urn:h">x' + piece + b"y</any>"),
                                ("value", b'<any xmlns="urn:h" a="x' + piece + b'y"/>'),
                                ("comment", b'<any xmlns="urn:h"><!--x' + piece + b"--></any>"),
                                ("the end", b'<any xmlns="urn:h"/>' + piece)):
            yield Document(f"{name} in {place}", document, rule)

    yield from inside("overlong slash", b"\xc0\xaf", "G-UTF8")
    yield from inside("overlong NUL", b"\xc0\x80", "G-UTF8")
    yield from inside("overlong of three bytes", b"\xe0\x9f\xbf", "G-UTF8")
    yield from inside("overlong of four bytes", b"\xf0\x8f\xbf\xbf", "G-UTF8")
    yield from inside("first half of a pair", b"\xed\xa0\x80", "G-UTF8")
    yield from inside("second half of a pair", b"\xed\xbf\xbf", "G-UTF8")
    yield from inside("CESU-8", b"\xed\xa0\xbd\xed\xb8\x80", "G-UTF8")
    yield from inside("beyond Unicode", b"\xf4\x90\x80\x80", "G-UTF8")
    yield from inside("five bytes", b"\xf8\x88\x80\x80\x80", "G-UTF8")
    yield from inside("lone continuation", b"\x80", "G-UTF8")
    yield from inside("cut sequence", b"\xe2\x82", "G-UTF8")
    yield from inside("0xFE", b"\xfe", "G-UTF8")
    yield from inside("NUL", b"\0", "G-CHAR")
    yield from inside("bell", b"\x07", "G-CHAR")
    yield from inside("U+FFFE", b"\xef\xbf\xbe", "G-CHAR")
    yield from inside("U+FFFF", b"\xef\xbf\xbf", "G-CHAR")
    for reference in ("&#0;", "&#x0;", "&#xD800;", "&#xDFFF;", "&#xFFFE;", "&#x110000;", "&#8;",
                      "&#99999999999999999999999999;", "&#x" + "0" * 200 + "1;"):
        yield text(f"reference {reference[:12]}", f"<any>{reference}</any>", "G-CHAR")


def encodings():
    """[X-03] Bytes that say one thing and are another."""
    whole = '<any xmlns="urn:h">\u00e9</any>'
    declared = '<?xml version="1.0" encoding="{}"?>' + whole
    yield Document("UTF-16 without mark", whole.encode("utf-16-le"), VALID)
    yield Document("UTF-16, other order", "\ufeff".encode("utf-16-be") + whole.encode("utf-16-be"),
                   VALID)
    yield Document("UTF-16 declared as such", declared.format("UTF-16").encode("utf-16"), VALID)
    yield Document("UTF-16 of odd length", whole.encode("utf-16") + b"\0", "G-ENCODING")
    lone = "\ufeff<any>\ud800</any>".encode("utf-16-le", "surrogatepass")
    yield Document("UTF-16 with half a pair", lone, "G-ENCODING")
    turned = "\ufeff<any>\udc00\ud800</any>".encode("utf-16-le", "surrogatepass")
    yield Document("UTF-16 with a pair turned round", turned, "G-ENCODING")
    yield Document("UTF-16 with U+FFFE", "\ufeff<any>\ufffe</any>".encode("utf-16-le"), "G-CHAR")
    yield Document("UTF-16 with NUL", "\ufeff<any>\0</any>".encode("utf-16-le"), "G-CHAR")
    yield Document("UTF-8 declared as UTF-16", declared.format("UTF-16").encode(), "G-ENCODING")
    yield Document("UTF-32", whole.encode("utf-32"), "G-ENCODING")
    yield Document("UTF-7", b"+/v8-+ADw-any/+AD4-", "G-ENCODING")
    yield Document("UTF-7 declared", declared.format("UTF-7").encode(), "G-ENCODING")
    yield Document("EBCDIC", declared.format("cp037").encode("cp037"), "G-ENCODING")
    yield Document("unknown name", declared.format("x" * 30).encode(), "G-ENCODING")
    yield Document("mark of UTF-8, declared Latin-1",
                   b"\xef\xbb\xbf" + declared.format("ISO-8859-1").encode(), "G-ENCODING")
    yield Document("two marks", b"\xef\xbb\xbf\xef\xbb\xbf" + whole.encode(), "wf-document")
    yield Document("mark inside", whole.replace("\u00e9", "\ufeff").encode(), VALID)
    yield Document("mark alone", b"\xef\xbb\xbf", "G-EMPTY")
    yield Document("half a mark", b"\xef\xbb", "G-UTF8")
    yield Document("mark of UTF-16 alone", b"\xff\xfe", "G-EMPTY")
    yield Document("Windows-1252 with a hole",
                   declared.format("windows-1252").encode("cp1252").replace(b"\xe9", b"\x81"),
                   "G-ENCODING")
    yield text("XML 1.1", '<?xml version="1.1"?><any/>', "G-VERSION")
    yield text("XML 2.0", '<?xml version="2.0"?><any/>', "G-VERSION")


def openings(fifo, port):
    """[X-02] Content that would have something opened or fetched."""
    xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    url = f"http://127.0.0.1:{port}/a.xsd"
    for place in (url, str(fifo), f"file://{fifo}"):
        yield text(f"schemaLocation {place[:7]}",
                   f'<any xmlns="urn:h" {xsi} xsi:schemaLocation="urn:h {place} urn:z {place}">'
                   f'<z xmlns="urn:z"/></any>', VALID)
        yield text(f"noNamespaceSchemaLocation {place[:7]}",
                   f'<any xmlns="urn:h" {xsi} xsi:noNamespaceSchemaLocation="{place}"/>', VALID)
        yield text(f"stylesheet {place[:7]}",
                   f'<?xml-stylesheet href="{place}"?><any xmlns="urn:h"/>', VALID)
        yield text(f"inclusion {place[:7]}",
                   f'<any xmlns="urn:h"><i:include xmlns:i="http://www.w3.org/2001/XInclude" '
                   f'href="{place}"/></any>', VALID)
        yield text(f"namespace {place[:7]}", f'<any xmlns="{place}"/>', "cvc-elt.1")
        yield text(f"base {place[:7]}", f'<any xmlns="urn:h" xml:base="{place}"/>', VALID)
