# SPDX-License-Identifier: Apache-2.0
"""A small good folder of lists, and one change for each thing that check_codes.py must find."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gc:CodeList xmlns:gc="http://docs.oasis-open.org/codelist/ns/genericode/1.0/"
             xmlns:meta="https://w3id.org/amparo/1/meta">
  <Annotation>
    <Description xml:lang="en"><meta:definition>Colour of the door of a house.</meta:definition>
    </Description>
    <Description xml:lang="es"><meta:definition>Color de la puerta de una casa.</meta:definition>
    </Description>
    <Description xml:lang="fr"><meta:definition>Couleur de la porte d'une maison.</meta:definition>
    </Description>
    <AppInfo><meta:status>closed</meta:status></AppInfo>
  </Annotation>
  <Identification>
    <ShortName>CL-Door</ShortName>
    <LongName xml:lang="en">Door</LongName>
    <LongName xml:lang="es">Puerta</LongName>
    <LongName xml:lang="fr">Porte</LongName>
    <Version>1.0</Version>
    <CanonicalUri>https://w3id.org/amparo/1/codes/CL-Door</CanonicalUri>
    <CanonicalVersionUri>https://w3id.org/amparo/1/codes/CL-Door/1.0</CanonicalVersionUri>
    <Agency>
      <ShortName>Test</ShortName>
      <LongName xml:lang="en">Test</LongName>
      <Identifier>https://example.org</Identifier>
    </Agency>
  </Identification>
  <ColumnSet>
"""
COLUMNS = (("code", "required"), ("label-en", "required"), ("label-es", "required"),
           ("label-fr", "required"), ("definition-en", "optional"), ("definition-es", "optional"),
           ("definition-fr", "optional"), ("valid-from", "required"), ("valid-to", "optional"),
           ("replaced-by", "optional"), ("status", "required"))
KEY = '    <Key Id="key"><ShortName>key</ShortName><ColumnRef Ref="code"/></Key>\n  </ColumnSet>\n'
ROWS = (
    {"code": "RED", "label-en": "Red", "label-es": "Rojo", "label-fr": "Rouge",
     "definition-en": "Like fire.", "definition-es": "Como el fuego.",
     "definition-fr": "Comme le feu.", "valid-from": "2009-07-01", "status": "active"},
    {"code": "BLUE", "label-en": "Blue", "label-es": "Azul", "label-fr": "Bleu",
     "valid-from": "2009-07-01", "status": "active"},
    {"code": "AZURE", "label-en": "Azure", "label-es": "Celeste", "label-fr": "Azur",
     "valid-from": "2009-07-01", "valid-to": "2020-12-31", "replaced-by": "BLUE",
     "status": "retired"},
)


def value(column, text):
    return f'<Value ColumnRef="{column}"><SimpleValue>{text}</SimpleValue></Value>'


def door():
    text = HEAD
    for name, use in COLUMNS:
        text += f'    <Column Id="{name}" Use="{use}"><ShortName>{name}</ShortName>'
        text += f'<LongName xml:lang="en">{name}</LongName><Data Type="token"/></Column>\n'
    text += KEY + "  <SimpleCodeList>\n"
    for row in ROWS:
        text += "    <Row>" + "".join(value(*pair) for pair in row.items()) + "</Row>\n"
    return text + "  </SimpleCodeList>\n</gc:CodeList>\n"


GOOD = {
    "Door.gc": door(),
    "catalog.xml": """<?xml version="1.0" encoding="UTF-8"?>
<catalog xmlns="https://w3id.org/amparo/1/codes-catalog" version="1.0">
  <list id="CL-Door" file="Door.gc" xsdType="DoorCode" status="closed" version="1.0"/>
</catalog>
""",
}


def called(name, file, code="RED"):
    """The good folder with its list under another name and its first code another."""
    return {key.replace("Door", file): text.replace("CL-Door", name).replace("Door", file)
            .replace(">RED<", f">{code}<") for key, text in GOOD.items()}


UNLISTED = GOOD | {"Gate.gc": GOOD["Door.gc"].replace("CL-Door", "CL-Gate")}
# Names of which the checks know that certain codes must be there, or none.
WITHOUT_LIVE = called("CL-TestIndicator", "TestIndicator")
COUNTRIES = called("ISO3166-1", "ISO3166-1", "XX")
SUBDIVISIONS = called("ISO3166-2", "ISO3166-2", "BR-SP")
PORTS = called("CL-Port", "Port")

# (title, words of the finding or None, files, text that is replaced, by what)
FIXTURES = [
    ("the good folder", None, GOOD, "", ""),
    ("a retired code without successor", None, GOOD, value("replaced-by", "BLUE"), ""),
    ("an element that does not end", "not well-formed", GOOD, "</gc:CodeList>", ""),
    ("a document type", "not well-formed", GOOD, "<gc:CodeList",
     "<!DOCTYPE x [<!ENTITY e 'x'>]><gc:CodeList"),
    ("an element of another kind", "does not fit genericode-subset.xsd", GOOD,
     "<SimpleCodeList>", "<SimpleCodeList><Note/>"),
    ("a value without a column", "does not fit genericode-subset.xsd", GOOD,
     '<Value ColumnRef="label-en">', "<Value>"),
    ("a language that is not one of three", "does not fit genericode-subset.xsd", GOOD,
     'xml:lang="fr"', 'xml:lang="pt"'),
    ("a name that is not the file's", "ShortName CL-Gate", GOOD,
     "<ShortName>CL-Door", "<ShortName>CL-Gate"),
    ("a URI of another version", "canonical URIs", GOOD, "CL-Door/1.0", "CL-Door/1.1"),
    ("a title missing", "title: not once each", GOOD,
     '<LongName xml:lang="es">Puerta</LongName>', ""),
    ("a definition that says nothing", "too short", GOOD, "Couleur de la porte d'une maison.", "-"),
    ("a definition that repeats the title", "repeats the title", GOOD,
     ">Door<", ">Colour of the door of a house<"),
    ("a status of the list that is none", "status of the list", GOOD, "<meta:status>closed",
     "<meta:status>ajar"),
    ("a label that need not be there", "must be required", GOOD,
     '"label-fr" Use="required"', '"label-fr" Use="optional"'),
    ("a key over another column", "the key must be", GOOD, 'Ref="code"/>', 'Ref="label-en"/>'),
    ("a code with a small letter", "does not have the form", GOOD, ">RED<", ">Red1<"),
    ("a code too long", "does not have the form", GOOD, ">RED<", f">{'R' * 21}<"),
    ("a code given twice", "BLUE is there twice", GOOD,
     value("code", "RED"), value("code", "BLUE")),
    ("a column not declared", "column size is not declared", GOOD, value("label-es", "Rojo"),
     value("label-es", "Rojo") + value("size", "1")),
    ("two values of a column", "has two values", GOOD, value("label-es", "Rojo"),
     value("label-es", "Rojo") * 2),
    ("no value where one is required", "required column status is empty", GOOD,
     value("status", "active"), ""),
    ("a label missing", "label in es is empty", GOOD, value("label-es", "Azul"), ""),
    ("a label of spaces", "label in fr is empty", GOOD, ">Bleu<", ">  <"),
    ("a label with a stray space", "stray spaces", GOOD, ">Bleu<", ">Bleu <"),
    ("a label not composed", "not in form NFC", GOOD, ">Bleu<", ">Ble\u0301u<"),
    ("a label that is the code", "is only the code", GOOD, ">Blue<", ">BLUE<"),
    ("a label of two codes", "is also that of", GOOD, ">Azul<", ">rojo<"),
    ("a definition in two languages", "defined in some languages", GOOD,
     value("definition-fr", "Comme le feu."), ""),
    ("a date that is none", "is not a date", GOOD, ">2020-12-31<", ">2020-02-30<"),
    ("a date in another form", "is not a date", GOOD, ">2020-12-31<", ">20201231<"),
    ("an end before the beginning", "ends before it begins", GOOD, ">2020-12-31<", ">2008-12-31<"),
    ("another first day", "version 1.0 begins on", GOOD, ">2009-07-01<", ">2009-07-02<"),
    ("a status that is none", "status is 'gone'", GOOD, ">active<", ">gone<"),
    ("a retired code without an end", "a retired code has a last day", GOOD,
     value("valid-to", "2020-12-31"), ""),
    ("an active code with an end", "a retired code has a last day", GOOD, ">retired<", ">active<"),
    ("a successor that is not there", "replaced by GREEN", GOOD,
     value("replaced-by", "BLUE"), value("replaced-by", "GREEN")),
    ("a code that succeeds itself", "replaced by AZURE", GOOD,
     value("replaced-by", "BLUE"), value("replaced-by", "AZURE")),
    ("an active code with a successor", "active and replaced", GOOD, ">retired<", ">active<"),
    ("a file that is not listed", "Gate.gc is not in the catalogue", UNLISTED, "", ""),
    ("a listed file that is not there", "names Window.gc", GOOD, 'file="Door.gc"',
     'file="Window.gc"'),
    ("another status in the catalogue", "the catalogue says", GOOD, 'status="closed"',
     'status="open"'),
    ("another version in the catalogue", "the catalogue says", GOOD, '" version="1.0"/>',
     '" version="1.1"/>'),
    ("a list twice in the catalogue", "has an id twice", GOOD, "</catalog>",
     '<list id="CL-Door" file="Door.gc" xsdType="DoorCode" status="closed" version="1.0"/>'
     "</catalog>"),
    ("a catalogue of another form", "does not fit catalog.xsd", GOOD, 'xsdType="DoorCode"', ""),
    ("a catalogue that cannot be read", "catalog.xml cannot be read", GOOD, "</catalog>", ""),
    ("a list without a code that it must have", "lacks ['HIST', 'LIVE'", WITHOUT_LIVE, "", ""),
    ("a list with a code that it must not have", "must not have ['XX']", COUNTRIES, "", ""),
    ("a subdivision of another country", "not of exactly the member", SUBDIVISIONS, "", ""),
    ("a registry with codes", "has codes and should not", PORTS, "", ""),
    ("an empty folder", "has no lists", {}, "", ""),
]
