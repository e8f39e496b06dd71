# SPDX-License-Identifier: Apache-2.0
"""Documents that are large in one dimension, in pieces as a pipe gives them.

`size` is how much of it there is: of a test every day a few megabytes, on demand a gigabyte. What
is refused by a limit is refused at the same place whatever the size."""
from dataclasses import dataclass, field
from typing import Callable

VALID = "valid"
PIECE = 1 << 16
ROOT = b'<any xmlns="urn:h">'
BATCH = b'<batch xmlns="urn:h">'


@dataclass
class Large:
    name: str
    pieces: Callable
    rules: tuple            # of the finding that says why; VALID; () for any finding
    grows: bool = False     # it is read to its end: its time goes with its size
    scale: float = field(default=1.0)  # of the size


def repeated(begin, unit, end, size):
    yield begin
    unit = bytes(unit)
    block = unit * max(1, PIECE // len(unit))
    for _ in range(max(1, size // len(block))):
        yield block
    yield end


def numbered(begin, unit, end, size):
    """`unit` with each number from 0 on at its "~"."""
    yield begin
    number = written = 0
    while written < size:
        block = b"".join(unit.replace(b"~", b"%d" % (number + i)) for i in range(500))
        number += 500
        written += len(block)
        yield block
    yield end


def one(begin, byte, end):
    return lambda size: repeated(begin, byte, end, size)


def units(begin, unit, end):
    make = numbered if b"~" in unit else repeated
    return lambda size: make(begin, unit, end, size)


def documents():
    refused = [
        # name, begin, unit, end, rule
        ("levels", b"", b"<a>", b"", "G-LIMIT-DEPTH"),
        ("levels of namespaces", b"", b'<a xmlns="urn:~">', b"", "G-LIMIT-DEPTH"),
        ("attributes", b"<any", b" a~=''", b"/>", "G-LIMIT-ATTRIBUTES"),
        ("attributes of one name", b"<any", b" a=''", b"/>", "G-LIMIT-ATTRIBUTES"),
        ("declarations of namespaces", b"<any", b" xmlns:p~='u'", b"/>", "G-LIMIT-NAMESPACES"),
        ("declarations of one prefix", b"<any", b" xmlns='u'", b"/>", "G-LIMIT-NAMESPACES"),
        ("text", ROOT, b"x", b"</any>", "G-LIMIT-TEXT"),
        ("white space as text", ROOT, b" \n", b"</any>", "G-LIMIT-TEXT"),
        ("references as text", ROOT, b"&#x10FFFD;", b"</any>", "G-LIMIT-TEXT"),
        ("text in sections", ROOT, b"<![CDATA[xxxxxxxxxxxxxxxxxx]]>", b"</any>", "G-LIMIT-TEXT"),
        ("text between comments", ROOT, b"xxxxxxxxxxxxxx<!---->", b"</any>", "G-LIMIT-TEXT"),
        ("section", ROOT + b"<![CDATA[", b"]", b"]]></any>", "G-LIMIT-TEXT"),
        ("value", b'<any xmlns="urn:h" a="', b"x", b'"/>', "G-LIMIT-VALUE"),
        ("value of references", b'<any xmlns="urn:h" a="', b"&lt;", b'"/>', "G-LIMIT-VALUE"),
        ("value of a namespace", b'<any xmlns="', b"u", b'"/>', "G-LIMIT-VALUE"),
        ("name", b"<", b"n", b"/>", "G-LIMIT-NAME"),
        ("name of an attribute", b"<any ", b"n", b"=''/>", "G-LIMIT-NAME"),
        ("prefix", b"<", b"p", b":any/>", "G-LIMIT-NAME"),
        ("name of an entity", ROOT + b"&", b"e", b";</any>", "G-LIMIT-NAME"),
        ("end tag", ROOT + b"</", b"n", b">", "G-LIMIT-NAME"),
        ("digits of a reference", ROOT + b"&#", b"0", b"65;</any>", ("G-LIMIT-NAME", "G-CHAR")),
        ("space in a tag", b"<any ", b" ", b"/>", "G-LIMIT-MARKUP"),
        ("space in an end tag", ROOT + b"</any ", b" ", b">", "G-LIMIT-MARKUP"),
        ("comment", ROOT + b"<!--", b"c", b"--></any>", "G-LIMIT-TEXT"),
        ("comment that never ends", b"<!--", b"- ", b"", "G-LIMIT-TEXT"),
        ("instruction", b"<?p ", b"i", b"?><any/>", "G-LIMIT-TEXT"),
        ("declaration", b"<?xml ", b" ", b"version='1.0'?><any/>", ()),
        ("names that nobody knows", ROOT, b"<x~/>", b"</any>", "G-LIMIT-NAMES"),
        ("namespaces that nobody knows", ROOT, b"<x xmlns='urn:~'/>", b"</any>",
         ("G-LIMIT-NAMESPACES", "G-LIMIT-NAMES")),
        ("less-than signs", b"", b"<", b"", ()),
        ("bytes that are no document", b"", b"\xff", b"", ()),
        ("nothing but NUL", b"", b"\0", b"", ()),
    ]
    for name, begin, unit, end, rule in refused:
        rules = rule if isinstance(rule, tuple) else (rule,)
        yield Large(name, units(begin, unit, end), rules)

    item = b"<r><name>x</name></r>"
    read = [
        ("space before the root", b"", b" \n", ROOT + b"</any>", (VALID, "G-LIMIT-TEXT")),
        ("comments", ROOT, b"<!-- comment of some length, again and again -->", b"</any>",
         (VALID,)),
        ("instructions", ROOT, b"<?p instruction?>", b"</any>", (VALID,)),
        ("children", BATCH, item, b"</batch>", (VALID,)),
        ("one record", BATCH + b"<r>", b"<name>x</name>", b"</r></batch>", (VALID,)),
        ("records all wrong", BATCH, b"<r><nome>x</nome></r>", b"</batch>", ()),
        ("one record all wrong", BATCH + b"<r>", b"<nome/>", b"</r></batch>", ()),
        ("values all wrong", BATCH + b"<r>", b"<n>x</n>", b"</r></batch>", ()),
        ("attributes all wrong", BATCH, b"<r x='1' y='2'/>", b"</batch>", ()),
        ("keys", BATCH, b"<r k='~'/>", b"</batch>", (VALID,)),
        ("keys all the same", BATCH, b"<r k='1'/>", b"</batch>", ()),
        ("references that lead nowhere", BATCH, b"<r f='~'/>", b"</batch>", ()),
        ("references to the end", BATCH, b"<r f='1'/>", b"<r k='1'/></batch>", (VALID,)),
        ("identifiers", BATCH, b"<r id='i~'/>", b"</batch>", (VALID,)),
        ("identifiers all the same", BATCH, b"<r id='i'/>", b"</batch>", ()),
        ("identifiers that nobody has", BATCH, b"<r to='i~'/>", b"</batch>", ()),
        ("identifiers in lists", BATCH, b"<r all='" + b"i~ " * 900 + b"'/>", b"</batch>", ()),
        ("elements left open", BATCH, b"<r>", b"", ("G-LIMIT-DEPTH",)),
    ]
    for name, begin, unit, end, rules in read:
        yield Large(name, units(begin, unit, end), rules, grows=True)
