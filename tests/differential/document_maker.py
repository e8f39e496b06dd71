# SPDX-License-Identifier: Apache-2.0
"""Documents of a random schema: made to be valid, then some of them spoiled."""
import copy
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from schema_maker import A, B, OTHER, PREFIXES, Complex

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XS = "http://www.w3.org/2001/XMLSchema"
DECLARED = {A: "a", B: "b", OTHER: "c", XSI: "xsi", XS: "xs", "urn:d": "d"}
TYPE, NIL = (XSI, "type"), (XSI, "nil")
MANY = 150  # elements, after which a document only gets what it must have
MOST = 600  # elements, after which it does not even get that
DEEP, DEEPEST = 6, 20  # a type derived from the type of an ancestor can ask for itself without end


@dataclass
class Raw:
    text: str  # a comment, a processing instruction, white space, escaped text


@dataclass
class Node:
    name: tuple  # namespace, local name
    attributes: dict = field(default_factory=dict)
    children: list = field(default_factory=list)  # Node, str or Raw
    simple: object = None  # type of the text
    kinds: dict = field(default_factory=dict)  # attribute -> simple type

    def nodes(self):
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child.nodes()


def _qname(name):
    return f"{DECLARED[name[0]]}:{name[1]}" if name[0] else name[1]


def write(node, declare=True):
    words = "".join(f" {_qname(name)}={quoteattr(value)}"
                    for name, value in node.attributes.items())
    if declare:
        words = "".join(f' xmlns:{p}="{space}"' for space, p in DECLARED.items()) + words
    inside = "".join(child.text if isinstance(child, Raw)
                     else escape(child) if isinstance(child, str)
                     else write(child, False) for child in node.children)
    name = _qname(node.name)
    return f"<{name}{words}>{inside}</{name}>" if inside else f"<{name}{words}/>"


class DocumentMaker:
    def __init__(self, rng, schema):
        self.rng = rng
        self.schema = schema
        self.made = 0
        self.depth = 0

    def make(self):
        self.made = 0
        root = self.node(self.schema.root)
        self.settle_keys(root)
        return root

    def node(self, element):
        self.made += 1
        self.depth += 1
        made = self.node_here(element) if self.depth < DEEPEST else Node(element.key)
        self.depth -= 1
        return made

    def node_here(self, element):
        rng = self.rng
        choices = [member for member in element.members if not member.abstract]
        shallow = self.depth < DEEP
        if choices and (element.abstract or (shallow and rng.random() < 0.35)):
            element = rng.choice(choices)
        node = Node(element.key)
        kind = element.type
        if isinstance(kind, Complex):
            options = [each for each in self.derived(kind) if not each.abstract]
            if options and (kind.abstract or (shallow and rng.random() < 0.2)):
                kind = rng.choice(options)
                node.attributes[TYPE] = kind.reference
            self.attributes(node, kind)
        if element.nillable and rng.random() < 0.15:
            node.attributes[NIL] = "true"
        elif not isinstance(kind, Complex):
            node.simple = kind
            self.text(node, element)
        elif kind.simple is not None:
            node.simple = kind.simple
            self.text(node, element)
        else:
            node.children = self.content(kind.particle)
            if kind.mixed:
                node.children = [each for child in node.children
                                 for each in (rng.choice(["", "text ", "\n"]), child)]
            elif rng.random() < 0.05:
                node.children.insert(0, Raw("\n  "))
        return node

    def derived(self, kind):
        for each in kind.derived:
            yield each
            yield from self.derived(each)

    def text(self, node, element):
        value = element.fixed or self.rng.choice(node.simple.good)
        if (element.default or element.fixed) and self.rng.random() < 0.4:
            value = ""
        node.children = [value] if value else []

    def attributes(self, node, kind):
        rng = self.rng
        for each in kind.attributes:
            if each.use == "optional" and rng.random() < 0.4:
                continue
            space = each.space or (kind.space if self.schema.attributes_qualified else "")
            node.kinds[space, each.name] = each.type
            node.attributes[space, each.name] = each.fixed or rng.choice(each.type.good)
        if kind.wild_attributes and rng.random() < 0.5:
            spaces, process = kind.wild_attributes
            space = self.some_space(spaces)
            known = self.schema.global_attributes.get(space)
            if known and rng.random() < 0.8:
                chosen = rng.choice(known)
                node.attributes[chosen.space, chosen.name] = rng.choice(chosen.type.good)
            elif process != "strict":
                node.attributes[space, "u"] = "1"

    def some_space(self, spaces):
        options = {"##any": [A, B, OTHER, ""], "##other": [B, OTHER], "##local": [""],
                   "##targetNamespace": [A]}
        return self.rng.choice(options.get(self.rng.choice(spaces.split()), [OTHER, "urn:d", B]))

    def content(self, particle):
        if particle is None:
            return []
        rng = self.rng
        least, most = particle.least, particle.most
        room = 3 if most == -1 else min(3, most - least)
        number = least + (rng.randint(0, max(room, 0)) if self.made < MANY else 0)
        if most > 10 and rng.random() < 0.15:
            number = min(most, 130) + rng.choice([0, 0, 1])
        found = []
        for _ in range(number if self.made < MOST else 0):
            found += self.once(particle)
        return found

    def once(self, particle):
        rng = self.rng
        if particle.kind == "element":
            return [self.node(particle.element)]
        if particle.kind == "any":
            return [self.wild(particle)]
        parts = list(particle.parts)
        if particle.kind == "choice":
            parts = [rng.choice([part for part in parts if part.most] or parts)]
        elif particle.kind == "all":
            rng.shuffle(parts)
        return [child for part in parts for child in self.content(part)]

    def wild(self, particle):
        space = self.some_space(particle.spaces)
        known = [each for each in self.schema.elements.get(space, []) if not each.abstract
                 and each is not self.schema.root]
        if known and self.made < MANY and self.rng.random() < 0.7:
            return self.node(self.rng.choice(known))
        return Node((space, "wild"), children=[Node((space, "inner"))])

    # Keys and references are set when all elements are there.

    def key(self, number):
        forms = {"int": ["{}", "0{}", "+{}"], "integer": ["{}", "00{}"], "token": ["k{}", " k{} "],
                 "decimal": ["{}", "{}.0", "0{}.00"], "double": ["{}", "{}.0", "{}E0"]}
        return self.rng.choice(forms[self.schema.key_type.root]).format(number)

    def settle_keys(self, root):
        keys, ids = 0, []
        everything = list(root.nodes())
        for node in everything:
            for name in node.attributes:
                if name[1] == "k":
                    keys += 1
                    node.attributes[name] = self.key(keys)
                elif name[1] == "xid":
                    ids.append(f"id{len(ids)}")
                    node.attributes[name] = ids[-1]
        for node in everything:
            for name in list(node.attributes):
                if name[1] == "r":
                    node.attributes[name] = self.key(self.rng.randint(1, max(keys, 1)))
                elif name[1] == "xref" and ids:
                    node.attributes[name] = self.rng.choice(ids)
                elif name[1] == "xref":
                    del node.attributes[name]


class Spoiler:
    """Each way changes one thing. What comes out may still be valid: the engines say."""

    def __init__(self, rng, schema):
        self.rng = rng
        self.schema = schema
        self.ways = [self.drop, self.repeat, self.swap, self.rename, self.other_space, self.value,
                     self.value, self.attribute_value, self.attribute_value, self.drop_attribute,
                     self.add_attribute, self.twin_key, self.break_reference, self.type_trick,
                     self.type_trick, self.nil_trick, self.add_text, self.add_remark, self.empty,
                     self.add_child, self.move, self.retype_value]

    def spoil(self, root):
        root = copy.deepcopy(root)
        for _ in range(self.rng.choice([1, 1, 1, 2])):
            self.rng.choice(self.ways)(root)
        return root

    def parent(self, root):
        parents = [node for node in root.nodes()
                   if any(isinstance(child, Node) for child in node.children)]
        if not parents:
            return root, None
        chosen = self.rng.choice(parents)
        places = [i for i, child in enumerate(chosen.children) if isinstance(child, Node)]
        return chosen, self.rng.choice(places)

    def any_node(self, root):
        return self.rng.choice(list(root.nodes()))

    def drop(self, root):
        parent, i = self.parent(root)
        if i is not None:
            del parent.children[i]

    def repeat(self, root):
        parent, i = self.parent(root)
        if i is not None:
            for _ in range(self.rng.choice([1, 1, 4])):
                parent.children.insert(i, copy.deepcopy(parent.children[i]))

    def swap(self, root):
        parent, i = self.parent(root)
        if i:
            parent.children[i - 1:i + 1] = reversed(parent.children[i - 1:i + 1])

    def move(self, root):
        parent, i = self.parent(root)
        if i is not None:
            parent.children.append(parent.children.pop(i))

    def rename(self, root):
        node = self.any_node(root)
        other = self.any_node(root).name[1]
        node.name = (node.name[0], self.rng.choice([other, "zzz", node.name[1].upper()]))

    def other_space(self, root):
        node = self.any_node(root)
        node.name = (self.rng.choice(["", A, B, OTHER]), node.name[1])

    def value(self, root):
        nodes = [node for node in root.nodes() if node.simple is not None]
        if nodes:
            node = self.rng.choice(nodes)
            node.children = [self.rng.choice([*node.simple.bad, *node.simple.good, "", "\u00a0x"])]

    def retype_value(self, root):
        nodes = [node for node in root.nodes() if node.simple is not None]
        if nodes:
            give, take = self.rng.choice(nodes), self.rng.choice(nodes)
            take.children = list(give.children)

    def attribute_value(self, root):
        pairs = [(node, name) for node in root.nodes() for name in node.kinds
                 if name in node.attributes]
        if pairs:
            node, name = self.rng.choice(pairs)
            kind = node.kinds[name]
            node.attributes[name] = self.rng.choice([*kind.bad, *kind.good, ""])

    def drop_attribute(self, root):
        pairs = [(node, name) for node in root.nodes() for name in node.attributes]
        if pairs:
            node, name = self.rng.choice(pairs)
            del node.attributes[name]

    def add_attribute(self, root):
        name = (self.rng.choice(["", A, B, OTHER]), self.rng.choice(["u", "k", "t1", "lang"]))
        known = [(each.space, each.name) for pool in self.schema.global_attributes.values()
                 for each in pool]
        if known and self.rng.random() < 0.4:
            name = self.rng.choice(known)
        self.any_node(root).attributes[name] = self.rng.choice(["1", "", "a"])

    def _twin(self, root, name):
        pairs = [(node, each) for node in root.nodes() for each in node.attributes
                 if each[1] == name]
        if len(pairs) > 1:
            (one, name_one), (two, name_two) = self.rng.sample(pairs, 2)
            value = one.attributes[name_one]
            two.attributes[name_two] = value.replace("E0", "").replace(".00", "").strip()

    def twin_key(self, root):
        self._twin(root, self.rng.choice(["k", "k", "xid"]))

    def break_reference(self, root):
        for node in root.nodes():
            for name in node.attributes:
                if name[1] in ("r", "xref") and self.rng.random() < 0.5:
                    node.attributes[name] = self.rng.choice(["999", "k999", "id999"])
                    return

    def type_trick(self, root):
        named = [each.reference for pool in (self.schema.complex, self.schema.simple)
                 for space in pool for each in pool[space]]
        self.any_node(root).attributes[TYPE] = self.rng.choice(
            [*named, "xs:string", "xs:int", "xs:anyType", "a:none", "none", "q:none", ""])

    def nil_trick(self, root):
        node = self.any_node(root)
        node.attributes[NIL] = self.rng.choice(["true", "1", "false", "0", "yes", " true "])
        if self.rng.random() < 0.5:
            node.children = []

    def add_text(self, root):
        node = self.any_node(root)
        node.children.insert(self.rng.randint(0, len(node.children)),
                             self.rng.choice(["text", " ", "\n", Raw("<![CDATA[ ]]>"),
                                              Raw("&#x20;"), Raw("&#65;")]))

    def add_remark(self, root):
        node = self.any_node(root)
        node.children.insert(self.rng.randint(0, len(node.children)),
                             self.rng.choice([Raw("<!-- c -->"), Raw("<?p i?>")]))

    def empty(self, root):
        self.any_node(root).children = []

    def add_child(self, root):
        node = self.any_node(root)
        known = [each.key for space in (A, B) for each in self.schema.elements[space]]
        name = self.rng.choice([*known, (OTHER, "wild"), ("", "zzz")])
        node.children.insert(self.rng.randint(0, len(node.children)), Node(name))
