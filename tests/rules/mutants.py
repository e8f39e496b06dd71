# SPDX-License-Identifier: Apache-2.0
"""Mutants of a rule's expressions, by the operators and counts of mutation.tsv."""
import copy
import re
from pathlib import Path

from schematron import SCH, Pattern

TOKEN = re.compile(r"\s+|'[^']*'|\"[^\"]*\"|\d+(?:\.\d+)?"
                   r"|\$?[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*|:\*)?"
                   r"|!=|<=|>=|//|::|\.\.|.", re.DOTALL)
FLIP = {"=": "!=", "!=": "=", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "eq": "ne", "ne": "eq",
        "lt": "le", "le": "lt", "gt": "ge", "ge": "gt"}
SWAP = {"ax:certainly-before": "ax:possibly-before", "ax:possibly-before": "ax:certainly-before",
        "ax:age-low": "ax:age-high", "ax:age-high": "ax:age-low", "min": "max", "max": "min",
        "some": "every", "every": "some"}
OPEN, CLOSE = {"(": ")", "[": "]"}, {")": "(", "]": "["}
# A new operand begins after these, so "and" before them belongs to something else.
BREAKS = {",", "return", "satisfies", "then", "else", "in"}


def operators():
    rows = [l.split("\t") for l in
            (Path(__file__).parent / "mutation.tsv").read_text(encoding="utf-8").splitlines()
            if l and not l.startswith("#")][1:]
    return {name: int(limit) for name, limit, _ in rows}


def tokens(expression):
    return TOKEN.findall(expression)


def partner(words, at):
    """Where the bracket that opens at `at` closes."""
    depth = 0
    for n in range(at, len(words)):
        if words[n] in OPEN:
            depth += 1
        elif words[n] in CLOSE:
            depth -= 1
            if depth == 0:
                return n
    raise ValueError("unbalanced: " + "".join(words))


def is_operator(words, at):
    """`and`, `or`, `eq` ... are operators only where something stands before them."""
    before = [w for w in words[:at] if w.strip()]
    return bool(before) and before[-1] not in ("(", "[", ",", "/", "and", "or", "return", 
                                               "satisfies", "then", "else", "in")


def segments(words):
    """Stretches in which "and" and "or" join operands: (start, end, operand boundaries)."""
    found = []

    def scan(start, end):
        cuts, begin, n = [], start, start
        while n < end:
            w = words[n]
            if w in OPEN:
                close = partner(words, n)
                scan(n + 1, close)
                n = close
            elif w in BREAKS:
                if cuts:
                    found.append((begin, n, cuts))
                cuts, begin = [], n + 1
            elif w in ("and", "or") and is_operator(words, n):
                cuts.append(n)
            n += 1
        if cuts:
            found.append((begin, end, cuts))

    scan(0, len(words))
    return found


def conjunct(words):
    for begin, end, cuts in segments(words):
        edges = [begin - 1] + cuts + [end]
        for k in range(len(edges) - 1):
            first, last = edges[k], edges[k + 1]
            if k == 0:
                yield words[:begin] + words[last + 1:]
            else:
                yield words[:first] + words[last:]


def predicate(words):
    for n, w in enumerate(words):
        if w == "[":
            yield words[:n] + words[partner(words, n) + 1:]


def comparison(words):
    for n, w in enumerate(words):
        if w in FLIP and (not w.isalpha() or is_operator(words, n)):
            yield words[:n] + [FLIP[w]] + words[n + 1:]


def bound(words):
    for n, w in enumerate(words):
        if w.isdigit():
            for step in (1, -1):
                if int(w) + step >= 0:
                    yield words[:n] + [str(int(w) + step)] + words[n + 1:]


def code_lists(words):
    """Where ('A', 'B') stands: (start, end, places of the strings)."""
    for n, w in enumerate(words):
        if w == "(":
            end = partner(words, n)
            inner = [x for x in words[n + 1:end] if x.strip()]
            if len(inner) >= 3 and all(x == "," or x[0] in "'\"" for x in inner):
                yield n, end, [k for k in range(n + 1, end) if words[k][0] in "'\""]


def shorter_list(words):
    for start, end, places in code_lists(words):
        for gone in places:
            kept = [words[k] for k in places if k != gone]
            yield words[:start + 1] + [", ".join(kept)] + words[end:]


def widen(words):
    for n, w in enumerate(words):
        if w not in ("=", "!="):
            continue
        k = n + 1
        while k < len(words) and not words[k].strip():
            k += 1
        if k < len(words) and words[k][0] in "'\"" and words[k] != "''":
            end = k
        elif k < len(words) and words[k] == "(" and any(s == k for s, _, _ in code_lists(words)):
            end = partner(words, k)
        else:
            continue
        yield words[:n] + ["!=" if w == "=" else "=", " ", "''"] + words[end + 1:]


def negate(words, whole):
    for n, w in enumerate(words):
        if w == "not" and n + 1 < len(words) and words[n + 1] == "(":
            yield words[:n] + ["boolean"] + words[n + 1:]
    if whole:
        yield ["not("] + words + [")"]


def interval(words):
    for n, w in enumerate(words):
        if w in SWAP and not (w in ("min", "max") and words[n + 1:n + 2] != ["("]):
            yield words[:n] + [SWAP[w]] + words[n + 1:]


def mutate(expression, operator, whole):
    words = tokens(expression)
    made = {"conjunct": conjunct, "predicate": predicate, "comparison": comparison, "bound": bound,
            "list": shorter_list, "widen": widen, "interval": interval}
    results = negate(words, whole) if operator == "negate" else made[operator](words)
    for result in results:
        text = "".join(result).strip()
        if text and text != expression:
            yield text


def mutants(pattern):
    """(name, what changed, the changed pattern) of one pattern; names last while it stands."""
    places = []
    for r, rule in enumerate(pattern.node.findall(SCH + "rule")):
        places.append((r, None, "context", rule.get("context"), False))
        for c, child in enumerate(rule):
            if child.tag == SCH + "let":
                if not child.get("name").startswith("p-"):
                    places.append((r, c, "value", child.get("value"), False))
            elif child.tag in (SCH + "assert", SCH + "report"):
                places.append((r, c, "test", child.get("test"), True))
    for operator, limit in operators().items():
        count = 0
        for r, c, attribute, expression, whole in places:
            for changed in mutate(expression, operator, whole):
                if count == limit:
                    break
                count += 1
                node = copy.deepcopy(pattern.node)
                target = node.findall(SCH + "rule")[r]
                if c is not None:
                    target = list(target)[c]
                target.set(attribute, changed)
                yield (f"{operator}-{count}", f"{attribute}: {expression}  ->  {changed}",
                       Pattern(pattern.id, pattern.area, node))
