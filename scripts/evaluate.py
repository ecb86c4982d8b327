"""`python -m scripts.evaluate`: how right the extraction is, against articles annotated by hand."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from graph.settings import Settings
from schema.contract import to_contract
from schema.errors import InputError
from schema.model import Article
from schema.ontology import load_ontology
from scripts.cli import EXIT_USAGE, Models, Verbose, isolate, models_of, out_console, run, say
from scripts.reading import Failure, extract_all
from scripts.scoring import (
    LEVELS,
    Json,
    Score,
    Tally,
    figures,
    predicate_figures,
    score_article,
)
from scripts.scoring_events import KINDS, KindScore, score_kind, sentences

#: What every annotated article must have; title, date and source may be absent.
_GOLD_FIELDS = ("id", "text", "actors", "places", "triples", "casualties", "statements")
#: Levels whose missed and extra items are listed; the others repeat the facts.
LISTED = ("facts", "comments", "geo", "casualty", "statement")


class Show(StrEnum):
    """Which differences are listed."""

    missed = "missed"
    extra = "extra"
    both = "both"


def evaluate(
    gold: Annotated[
        Path | None, typer.Argument(metavar="GOLD_DIR", help="Folder of annotated articles (JSON).")
    ] = None,
    gsr: Annotated[
        Path | None,
        typer.Option("--gsr", help="Folder of annotated sentences (*_detection.jsonl, *_spans.jsonl)."),
    ] = None,
    show: Annotated[
        Show | None, typer.Option("--show", help="List the differences with their sentence and rule.")
    ] = None,
    system: Annotated[
        Path | None, typer.Option("--system", help="Score this saved output (JSON lines); read nothing anew.")
    ] = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Write the system's output as JSON lines.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The figures as one JSON object.")] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", min=1, help="Processes that read articles; each loads the models.")
    ] = 1,
    models: Models = None,
    verbose: Verbose = False,
) -> None:
    """Extract annotated articles and compare: figures, figures by predicate, and what differs."""
    if gold is None and gsr is None:
        say("give a folder of annotated articles, or --gsr with one of annotated sentences")
        raise typer.Exit(EXIT_USAGE)
    golds = read_gold(gold) if gold else {}
    articles = [article_of(row) for row in golds.values()] + (list(sentences(gsr)) if gsr else [])
    outputs = read_output(system) if system else _extract(articles, models_of(models, Settings()), jobs)
    if save:
        lines = (json.dumps(output, ensure_ascii=False) + "\n" for output in outputs.values())
        save.write_text("".join(lines), encoding="utf-8")
    if absent := [article.id for article in articles if article.id in golds and article.id not in outputs]:
        say(f"no system output for {', '.join(absent)}; counted as empty")

    scores = {id: score_article(row, outputs.get(id, {})) for id, row in golds.items()}
    total = Score()
    for score in scores.values():
        total.add(score)
    kinds = {kind: score_kind(gsr, kind, outputs) for kind in KINDS} if gsr else {}
    if as_json:
        sys.stdout.write(json.dumps(_as_json(total, kinds, with_gold=bool(golds)), ensure_ascii=False) + "\n")
        return
    console = out_console()
    if golds:
        if show:
            for id, score in scores.items():
                _differences(console, show, golds[id], outputs.get(id, {}), score)
        console.print(_levels_table(total), _predicates_table(total))
    for kind, found in kinds.items():
        console.print(_kind_lines(kind, found), soft_wrap=True)


# -- reading -------------------------------------------------------------------------------------------------


def read_gold(folder: Path) -> dict[str, Json]:
    """The annotated articles of a folder by id, in the order of their file names."""
    found: dict[str, Json] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            found[row["id"]] = {key: row[key] for key in _GOLD_FIELDS} | row
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise InputError(f"{path}: no annotated article ({error!r}); see docs/evaluation.md") from error
    if not found:
        raise InputError(f"{folder}: no annotated article (*.json) in it")
    return found


def read_output(path: Path) -> dict[str, Json]:
    """The contract objects of a file of JSON lines, by id."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    try:
        return {row["id"]: row for row in rows}
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not the output of scripts.extract ({error!r})") from error


def article_of(gold: Json) -> Article:
    """The article that was annotated."""
    date = gold.get("date")
    date = date.replace(" ", "T") if date else None
    return Article(gold["id"], gold["text"], gold.get("title"), date, gold.get("source"))


def _extract(articles: Iterable[Article], models: Path | str | None, jobs: int) -> dict[str, Json]:
    ontology = load_ontology()
    outputs: dict[str, Json] = {}
    for result in extract_all(articles, models=models, jobs=jobs):
        if isinstance(result, Failure):
            say(result.message)
        else:
            outputs[result.article.id] = to_contract(result, ontology)
    return outputs


# -- writing -------------------------------------------------------------------------------------------------


def _as_json(total: Score, kinds: Mapping[str, KindScore], *, with_gold: bool) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if with_gold:
        result |= figures(total) | {"predicates": predicate_figures(total)}
    for kind, found in kinds.items():
        tally = found.detection
        detection = {"p": tally.precision, "r": tally.recall, "f1": tally.f1}
        detection |= {"tp": tally.tp, "fn": tally.fn, "fp": tally.fp, "sentences": found.sentences}
        roles = {role: {"right": right, "asked": asked} for role, (right, asked) in found.roles.items()}
        result[kind] = {"detection": detection, "roles": roles, "coded": found.coded, "spans": found.spans}
    return result


def _levels_table(total: Score) -> Table:
    table = _table("Level")
    for level in LEVELS:
        _row(table, level, total.levels[level])
    status = total.status
    table.add_row("status", "", f"{status.recall:.3f}", "", str(status.tp), str(status.fn), "")
    return table


def _predicates_table(total: Score) -> Table:
    table = _table("Predicate")
    for predicate, tally in sorted(total.predicates.items(), key=lambda x: (-x[1].tp - x[1].fn, x[0])):
        _row(table, predicate, tally)
    return table


def _table(first: str) -> Table:
    table = Table(first, show_edge=False, pad_edge=False)
    for column in ("P", "R", "F1", "right", "missed", "extra"):
        table.add_column(column, justify="right")
    return table


def _row(table: Table, name: str, tally: Tally) -> None:
    rates = (f"{rate:.3f}" for rate in (tally.precision, tally.recall, tally.f1))
    table.add_row(name, *rates, str(tally.tp), str(tally.fn), str(tally.fp))


def _kind_lines(kind: str, found: KindScore) -> Text:
    tally = found.detection
    rates = f"P {tally.precision:.3f}  R {tally.recall:.3f}  F1 {tally.f1:.3f}"
    counts = f"(tp {tally.tp} fn {tally.fn} fp {tally.fp}, {found.sentences} sentences)"
    lines = [f"{kind} detection  {rates}  {counts}"]
    shares = "  ".join(f"{r} {a}/{n} = {a / n:.3f}" for r, (a, n) in found.roles.items() if n)
    lines.append(f"{kind} roles      coded {found.coded}/{found.spans}  {shares}")
    return Text("\n".join(lines))


def _differences(console: Console, show: Show, gold: Json, output: Json, score: Score) -> None:
    """What one article lacks and what it has too much, each with the sentence, the latter with its rule."""
    console.print(Text(f"== {gold['id']}", style="bold"))
    labels = {e["id"]: e["label_ar"] for e in (*output.get("actors", ()), *output.get("places", ()))}
    for level in LISTED:
        if show is not Show.extra:
            for item in score.missed.get(level, ()):
                _print(console, "missed", "red", _gold_words(item), "", _sentence_of_gold(gold, item))
        if show is not Show.missed:
            for item in score.extra.get(level, ()):
                rule = item.get("rule") or ""
                _print(
                    console, "extra", "yellow", _system_words(item, labels), rule, _sentence_of(output, item)
                )


def _print(console: Console, kind: str, style: str, words: str, rule: str, sentence: str) -> None:
    line = Text.assemble((f"{kind:7}", style), isolate(words), (f"  rule: {rule}" if rule else "", "cyan"))
    console.print(line, soft_wrap=True)
    console.print(Text(f"       {isolate(' '.join(sentence.split()))}", style="dim"), soft_wrap=True)


def _gold_words(item: Json) -> str:
    if "p" in item:
        return f"{item['s']} {item['p']} {item['o']} [{item['status']}]"
    if "cue" in item:
        return f"{item['speaker']} «{item['cue']}» {', '.join(item['about'])}"
    return f"{item['kind']} {item['min']}-{item['max']} {item['victim']} by {item['by']}"


def _system_words(item: Json, labels: Mapping[str, str]) -> str:
    def name(id: str | None) -> str:
        return labels.get(id or "", str(id))

    if "predicate" in item:
        return f"{name(item['subject'])} {item['predicate']} {name(item['object'])} [{item['status']}]"
    if "cue" in item:
        return f"{name(item['speaker'])} «{item['cue']}» {', '.join(map(name, item['about']))}"
    return f"{item['kind']} {item['min']}-{item['max']} {name(item['victim'])} by {name(item['by'])}"


def _sentence_of(output: Json, item: Json) -> str:
    """The sentence of the text in which the evidence lies."""
    start = item["evidence"]["start"]
    holding: Iterator[str] = (
        s["text"] for s in output.get("sentences", ()) if s["start"] <= start < s["end"]
    )
    return next(holding, str(item["evidence"]["text"]))


def _sentence_of_gold(gold: Json, item: Json) -> str:
    """The line of the article in which the gold's evidence stands, else the evidence."""
    evidence: str = item["evidence"]
    return next((line for line in gold["text"].splitlines() if evidence in line), evidence)


if __name__ == "__main__":
    run(evaluate)
