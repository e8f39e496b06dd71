# SPDX-License-Identifier: Apache-2.0
"""Values that are long, extreme or close to a bound: (element, value, is it of its type)."""

DIGITS = "9" * 60_000
VALUES = [
    ("n", "0." + "0" * 60_000 + "1", False),
    ("n", "1" + "0" * 60_000, False),
    ("n", "0" * 60_000 + "1.5" + "0" * 3, True),
    ("n", "-0." + "0" * 60_000, True),
    ("n", DIGITS + "." + DIGITS, False),
    ("n", "1e5", False),
    ("i", "-" + DIGITS, True),
    ("i", "+" + "0" * 60_000, True),
    ("i", DIGITS + "x", False),
    ("y", DIGITS, True),
    ("y", "-" + DIGITS, True),
    ("y", "0000", False),
    ("d", DIGITS + "-02-29T00:00:00", False),
    ("d", "4" * 60_000 + "-02-29T23:59:59." + DIGITS + "+14:00", True),
    ("d", "-99999999999999999999-12-31T24:00:00Z", True),
    ("d", "2024-02-30T00:00:00", False),
    ("d", "2024-01-01T00:00:00+14:01", False),
    ("p", f"P{DIGITS}Y{DIGITS}M{DIGITS}DT{DIGITS}H{DIGITS}M{DIGITS}.{DIGITS}S", True),
    ("p", "-P", False),
    ("p", "P1YT", False),
    ("x", DIGITS + "e" + DIGITS, True),
    ("x", "-0." + "0" * 60_000 + "1E-" + DIGITS, True),
    ("x", "1e", False),
    ("x", "+INF", False),
    ("h", "0F" * 30_000, True),
    ("h", "0F" * 30_000 + "0", False),
    ("b", "QUJD" * 15_000, True),
    ("b", "Q U J D " * 7_000, True),
    ("b", "QUJD" * 15_000 + "QR==", False),
    ("u", "http://[" + ":" * 60_000, False),
    ("u", "%41" * 20_000, True),
    ("u", "%" * 60_000, False),
    ("q", "p" * 200 + ":x", False),
    ("q", ":", False),
    ("l", "1 " * 30_000, True),
    ("l", "true 2024-02-29 0f 12.5 es " * 2_000, True),
    ("l", "1 " * 30_000 + "?", False),
    ("e", "f" * 60_000, True),
    ("e", "f" * 60_001, False),
]


def pieces():
    yield b'<batch xmlns="urn:h"><r>'
    for element, value, _ in VALUES:
        yield f"<{element}>{value}</{element}>\n".encode()
    yield b"</r></batch>"


def wrong():
    return sum(not is_right for _, _, is_right in VALUES)
