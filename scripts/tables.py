"""What one article says, as tables for a person: Arabic and English side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from schema.model import Actor, Extraction, Place
from schema.ontology import Ontology
from scripts.cli import isolate

#: How a status reads at a glance; those that are no fact stand apart.
STATUS_STYLE = {"stated": "green", "attributed": "cyan", "inferred": "yellow"}
UNREAL_STYLE = "dim italic"


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


def triples_table(extraction: Extraction, ontology: Ontology) -> Table:
    """Who did what to whom, with the status and the sentence that shows it."""
    names: dict[str, Actor | Place] = {actor.id: actor for actor in extraction.actors}
    names |= {place.id: place for place in extraction.places}

    def name(id: str | None) -> str:
        entity = names.get(id or "")
        return labelled(entity.label_ar, entity.label_en) if entity else ""

    table = _table("Subject", "Predicate", "Object", "Status", "Evidence")
    table.columns[4].ratio = 1
    for triple in extraction.triples:
        relation = ontology.relation(triple.predicate)
        status = ontology.status(triple.status)
        style = STATUS_STYLE.get(triple.status, "") if status.factual else UNREAL_STYLE
        said_by = name(triple.said_by)
        table.add_row(
            Isolated(name(triple.subject)),
            Isolated(f"{relation.label_ar} · {triple.predicate}", style="bold"),
            Isolated(name(triple.object)),
            Isolated(f"{triple.status} ({said_by})" if said_by else triple.status, style=style),
            Isolated(triple.evidence.text),
        )
    return table


def casualties_table(extraction: Extraction, ontology: Ontology) -> Table:
    """How many were hurt, who they were and who did it, one row a count; counts are never added up."""
    names = {actor.id: labelled(actor.label_ar, actor.label_en) for actor in extraction.actors}
    table = _table("Casualties", "Number", "Victim", "By", "Evidence")
    table.columns[4].ratio = 1
    for row in extraction.casualties:
        kind = ontology.casualty_kinds[row.kind]
        table.add_row(
            Isolated(f"{kind.label_ar} · {row.kind}"),
            count(row.min, row.max),
            Isolated(names.get(row.victim or "", "")),
            Isolated(names.get(row.by or "", "")),
            Isolated(row.evidence.text),
        )
    return table


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


def value_text(value: object) -> str:
    """A value of a query's row, short: a node or an edge by its label and names."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        label = value.get("label_ar") or value.get("text") or value.get("title") or value.get("id")
        if label:
            return labelled(str(label), value.get("label_en"))
        return ", ".join(f"{key}: {value_text(item)}" for key, item in value.items())
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
