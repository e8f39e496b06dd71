# SPDX-License-Identifier: Apache-2.0
"""Random schemas of XSD 1.0 as a small model that documents can be made from, and as files.

Valid by construction as far as it goes: within one content model an element name stands once,
unless an element that must be there parts its places, so that the particle of each element is
unique (cos-nonambig). Two namespaces: a has the elements, b is imported; a is in two files."""
from dataclasses import dataclass, field

import simple_types
from simple_types import any_built_in, built_in, restriction

A, B, OTHER = "urn:a", "urn:b", "urn:c"
PREFIXES = {A: "a", B: "b", OTHER: "c"}
HEAD = ('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:a="urn:a" xmlns:b="urn:b" '
        'targetNamespace="{0}" elementFormDefault="{1}" attributeFormDefault="{2}">\n')


@dataclass
class Element:
    name: str
    space: str  # of its global declaration, or of the schema that it is local to
    type: object  # Simple or Complex
    is_global: bool = False
    qualified: bool = True
    nillable: bool = False
    default: str = None
    fixed: str = None
    abstract: bool = False
    block: str = ""
    head: object = None
    members: list = field(default_factory=list)
    constraints: str = ""

    @property
    def key(self):
        return (self.space if self.is_global or self.qualified else "", self.name)


@dataclass
class Attribute:
    name: str
    type: object
    space: str = ""  # not empty: a reference to a global one
    use: str = "optional"
    default: str = None
    fixed: str = None


@dataclass
class Particle:
    kind: str  # element, sequence, choice, all, any
    least: int = 1
    most: int = 1  # -1: unbounded
    element: Element = None
    parts: list = field(default_factory=list)
    spaces: str = ""
    process: str = ""


@dataclass
class Complex:
    name: str = ""
    space: str = A
    base: object = None
    method: str = ""
    particle: Particle = None  # all of it, what is inherited too
    own: Particle = None  # what an extension adds
    simple: object = None  # the type of simple content
    attributes: list = field(default_factory=list)
    own_attributes: list = field(default_factory=list)
    wild_attributes: tuple = ()  # namespaces, processContents
    own_wild: tuple = ()
    mixed: bool = False
    abstract: bool = False
    block: str = ""
    derived: list = field(default_factory=list)

    @property
    def reference(self):
        return f"{PREFIXES[self.space]}:{self.name}"


def counts(rng, large):
    dice = rng.random()
    if large and dice < 0.25:
        return rng.choice([(0, 500), (3, 300), (20, 60), (0, 1000), (100, 110)])
    return rng.choice([(1, 1), (1, 1), (1, 1), (0, 1), (0, 1), (0, -1), (1, -1), (2, 2), (1, 3),
                       (2, 5), (0, 4), (3, -1), (0, 0) if dice > 0.9 else (1, 1)])


def leaves(particle):
    if particle is None:
        return
    if particle.kind in ("element", "any"):
        yield particle
    for part in particle.parts:
        yield from leaves(part)


class Maker:
    def __init__(self, rng):
        self.rng = rng
        self.qualified = rng.random() < 0.7
        self.attributes_qualified = rng.random() < 0.15
        self.large = rng.random() < 0.15
        self.number = 0
        self.simple = {A: [], B: []}
        self.complex = {A: [], B: []}
        self.elements = {A: [], B: []}
        self.global_attributes = {A: [], B: []}

    def fresh(self, stem):
        self.number += 1
        return f"{stem}{self.number}"

    # Declarations.

    def some_simple(self):
        pool = self.simple[A] + self.simple[B]
        return self.rng.choice(pool) if self.rng.random() < 0.7 else any_built_in(self.rng)

    def attribute(self, space):
        rng = self.rng
        if self.global_attributes[space] and rng.random() < 0.2:
            known = rng.choice(self.global_attributes[space])
            return Attribute(known.name, known.type, space, rng.choice(["optional", "required"]))
        made = Attribute(self.fresh("t"), self.some_simple())
        made.use = rng.choice(["optional", "optional", "required"])
        if made.type.good and rng.random() < 0.2:
            made.use = "optional"
            setattr(made, rng.choice(["default", "fixed"]), rng.choice(made.type.good))
        return made

    def attributes_for(self, made, space):
        rng = self.rng
        taken = {each.name for each in made.attributes}
        for _ in range(rng.choice([0, 0, 1, 2])):
            new = self.attribute(space)
            if new.name not in taken:
                taken.add(new.name)
                made.own_attributes.append(new)
        for name, kind, chance in (("k", "kt", 0.35), ("r", "kt", 0.35), ("xid", "ID", 0.12),
                                   ("xref", "IDREF", 0.1)):
            if name not in taken and rng.random() < chance:
                of = built_in(kind) if kind != "kt" else self.key_type
                use = "optional" if name == "xref" else rng.choice(["optional", "required"])
                made.own_attributes.append(Attribute(name, of, use=use))
        if rng.random() < 0.15 and not made.wild_attributes:
            made.own_wild = (rng.choice(["##any", "##other", "##local", "urn:b", "urn:c urn:b",
                                         "##targetNamespace ##local"]),
                             rng.choice(["strict", "lax", "skip"]))
            made.wild_attributes = made.own_wild
        made.attributes = made.attributes + made.own_attributes

    def local_element(self, space, kind=None):
        rng = self.rng
        kind = kind or (rng.choice(self.complex[space]) if self.complex[space]
                        and rng.random() < 0.45 else self.some_simple())
        made = Element(self.fresh("e"), space, kind, qualified=self.qualified)
        made.nillable = rng.random() < 0.2
        values = getattr(kind, "good", None)
        if values and rng.random() < 0.12:
            setattr(made, rng.choice(["default", "fixed"]), rng.choice(values))
        return made

    def leaf(self, space, taken):
        known = [each for each in self.elements[space] + self.elements[B]
                 if each.key not in taken and not {m.key for m in each.members} & taken
                 and (each.head is None or each.head.key not in taken)]
        if known and self.rng.random() < 0.35:
            chosen = self.rng.choice(known)
        else:
            chosen = self.local_element(space)
        taken.add(chosen.key)
        taken.update(member.key for member in chosen.members)
        least, most = counts(self.rng, self.large and not isinstance(chosen.type, Complex))
        return Particle("element", least, most, chosen)

    def group(self, space, taken, depth):
        rng = self.rng
        kind = rng.choice(["sequence", "sequence", "choice"])
        parts = []
        for _ in range(rng.randint(1, 4)):
            nested = depth < 3 and rng.random() < 0.3
            parts.append(self.group(space, taken, depth + 1) if nested
                         else self.leaf(space, taken))
        least, most = counts(rng, False) if depth else rng.choice([(1, 1)] * 4 + [(0, 1), (1, 3),
                                                                                  (0, -1)])
        # A loop around what may be empty, and around a count, is no clear content model.
        if most != 1 and kind == "sequence" and all(part.least == 0 for part in parts):
            parts[0].least = 1
            parts[0].most = max(parts[0].most, 1) if parts[0].most != -1 else -1
        if most != 1:
            for part in parts:
                if part.kind == "element" and part.most not in (0, 1, -1):
                    part.most = -1 if part.least < 2 else part.least
        return Particle(kind, least, most, parts=parts)

    def content(self, space):
        rng, taken = self.rng, set()
        if rng.random() < 0.1:
            parts = [self.leaf(space, taken) for _ in range(rng.randint(1, 4))]
            for part in parts:
                part.least, part.most = rng.choice([(0, 1), (1, 1)])
            return Particle("all", rng.choice([0, 1, 1]), 1, parts=parts)
        if rng.random() < 0.06:
            return None
        group = self.group(space, taken, 0)
        if group.kind == "sequence" and group.most == 1:
            self.repeat_a_name(group)
            self.add_wildcard(group, space, taken)
        return group

    def repeat_a_name(self, group):
        """x ... y x: the second x can be told from the first because y stands between them."""
        parts = group.parts
        simple = [i for i, part in enumerate(parts) if part.kind == "element"]
        if len(simple) < 2 or self.rng.random() > 0.15:
            return
        last = parts[simple[-1]]
        if simple[-1] == len(parts) - 1 and last.least == last.most > 0:
            again = parts[simple[0]].element
            if again is not last.element:
                parts.append(Particle("element", 0, self.rng.choice([1, 3, -1]), again))

    def add_wildcard(self, group, space, taken):
        rng = self.rng
        if rng.random() > 0.2:
            return
        spaces = {key[0] for key in taken}
        fixed = all(part.kind == "element" and part.least == part.most for part in group.parts)
        forms = ["urn:c", "urn:c urn:d"]
        if spaces <= {space}:
            forms += ["##other", "##other"]
        if "" not in spaces:
            forms += ["##local"]
        if fixed:
            forms += ["##any"] * 3 + ["##targetNamespace", "##targetNamespace ##local"]
        least, most = rng.choice([(0, -1), (0, 1), (1, 1), (0, 3), (1, 2)])
        group.parts.append(Particle("any", least, most, spaces=rng.choice(forms),
                                    process=rng.choice(["strict", "lax", "skip"])))

    # Types.

    def complex_type(self, space):
        rng = self.rng
        made = Complex(self.fresh("ct"), space)
        pool = self.complex[space]
        dice = rng.random()
        if pool and dice < 0.25:
            self.extend(made, rng.choice(pool))
        elif pool and dice < 0.42:
            self.restrict(made, rng.choice(pool))
        elif dice < 0.58:
            made.simple = self.some_simple()
            made.base, made.method = made.simple, "extension"
            self.attributes_for(made, space)
        else:
            made.mixed = rng.random() < 0.15
            made.particle = self.content(space)
            self.attributes_for(made, space)
            made.abstract = rng.random() < 0.06
        self.complex[space].append(made)
        return made

    def extend(self, made, base):
        made.base, made.method, made.mixed = base, "extension", base.mixed
        made.attributes = list(base.attributes)
        made.wild_attributes, made.simple = base.wild_attributes, base.simple
        made.particle = base.particle
        open_ended = any(leaf.kind == "any" for leaf in leaves(base.particle))
        kinds = {base.particle.kind} if base.particle else set()
        if made.simple is None and not open_ended and "all" not in kinds:
            taken = {leaf.element.key for leaf in leaves(base.particle)}
            taken |= {m.key for leaf in leaves(base.particle) for m in leaf.element.members}
            taken |= {leaf.element.head.key for leaf in leaves(base.particle)
                      if leaf.element.head}
            if self.rng.random() < 0.8:
                made.own = self.group(made.space, taken, 1)
                parts = [made.particle, made.own] if made.particle else [made.own]
                made.particle = Particle("sequence", parts=parts)
        self.attributes_for(made, made.space)
        base.derived.append(made)

    def restrict(self, made, base):
        rng = self.rng
        made.base, made.method, made.mixed = base, "restriction", base.mixed
        made.simple, made.wild_attributes = base.simple, base.wild_attributes
        made.attributes = list(base.attributes)
        for i, old in enumerate(made.attributes):
            if old.space or old.fixed or old.default or rng.random() < 0.6:
                continue
            use = rng.choice(["required", "prohibited"]) if old.use == "optional" else "required"
            new = Attribute(old.name, old.type, use=use)
            made.own_attributes.append(new)
            made.attributes[i] = new
        made.attributes = [each for each in made.attributes if each.use != "prohibited"]
        if made.simple is not None and rng.random() < 0.6:
            made.simple = restriction(rng, made.simple)
            made.own = made.simple
        if made.simple is None:
            made.particle = self.tighter(base.particle)
        made.own_wild = made.wild_attributes
        base.derived.append(made)

    def tighter(self, particle):
        if particle is None:
            return None
        least, most = particle.least, particle.most
        if self.rng.random() < 0.4 and particle.kind == "element":
            if least == 0 and self.rng.random() < 0.5 and most != 0:
                least = 1
            elif most == -1 or most > least + 1:
                most = max(least, 1) + self.rng.randint(0, 1)
        return Particle(particle.kind, least, most, particle.element,
                        [self.tighter(part) for part in particle.parts], particle.spaces,
                        particle.process)

    def global_element(self, space):
        rng = self.rng
        pool = [each for each in self.complex[space] if not each.abstract]
        kind = rng.choice(pool) if pool and rng.random() < 0.6 else self.some_simple()
        made = Element(self.fresh("g"), space, kind, is_global=True)
        made.nillable = rng.random() < 0.2
        made.abstract = rng.random() < 0.12
        if rng.random() < 0.08:
            made.block = rng.choice(["extension", "restriction", "substitution", "#all"])
        self.elements[space].append(made)
        if rng.random() < 0.5 or made.abstract:
            for _ in range(rng.randint(1, 2)):
                types = [kind, *getattr(kind, "derived", [])]
                member = Element(self.fresh("m"), space, rng.choice(types), is_global=True)
                member.head = made
                made.members.append(member)
                self.elements[space].append(member)
        return made

    def namespace(self, space, simple, complex_types, elements):
        rng = self.rng
        self.simple[space] = simple_types.random_types(rng, PREFIXES[space], simple)
        for _ in range(rng.randint(0, 2)):
            self.global_attributes[space].append(
                Attribute(self.fresh("ga"), self.some_simple(), space))
        for number in range(max(complex_types, elements)):
            if number < complex_types:
                self.complex_type(space)
            if number < elements:
                self.global_element(space)

    def make(self):
        rng = self.rng
        self.key_type = built_in(rng.choice(["int", "decimal", "token", "integer", "double"]))
        self.namespace(B, rng.randint(1, 2), rng.randint(0, 2), rng.randint(1, 2))
        self.namespace(A, rng.randint(2, 5), rng.randint(3, 8), rng.randint(1, 4))
        kinds = [each for each in self.complex[A] if not each.abstract and each.particle]
        parts = []
        for kind in rng.sample(kinds, min(len(kinds), rng.randint(2, 4))):
            least, most = rng.choice([(0, -1), (1, 3), (1, 1), (2, 4)])
            parts.append(Particle("element", least, most, self.local_element(A, kind)))
        parts.append(self.leaf(A, {part.element.key for part in parts}))
        top = Complex(self.fresh("ct"), A, particle=Particle("sequence", parts=parts))
        self.attributes_for(top, A)
        self.complex[A].append(top)
        self.root = Element("root", A, top, is_global=True)
        self.elements[A].append(self.root)
        return self
