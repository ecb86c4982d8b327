"""What one article says, as tables for a person: Arabic and English side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from schema.model import Actor, Extraction, Place
from schema.ontology import Ontology
from scripts.cli import isolate

#: How a status reads at a glance; those that are no fact stand apart.
STATUS_STYLE = {"stated": "green", "attributed": "cyan", "inferred": "yellow"}
UNREAL_STYLE = "dim italic"


#: Columns from which the five parts of a triple fit side by side.
WIDE = 120
#: Letters of evidence shown in a table; JSON lines have all of it.
EVIDENCE_LENGTH = 120


class Isolated:
    """Text of a cell, wrapped, with every line isolated by itself, so that Arabic in one cell of a terminal
    that knows about direction moves nothing of the cells beside it.
    """

    def __init__(self, text: str, style: str = "") -> None:
        self._text = Text(" ".join(text.split()), style=style)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._text.wrap(console, options.max_width):
            yield Text(isolate(line.plain.rstrip()), style=line.style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._text)


def labelled(label_ar: str, label_en: str | None) -> str:
    """`التحالف الدولي · Coalition`, or the Arabic alone."""
    return f"{label_ar} · {label_en}" if label_en and label_en != label_ar else label_ar


def triples_table(extraction: Extraction, ontology: Ontology, width: int) -> Table:
    """Who did what to whom, with the status and the words that show it.

    `width` is that of the terminal, in columns; a narrow one gets the parts of a triple one below the other.
    """
    names: dict[str, Actor | Place] = {actor.id: actor for actor in extraction.actors}
    names |= {place.id: place for place in extraction.places}
    narrow = width < WIDE

    def name(id: str | None) -> str:
        entity = names.get(id or "")
        return labelled(entity.label_ar, entity.label_en) if entity else ""

    if narrow:
        table = _table("Subject, predicate, object, status", "Evidence")
    else:
        table = _table("Subject", "Predicate", "Object", "Status", "Evidence")
    for column in table.columns:
        column.ratio = 1
    for triple in extraction.triples:
        relation = ontology.relation(triple.predicate)
        style = (
            STATUS_STYLE.get(triple.status, "") if ontology.status(triple.status).factual else UNREAL_STYLE
        )
        said_by = f" ({name(triple.said_by)})" if triple.said_by else ""
        parts = (
            Isolated(name(triple.subject)),
            Isolated(f"{relation.label_ar} · {triple.predicate}", style="bold"),
            Isolated(name(triple.object)),
            Isolated(f"{triple.status}{said_by}", style=style),
        )
        evidence = Isolated(shortened(triple.evidence.text), style="dim")
        if narrow:
            table.add_row(Group(*parts, ""), evidence)
        else:
            table.add_row(*parts, evidence)
    return table


def casualties_table(extraction: Extraction, ontology: Ontology) -> Table:
    """How many were hurt, who they were and who did it, one row a count; counts are never added up."""
    names = {actor.id: labelled(actor.label_ar, actor.label_en) for actor in extraction.actors}
    table = _table("Casualties", "Number", "Victim", "By", "Evidence")
    for row in extraction.casualties:
        kind = ontology.casualty_kinds[row.kind]
        table.add_row(
            Isolated(f"{kind.label_ar} · {row.kind}"),
            count(row.min, row.max),
            Isolated(names.get(row.victim or "", "")),
            Isolated(names.get(row.by or "", "")),
            Isolated(shortened(row.evidence.text)),
        )
    return table


def shortened(text: str) -> str:
    """The beginning of a long text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= EVIDENCE_LENGTH:
        return text
    return text[:EVIDENCE_LENGTH].rsplit(" ", 1)[0] + " …"


def count(low: int, high: int | None) -> str:
    """`15`, `5 to 10`, or `51 or more` when there is no upper bound."""
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def rows_table(rows: Sequence[Mapping[str, Any]]) -> Table:
    """The rows of a query, one column a name."""
    columns = list(rows[0]) if rows else []
    table = _table(*columns)
    for row in rows:
        table.add_row(*(Isolated(value_text(row[column])) for column in columns))
    return table


#: What a node is best known by.
_NAMES = ("label_ar", "text", "title", "type", "predicate", "raw")


def value_text(value: object) -> str:
    """A value of a query's row, short: a node or an edge by its label and names."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        properties = value.get("properties")
        if not isinstance(properties, Mapping):
            return ", ".join(f"{key}: {value_text(item)}" for key, item in value.items())
        if "source" in value:
            return (
                f"{value['type']} ({properties['status']})" if "status" in properties else str(value["type"])
            )
        label = next((properties[key] for key in _NAMES if properties.get(key)), value.get("id"))
        return labelled(str(label), properties.get("label_en"))
    if isinstance(value, Iterable) and not isinstance(value, str | bytes):
        return ", ".join(value_text(item) for item in value)
    return str(value)


def _table(*columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False, expand=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def heading(text: str) -> RenderableType:
    """A line above a table."""
    return Text(isolate(text), style="bold")
