# SPDX-License-Identifier: Apache-2.0
"""Makes a document on which engines differ smaller, as long as they differ in the same way."""
import copy

from document_maker import Node, write

ROUNDS = 8
CANDIDATES = 80  # documents in one question to the engines


def _without_one(node):
    """Copies of the document, each without one child or attribute; large parts first."""
    count = len(list(node.nodes()))
    places = []
    for number, each in enumerate(node.nodes()):
        for i, child in enumerate(each.children):
            size = len(list(child.nodes())) if isinstance(child, Node) else 1
            places.append((-size, number, "children", i))
        places += [(0, number, "attributes", name) for name in each.attributes]
    places.sort(key=lambda place: (place[0], place[1], str(place[3])))
    for _, number, part, key in places[:CANDIDATES if count else 0]:
        smaller = copy.deepcopy(node)
        target = next(each for i, each in enumerate(smaller.nodes()) if i == number)
        del getattr(target, part)[key]
        yield smaller


def smaller(node, verdicts, ask, folder):
    """`ask` takes names of files in `folder` and gives outcomes by engine."""
    for _ in range(ROUNDS):
        candidates = list(_without_one(node))
        names = [f"candidate{i}.xml" for i in range(len(candidates))]
        for name, candidate in zip(names, candidates):
            (folder / name).write_text(write(candidate), encoding="utf-8")
        outcomes = ask(names) if names else {}
        same = [candidate for name, candidate in zip(names, candidates)
                if {each: outcome.documents[name].verdict
                    for each, outcome in outcomes.items() if each in verdicts} == verdicts]
        for name in names:
            (folder / name).unlink()
        if not same:
            return node
        node = min(same, key=lambda each: len(write(each)))
    return node
