# SPDX-License-Identifier: Apache-2.0
"""BodyDigest of an example message: SHA-256 over the exclusive canonical form of its body.

xmllint makes the canonical form (it keeps comments, which the algorithm leaves out: an example has
none in its body). A body uses no namespace that its root does not declare, so that the form of the
body alone is the form of the body inside the message."""
import hashlib
import re
import subprocess


def said(text):
    """The digest that a message states, or None."""
    found = re.search(r"<BodyDigest[^>]*>([^<]*)<", text)
    return found[1] if found else None


def computed(text):
    """The digest of the body of a message, as XML Signature would compute it. None without a body."""
    root = re.search(r"<Message\b([^>]*)>", text)
    body = re.search(r"</Envelope>\s*<([A-Z]{4})\b(.*</\1>)", text, re.S)
    if not root or not body or "<!--" in body[2]:
        return None
    alone = f"<{body[1]}{root[1]}{body[2]}"
    run = subprocess.run(["xmllint", "--nonet", "--exc-c14n", "-"], input=alone.encode("utf-8"),
                         capture_output=True, check=False)
    return hashlib.sha256(run.stdout).hexdigest() if run.returncode == 0 else None
