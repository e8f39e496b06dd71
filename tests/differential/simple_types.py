# SPDX-License-Identifier: Apache-2.0
"""Random simple types of XSD 1.0, each with values that it takes and values that it does not.

The values are a guess that a generator needs; the verdict is the engines'."""
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

INTEGERS = {
    "integer": (-10**20, 10**20), "nonPositiveInteger": (-10**19, 0),
    "negativeInteger": (-10**19, -1), "nonNegativeInteger": (0, 10**19),
    "positiveInteger": (1, 10**19), "long": (-2**63, 2**63 - 1), "int": (-2**31, 2**31 - 1),
    "short": (-2**15, 2**15 - 1), "byte": (-128, 127), "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1), "unsignedShort": (0, 2**16 - 1), "unsignedByte": (0, 255)}

# Name of the type: values in ascending order where it is ordered, then values that it refuses.
BUILT_INS = {
    "string": (["", "a", "two words", " edge ", "é\u4e2d", "x" * 40, "a\tb"], []),
    "normalizedString": (["", "a b", " a", "x\ny"], []),
    "token": (["a", "a b", "  a  ", "z9"], []),
    "language": (["es", "en-US", "x-klingon", "fr-CA-x"], ["", "e_s", "toolonglang", "en--a"]),
    "Name": (["a", "_b", "a:b", "é", ":c"], ["1a", "", "-a", "a b"]),
    "NCName": (["a", "_b", "a-b.c", "é9"], ["a:b", "9", "", ".a"]),
    "NMTOKEN": (["1a", "-", "a:b", " x "], ["", "a b", "a,b", "é!"]),
    "NMTOKENS": (["a", "a b c", " 1  2 "], ["", "a , b", "   "]),
    "ID": (["id1", "id2", "id3", "id4", "id5", "id6", "id7", "id8"], ["1", "", "a:b"]),
    "IDREF": (["id1", "id2"], ["id99", "1", ""]),
    "IDREFS": (["id1", "id1 id2"], ["id1 id98", ""]),
    "QName": (["a:x", "xs:int", "loc"], ["q:x", "a:", ":x", "1"]),
    "anyURI": (["http://x.example/a", "", "a/b?c#d", "urn:x:y", "é"], []),
    "boolean": (["true", "false", "1", "0", " true "], ["TRUE", "", "2", "yes"]),
    "base64Binary": (["", "YQ==", "YWI=", "YWJj", "Y W J j"], ["Y", "YQ=", "!!!!", "YR=="]),
    "hexBinary": (["", "0a", "FFee", "00"], ["0", "0g", "0x00", "é"]),
    "float": (["-INF", "-1E4", "-0", "1.5", "1e3", "INF"], ["+INF", "1e", "", "1,5", "Inf"]),
    "double": (["-INF", "-1.0E-3", "0", ".5", "12.78e-2", "1E308", "INF"], ["nan", "1e1.5", ""]),
    "decimal": (["-1.23", "-0.0", "0", "+1", "1.", ".5", "100.000"], ["1e3", "", ".", "1,0", "+"]),
    "duration": (["-P1Y", "PT0S", "PT1.5S", "P1D", "P1M", "P1Y2M3DT4H5M6S", "P10Y"],
                 ["P", "PT", "1Y", "P1S", "P-1Y", "P1YT"]),
    "dateTime": (["-0044-03-15T12:00:00", "1999-12-31T23:59:59Z", "2000-02-29T00:00:00+14:00",
                  "2024-01-01T24:00:00", "2024-06-01T12:00:00.123", "12000-01-01T00:00:00"],
                 ["2023-02-29T00:00:00", "2024-01-01", "2024-01-01T25:00:00",
                  "2024-01-01T00:00:00+15:00", "2024-1-1T00:00:00", "2024-01-01T24:00:01"]),
    "date": (["-0001-01-01", "1999-12-31", "2000-02-29", "2024-06-01Z", "2024-12-31-05:00"],
             ["2100-02-29", "0000-01-01", "24-01-01", "2024-13-01", "2024-01-32", "2024-04-31"]),
    # All in one time zone: without one a time is neither before nor after most others.
    "time": (["00:00:00Z", "06:30:00.5Z", "12:00:00Z", "23:59:59+00:00"],
             ["06:00:00", "24:00:01", "1:00:00", "12:60:00", "12:00", "12:00:61"]),
    "gYear": (["-0044", "1999", "2000Z", "2024", "12024"], ["99", "0000", "02024", "2024-01"]),
    "gYearMonth": (["-0044-03", "1999-12", "2024-01", "2024-12Z"], ["2024-13", "2024", "24-01"]),
    "gMonthDay": (["--01-01", "--02-29", "--12-31Z"], ["--02-30", "--13-01", "-01-01", "01-01"]),
    "gDay": (["---01", "---15Z", "---31"], ["---32", "---00", "--01", "01"]),
    "gMonth": (["--01", "--06Z", "--12"], ["--13", "--00", "-01", "06"]),
    "anySimpleType": (["", "anything", "1"], [])}

PATTERNS = [  # expression, values that match, values that do not
    (r"[a-z]{2,4}", ["ab", "abcd"], ["a", "abcde", "AB"]),
    (r"\d{3}-\d{2}", ["123-45", "000-00"], ["12-345", "1234-5", "abc-de"]),
    (r"(a|b)*c?", ["abab", "c", "ac"], ["cc", "abd"]),
    (r"\i\c*", ["a1", "_:x"], ["1a", "-"]),
    (r"[\i-[:]][\c-[:]]*", ["ab", "_1"], ["a:b", ":"]),
    (r"\p{Lu}\p{Ll}+", ["Abc", "Élan"], ["abc", "ABC", "A"]),
    (r"\p{IsBasicLatin}+", ["abc", "~1"], ["é", "aé"]),
    (r"[^aeiou\s]+", ["xyz", "123"], ["xaz", "a"]),
    (r"[a-z-[aeiou]]+", ["xyz", "b"], ["abc", "e"]),
    (r"(ab){2,3}", ["abab", "ababab"], ["ab", "abababab"]),
    (r"\P{L}+", ["123", "-."], ["a", "1a"]),
    (r"[\-\\.^$]+", ["-.", "$^"], ["a", "("]),
    (r"a.c", ["abc", "a-c"], ["ac", "abbc"]),
    (r"x{0,3}y{2,}", ["yy", "xxxyyy"], ["xxxxyy", "xy"]),
    (r"\w+(\.\w+)*", ["a.b", "abc"], ["a..b", ".a"]),
    (r"\S+\s?\S*", ["a b", "ab"], ["a b c"]),
    (r"[0-9a-fA-F]+|none", ["00Ff", "none"], ["nona", "g"]),
    (r"(\+|-)?[0-9]+", ["+1", "-42"], ["1.0", "+-1"])]

NO_LISTS = {"string", "normalizedString", "token", "anySimpleType", "anyURI", "NMTOKENS", "IDREFS",
            "ID", "IDREF", "base64Binary", "hexBinary", "QName"}
ORDERED = {"float", "double", "decimal", "duration", "dateTime", "date", "time", "gYear",
           "gYearMonth", "gMonthDay", "gDay", "gMonth"} | set(INTEGERS)
MEASURED = {"string", "normalizedString", "token", "NMTOKEN", "NCName", "Name", "anyURI"}
SIZED = MEASURED | {"hexBinary", "base64Binary"}


@dataclass
class Simple:
    reference: str  # prefixed name
    good: list
    bad: list
    root: str  # the built-in, "list" or "union"
    definition: str = ""  # of a named type: what stands inside xs:simpleType
    name: str = ""
    base: object = None


def built_in(name):
    if name in INTEGERS:
        low, high = INTEGERS[name]
        middle = max(low, min(7, high))
        good = [str(low), str(middle), f"{middle + 1:03d}" if high > 9 else str(middle), str(high)]
        below = str(low - 1) if low != -10**20 else "1.5"
        return Simple("xs:" + name, sorted(set(good), key=int),
                      [below, "", "a", "1.0", "--1", "+9"], name)
    good, bad = BUILT_INS[name]
    return Simple("xs:" + name, list(good), list(bad), name)


def any_built_in(rng):
    """Not ID and IDREF: the maker of documents has to know where they are."""
    return built_in(rng.choice([name for name in (*BUILT_INS, *INTEGERS) if name[:2] != "ID"]))


def _facet(name, value):
    return f"<xs:{name} value={quoteattr(str(value))}/>"


def _by_pattern(rng, base):
    parts = rng.sample(PATTERNS, rng.choice([1, 1, 2]))
    good = [value for _, values, _ in parts for value in values]
    bad = [value for _, _, values in parts for value in values]
    return "".join(_facet("pattern", part[0]) for part in parts), good, bad


def _by_length(rng, base):
    least, most = sorted((rng.randint(0, 4), rng.randint(2, 9)))
    letters = {"hexBinary": "ab", "base64Binary": "YWJj"}
    if base.root == "base64Binary":
        return _facet("maxLength", 3), ["YWJj", "YQ=="], ["YWJjYWJj"]
    unit = letters.get(base.root, "x")
    if rng.random() < 0.3:
        return _facet("length", most), [unit * most], [unit * (most + 1), unit * max(0, most - 1)]
    good = [unit * n for n in (least, most) if n > 0] or [unit]
    bad = [unit * (most + 1), unit * (most + 30)] + ([unit * (least - 1)] if least > 1 else [])
    return _facet("minLength", least) + _facet("maxLength", most), good, bad


def _by_bounds(rng, base):
    good = base.good
    if len(good) < 3:
        return _facet("enumeration", good[0]), [good[0]], base.bad + good[1:]
    low, high = sorted(rng.sample(range(len(good)), 2))
    text, kept = "", list(range(len(good)))
    if rng.random() < 0.75:
        exclusive = rng.random() < 0.4 and high - low > 1
        text += _facet("minExclusive" if exclusive else "minInclusive", good[low].strip())
        kept = [i for i in kept if i > low or (i == low and not exclusive)]
    if rng.random() < 0.75 or not text:
        exclusive = rng.random() < 0.4 and high - low > 1
        text += _facet("maxExclusive" if exclusive else "maxInclusive", good[high].strip())
        kept = [i for i in kept if i < high or (i == high and not exclusive)]
    return text, [good[i] for i in kept], [good[i] for i in range(len(good)) if i not in kept]


def _by_digits(rng, base):
    total = rng.randint(1, 5)
    good, bad = ["1", "0" * 6 + "9"], ["1" * (total + 1), "9" * 12]
    text = _facet("totalDigits", total)
    if base.root == "decimal" and rng.random() < 0.7:
        text += _facet("fractionDigits", rng.randint(0, total))
        good, bad = [*good, "1.000000"], [*bad, "0.0000001", "." + "1" * (total + 1)]
    return text, good, bad


def _by_enumeration(rng, base):
    kept = rng.sample(base.good, rng.randint(1, min(4, len(base.good))))
    values = "".join(_facet("enumeration", value) for value in kept)
    return values, kept, [value for value in base.good if value not in kept]


def _any_boolean(rng, base):
    return _facet("pattern", "[a-z]+|1"), ["true", "false", "1"], ["0", " true"]


def _by_white_space(rng, base):
    mode = rng.choice(["collapse", "replace"] if base.root == "string" else ["collapse"])
    return _facet("whiteSpace", mode), [*base.good, " a  b "], []


def restriction(rng, base, name=""):
    """The facets are of one kind, because a second kind could leave no value at all."""
    if base.root == "anySimpleType":
        base = built_in("string")
    # The specification has no enumeration of xs:boolean.
    ways = [_by_enumeration] if base.root != "boolean" else [_any_boolean]
    fresh = base.base is None
    if fresh and base.root in ("string", "normalizedString", "token"):
        ways += [_by_pattern] * 5 + [_by_white_space]
    if fresh and base.root in SIZED:
        ways += [_by_length] * 2
    if base.root in ORDERED and len(base.good) > 2:
        ways += [_by_bounds] * 3
    if fresh and (base.root == "decimal" or base.root in ("integer", "long", "int")):
        ways += [_by_digits] * 2
    facets, good, bad = rng.choice(ways)(rng, base)
    inside = f'<xs:restriction base="{base.reference}">{facets}</xs:restriction>'
    return Simple("", good or base.good[:1], [*bad, *base.bad], base.root, inside, name, base)


def list_of(rng, item, name=""):
    words = [value for value in item.good if value and not value.split()[1:]] or ["1"]
    good = [" ".join(rng.choice(words) for _ in range(n)) for n in (1, 2, 3)]
    bad = [f"{words[0]} {bad}" for bad in item.bad if bad]
    inside = f'<xs:list itemType="{item.reference}"/>'
    if rng.random() < 0.5:
        most = rng.randint(2, 4)
        good, bad = good[:2], [*bad, " ".join([words[0]] * (most + 1))]
        inside = (f"<xs:restriction><xs:simpleType>{inside}</xs:simpleType>"
                  f"{_facet('maxLength', most)}</xs:restriction>")
    return Simple("", good, bad, "list", inside, name)


def union_of(members, name=""):
    good = [value for member in members for value in member.good]
    bad = [value for member in members for value in member.bad]
    inside = f'<xs:union memberTypes="{" ".join(member.reference for member in members)}"/>'
    return Simple("", good, bad, "union", inside, name)


def random_types(rng, prefix, count):
    """Named types; later ones build on earlier ones."""
    made = []
    for number in range(count):
        name = f"st{number}"
        known = list(made)
        dice = rng.random()
        items = [each for each in known if each.root not in NO_LISTS | {"list", "union"}]
        if dice < 0.12:
            plain = built_in(rng.choice([n for n in [*BUILT_INS, *INTEGERS] if n not in NO_LISTS]))
            new = list_of(rng, rng.choice(items) if items and rng.random() < 0.6 else plain, name)
        elif dice < 0.24 and len(known) > 1:
            new = union_of(rng.sample(known, 2), name)
        elif dice < 0.5 and known:
            new = restriction(rng, rng.choice(known), name)
        else:
            base = any_built_in(rng)
            new = restriction(rng, base, name)
        new.reference = f"{prefix}:{name}"
        made.append(new)
    return made
