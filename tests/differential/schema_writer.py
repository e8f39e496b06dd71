# SPDX-License-Identifier: Apache-2.0
"""A schema of schema_maker.py as files: main.xsd, what it includes and what it imports."""
from xml.sax.saxutils import quoteattr

from schema_maker import A, B, HEAD, PREFIXES, Complex, leaves


def _pairs(**values):
    return "".join(f" {name.rstrip('_')}={quoteattr(str(value))}"
                   for name, value in values.items() if value not in (None, ""))


def _occurs(particle):
    least = None if particle.least == 1 else particle.least
    most = {1: None, -1: "unbounded"}.get(particle.most, particle.most)
    return _pairs(minOccurs=least, maxOccurs=most)


def _particle(particle):
    if particle is None:
        return ""
    occurs = _occurs(particle)
    if particle.kind == "any":
        return f"<xs:any{_pairs(namespace=particle.spaces, processContents=particle.process)}" \
               f"{occurs}/>"
    if particle.kind == "element":
        element = particle.element
        if element.is_global:
            name = f"{PREFIXES[element.space]}:{element.name}"
            return f"<xs:element{_pairs(ref=name)}{occurs}/>"
        return _element(element, occurs)
    inside = "".join(_particle(part) for part in particle.parts)
    return f"<xs:{particle.kind}{occurs}>{inside}</xs:{particle.kind}>"


def _element(element, occurs=""):
    head = element.head
    words = _pairs(name=element.name, type=element.type.reference,
                   substitutionGroup=head and f"{PREFIXES[head.space]}:{head.name}",
                   nillable="true" if element.nillable else None,
                   abstract="true" if element.abstract else None,
                   block=element.block, default=element.default, fixed=element.fixed)
    return f"<xs:element{words}{occurs}>{element.constraints}</xs:element>"


def _attribute(attribute):
    use = None if attribute.use == "optional" else attribute.use
    if attribute.space:
        return f"<xs:attribute{_pairs(ref=PREFIXES[attribute.space] + ':' + attribute.name)}" \
               f"{_pairs(use=use)}/>"
    words = _pairs(name=attribute.name, type=attribute.type.reference, use=use,
                   default=attribute.default, fixed=attribute.fixed)
    return f"<xs:attribute{words}/>"


def _attributes(kind):
    text = "".join(_attribute(each) for each in kind.own_attributes)
    if kind.own_wild:
        spaces, process = kind.own_wild
        text += f"<xs:anyAttribute{_pairs(namespace=spaces, processContents=process)}/>"
    return text


def _complex(kind):
    words = _pairs(name=kind.name, mixed="true" if kind.mixed else None,
                   abstract="true" if kind.abstract else None)
    attributes = _attributes(kind)
    if kind.base is None:
        return f"<xs:complexType{words}>{_particle(kind.particle)}{attributes}</xs:complexType>"
    content = "simpleContent" if kind.simple is not None else "complexContent"
    if kind.method == "extension":
        inside = _particle(kind.own if isinstance(kind.base, Complex) else None)
    elif kind.simple is not None:
        inside = "" if kind.own is None else _facets(kind.own)
    else:
        inside = _particle(kind.particle)
    mixed = _pairs(mixed="true" if kind.mixed and content == "complexContent" else None)
    return (f"<xs:complexType{words}><xs:{content}{mixed}>"
            f"<xs:{kind.method} base={quoteattr(kind.base.reference)}>{inside}{attributes}"
            f"</xs:{kind.method}></xs:{content}></xs:complexType>")


def _facets(simple):
    """What a restriction in a complex type with simple content holds: the facets alone."""
    start = simple.definition.index(">") + 1
    return simple.definition[start:-len("</xs:restriction>")]


def _components(maker, space):
    for simple in maker.simple[space]:
        yield f'<xs:simpleType name="{simple.name}">{simple.definition}</xs:simpleType>'
    for attribute in maker.global_attributes[space]:
        words = _pairs(name=attribute.name, type=attribute.type.reference)
        yield f"<xs:attribute{words}/>"
    for kind in maker.complex[space]:
        yield _complex(kind)
    for element in maker.elements[space]:
        yield _element(element)


def _file(maker, space, first, components):
    head = HEAD.format(space, "qualified" if maker.qualified else "unqualified",
                       "qualified" if maker.attributes_qualified else "unqualified")
    return head + "\n".join([first, *components]) + "\n</xs:schema>\n"


def write_schema(maker):
    """File names and texts; main.xsd is the one to give to an engine."""
    texts = list(_components(maker, A))
    split = maker.rng.randint(0, len(texts)) if maker.rng.random() < 0.4 else 0
    imported = '<xs:import namespace="urn:b" schemaLocation="other.xsd"/>'
    files = {"other.xsd": _file(maker, B, "", _components(maker, B)),
             "main.xsd": _file(maker, A, ('<xs:include schemaLocation="part.xsd"/>'
                                          if split else "") + imported, texts[split:])}
    if split:
        files["part.xsd"] = _file(maker, A, imported, texts[:split])
    return files


def _paths(kind, depth=0):
    for leaf in leaves(kind.particle):
        if leaf.kind != "element":
            continue
        space, name = leaf.element.key
        step = f"{PREFIXES[space]}:{name}" if space else name
        if isinstance(leaf.element.type, Complex):
            if leaf.most != 0:
                yield step, leaf.element.type
            if depth < 2:
                for path, found in _paths(leaf.element.type, depth + 1):
                    yield f"{step}/{path}", found


def add_constraints(maker):
    """Keys, unique values and references on the root and on elements of a complex type."""
    rng = maker.rng
    scopes = [maker.root] + [leaf.element for leaf in leaves(maker.root.type.particle)
                             if not leaf.element.is_global
                             and isinstance(leaf.element.type, Complex)]
    for number, scope in enumerate(scopes):
        paths = list(_paths(scope.type))
        keyed = [path for path, kind in paths if any(a.name == "k" for a in kind.attributes)]
        named = [path for path, kind in paths if any(a.name == "r" for a in kind.attributes)]
        if not keyed or rng.random() < 0.35:
            continue
        wide = rng.random() < 0.3
        chosen = rng.sample(keyed, min(len(keyed), rng.randint(1, 2)))
        must = {path for path, kind in paths
                if any(a.name == "k" and a.use == "required" for a in kind.attributes)}
        is_key = set(chosen) <= must and rng.random() < 0.8 or rng.random() < 0.1
        kind = "key" if is_key else "unique"
        if wide:
            chosen = [".//" + path.split("/")[-1] for path in chosen]
        scope.constraints += (f'<xs:{kind} name="c{number}"><xs:selector '
                              f'xpath="{"|".join(chosen)}"/>{_field(maker, "k")}</xs:{kind}>')
        if named and rng.random() < (0.5 if scope is maker.root else 0.1):
            scope.constraints += (f'<xs:keyref name="f{number}" refer="a:c{number}"><xs:selector '
                                  f'xpath="{rng.choice(named)}"/>{_field(maker, "r")}</xs:keyref>')


def _field(maker, name):
    prefix = "a:" if maker.attributes_qualified else ""
    return f'<xs:field xpath="@{prefix}{name}"/>'
