"""Writes Turtle, the same bytes each time: subjects in the order they are given, no blank nodes.

Terms are Turtle already (`h:Event`, `"..."@en`, `<http://...>`); the functions here make them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from schema.ontology import Text

#: One subject with its predicates and objects, in order.
Block = tuple[str, Sequence[tuple[str, str]]]

#: The prefix of our own namespace, and those of the W3C that every file uses.
OWN = "h"
W3C = {
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def own(name: str) -> str:
    """A term of our namespace."""
    return f"{OWN}:{name}"


def literal(text: str, language: str | None = None, datatype: str | None = None) -> str:
    """A quoted literal, with a language tag or a datatype (a prefixed name)."""
    quoted = f'"{text.translate(_ESCAPES)}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^{datatype}" if datatype else quoted


def labels(predicate: str, text: Text | None) -> list[tuple[str, str]]:
    """The text in both languages under one predicate; nothing for None."""
    if text is None:
        return []
    return [(predicate, literal(text.en, "en")), (predicate, literal(text.ar, "ar"))]


def named_list(base: str, items: Sequence[str]) -> list[Block]:
    """An RDF list whose cells have names (`base`-1, `base`-2, ...): blank ones differ from run to run."""
    return [
        (
            f"{base}-{number}",
            [
                ("rdf:first", item),
                ("rdf:rest", f"{base}-{number + 1}" if number < len(items) else "rdf:nil"),
            ],
        )
        for number, item in enumerate(items, start=1)
    ]


def document(prefixes: Mapping[str, str], blocks: Iterable[Block], comment: str) -> str:
    """The whole file: a comment, the prefixes sorted by name, the blocks."""
    lines = [f"# {comment}", ""]
    lines += [f"@prefix {name}: <{iri}> ." for name, iri in sorted(prefixes.items())]
    for subject, pairs in blocks:
        lines += ["", subject]
        lines += [f"    {predicate} {object_} ;" for predicate, object_ in pairs[:-1]]
        predicate, object_ = pairs[-1]
        lines.append(f"    {predicate} {object_} .")
    return "\n".join(lines) + "\n"
