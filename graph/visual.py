"""A graph as one HTML page that opens anywhere: pyvis draws it, and no request ever leaves it.

pyvis' own template links style sheets and scripts on other hosts, sets article text as HTML and writes
without an encoding. So its network goes through our template (`graph/assets/network.html`) with everything
inside: vis-network (from pyvis), the viewer's script and style, and the data as JSON that cannot end a
script element. The page's own content security policy refuses any other script and any connection.
Positions are computed beforehand (`graph.layout`). The same view gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from graph.layout import positions
from graph.view import Evidence, GraphView, ViewEdge, ViewNode
from schema.ontology import Entry, Ontology

ASSETS = Path(__file__).with_name("assets")

PHYSICS_LIMIT = 300
"""Past this number of nodes nothing moves by itself and edges are straight."""

EVIDENCE_LIMIT = 5
"""Sentences kept for one relation; the number of all of them is shown."""

Sentences = dict[tuple[str, str], int]
"""Document and text of every sentence shown, numbered in the order in which they came up."""

LINE_LENGTH = 20
CURVES = (0.0, 0.16, 0.3, 0.44, 0.58)


def network_html(view: GraphView, ontology: Ontology) -> str:
    """The page, as text to be written in UTF-8."""
    from pyvis.edge import Edge
    from pyvis.network import Network

    network = Network(directed=True, height="100%", width="100%", heading=view.title, cdn_resources="in_line")
    sentences: Sentences = {}
    for options in _nodes(view, ontology):
        network.add_node(options.pop("id"), **options)
    for options in _edges(view, ontology, sentences):
        # add_edge searches the whole list of nodes twice for every edge
        network.edges.append(Edge(options.pop("from"), options.pop("to"), True, **options).options)
    network.set_options(json.dumps(_view_options(len(view.nodes))))
    network.set_template_dir(str(ASSETS), "network.html")
    environment = network.templateEnv
    environment.autoescape = True
    environment.policies["json.dumps_kwargs"] = {
        "ensure_ascii": False,
        "separators": (",", ":"),
    }
    environment.globals.update(_page_parts(view, ontology, sentences))
    return str(network.generate_html())


def write_html(view: GraphView, ontology: Ontology, path: Path) -> None:
    """Write the page; the folder must exist. `OSError` when it cannot be written."""
    path.write_text(network_html(view, ontology), encoding="utf-8", newline="\n")


def legend(ontology: Ontology) -> dict[str, dict[str, dict[str, Any]]]:
    """Names, colours, shapes and lines of everything that a picture may show, ready for JSON."""
    return {
        "types": {
            name: {**_names(kind), "colour": kind.colour, "shape": kind.shape}
            for name, kind in ontology.entity_types.items()
        },
        "families": {
            name: {**_names(family), "colour": family.colour} for name, family in ontology.families.items()
        },
        "predicates": {
            name: {**_names(relation), "family": relation.family, "event": relation.event_type}
            for name, relation in ontology.relations.items()
        },
        "events": {name: _names(event) for name, event in ontology.event_types.items()},
        "statuses": {
            name: {
                **_names(status),
                "factual": status.factual,
                "dash": list(status.dash),
                "opacity": status.opacity,
            }
            for name, status in ontology.statuses.items()
        },
    }


@lru_cache(maxsize=1)
def vis_network_script() -> str:
    """vis-network 9.1.2 as it comes with pyvis (Apache-2.0 or MIT)."""
    import pyvis

    folder = Path(str(pyvis.__file__)).parent / "templates" / "lib" / "vis-9.1.2"
    return (folder / "vis-network.min.js").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def content_security_policy() -> str:
    """What an exported page may do: run its two scripts; no connection, no frame, no form."""
    hashes = " ".join(_script_hash(script) for script in (vis_network_script(), _asset("viewer.js")))
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _names(entry: Entry) -> dict[str, Any]:
    return {"ar": entry.label_ar, "en": entry.label_en}


def _script_hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _nodes(view: GraphView, ontology: Ontology) -> list[dict[str, Any]]:
    degrees = Counter(end for edge in view.edges for end in {edge.source, edge.target})
    sizes = {node.id: _size(degrees[node.id]) for node in view.nodes}
    points = positions(
        (node.id for node in view.nodes),
        ((edge.source, edge.target) for edge in view.edges),
        {node.id: _box(node, sizes[node.id]) for node in view.nodes},
    )
    made = []
    for node in view.nodes:
        kind = ontology.entity_type(node.type)
        x, y = points[node.id]
        made.append(
            {
                "id": node.id,
                "label": _wrapped(node.label_ar),
                "label_en": _wrapped(node.label_en or node.label_ar),
                "ar": node.label_ar,
                "en": node.label_en,
                "type": node.type,
                "shape": kind.shape,
                "color": kind.colour,
                "size": sizes[node.id],
                "x": x,
                "y": y,
            }
        )
    return made


def _size(degree: int) -> int:
    """The radius of a node in pixels: its area grows with the number of its relations."""
    return round(min(38.0, 16 + 4.6 * math.sqrt(max(degree - 1, 0))))


def _box(node: ViewNode, size: int) -> tuple[float, float]:
    """Width and height in pixels of a node with its label below, with room round it.

    An Arabic letter of the label is about 10 pixels wide. The box is centred on the node: twice the label.
    """
    lines = _wrapped(node.label_ar).split("\n")
    return max(2.0 * size, 10.0 * max(len(line) for line in lines)) + 44, 2.0 * (size + 26 * len(lines)) + 30


def _wrapped(label: str) -> str:
    """The label in lines of about LINE_LENGTH letters, at most three."""
    lines = [""]
    for word in label.split():
        if lines[-1] and len(lines[-1]) + len(word) >= LINE_LENGTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > 3:
        lines = [*lines[:2], f"{lines[2]}…"]
    return "\n".join(
        line if len(line) <= 2 * LINE_LENGTH else f"{line[: 2 * LINE_LENGTH]}…" for line in lines
    )


def _edges(view: GraphView, ontology: Ontology, sentences: Sentences) -> list[dict[str, Any]]:
    lanes: Counter[tuple[str, str]] = Counter()
    pairs = Counter(frozenset((edge.source, edge.target)) for edge in view.edges)
    documents = {document.id: place for place, document in enumerate(view.documents)}
    made = []
    for number, edge in enumerate(view.edges):
        relation = ontology.relation(edge.predicate)
        lane = lanes[edge.source, edge.target]
        lanes[edge.source, edge.target] += 1
        alone = pairs[frozenset((edge.source, edge.target))] == 1 or len(view.nodes) > PHYSICS_LIMIT
        made.append(
            {
                "id": f"e{number}",
                "from": edge.source,
                "to": edge.target,
                "predicate": edge.predicate,
                "family": relation.family,
                "status": edge.status,
                "color": relation.colour,
                "arrows": "" if relation.symmetric else "to",
                "width": round(min(6.0, 1.6 + 0.9 * math.log2(max(len(edge.evidence), 1))), 2),
                "smooth": False if alone else _curve(edge, lane, pairs),
                "count": len(edge.evidence),
                "evidence": [_shown(item, sentences, documents) for item in edge.evidence[:EVIDENCE_LIMIT]],
            }
        )
    return made


def _curve(edge: ViewEdge, lane: int, pairs: Mapping[frozenset[str], int]) -> dict[str, Any]:
    """Parallel edges bow more and more; those of the other direction bow to the other side by themselves."""
    lane += 0 if pairs[frozenset((edge.source, edge.target))] % 2 and lane == 0 else 1
    roundness = CURVES[min(lane, len(CURVES) - 1)]
    return {"enabled": roundness > 0, "type": "curvedCW", "roundness": roundness}


def _shown(item: Evidence, sentences: Sentences, documents: Mapping[str, int]) -> dict[str, Any]:
    """The evidence with its sentence by number, so that a sentence stands in the page once."""
    if item.document not in documents:
        raise ValueError(f"the view has no document {item.document!r}, which one of its sentences names")
    number = sentences.setdefault((item.document, item.sentence), len(sentences))
    facts = {
        "mark": list(item.mark) if item.mark else None,
        "event": item.event,
        "said_by": asdict(item.said_by) if item.said_by else None,
        "place": asdict(item.place) if item.place else None,
        "time": item.time,
        "confidence": item.confidence,
    }
    return {"sentence": number, **{name: fact for name, fact in facts.items() if fact is not None}}


def _view_options(count: int) -> dict[str, Any]:
    many = count > PHYSICS_LIMIT
    face = "Noto Sans Arabic, Segoe UI, Geeza Pro, Tahoma, DejaVu Sans, sans-serif"
    return {
        "autoResize": True,
        # nodes stand where the layout put them; dragging still works
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": not many,
            "tooltipDelay": 150,
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "multiselect": False,
            "keyboard": {"enabled": True, "bindToWindow": False},
        },
        "nodes": {
            "font": {"face": face, "size": 20, "strokeWidth": 4},
            "scaling": {"label": {"enabled": False, "drawThreshold": 7 if many else 3}},
        },
        "edges": {
            "arrows": {"to": {"scaleFactor": 0.62}},
            "arrowStrikethrough": False,
            "selectionWidth": 1.5,
            "selfReference": {"size": 22},
            "font": {"face": face, "size": 16, "strokeWidth": 5, "align": "horizontal"},
            "scaling": {"label": {"enabled": False, "drawThreshold": 8}},
        },
    }


def _page_parts(view: GraphView, ontology: Ontology, sentences: Sentences) -> dict[str, Any]:
    from markupsafe import Markup

    documents = {document.id: place for place, document in enumerate(view.documents)}
    return {
        "csp": content_security_policy(),
        "css": Markup(_asset("theme.css") + _asset("viewer.css")),
        "vis_script": Markup(vis_network_script()),
        "viewer_script": Markup(_asset("viewer.js")),
        "view_options": _view_options(len(view.nodes)),
        "extra": {
            "legend": legend(ontology),
            "sentences": [{"text": text, "document": documents[document]} for document, text in sentences],
            "documents": [asdict(document) for document in view.documents],
        },
    }
