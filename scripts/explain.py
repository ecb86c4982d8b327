"""`python -m scripts.explain`: for each triple of an article, why it is there."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from graph.settings import Settings
from schema.errors import ArticleError
from schema.model import Span
from scripts.cli import Models, Verbose, isolate, models_of, out_console, run
from scripts.explaining import End, Explanation, explain_reading
from scripts.inputs import Unreadable, read_inputs
from scripts.tables import STATUS_STYLE, UNREAL_STYLE, shortened


def explain(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="A file (text, HTML, JSON, JSON lines), or - for stdin.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a triple and line.")] = False,
    models: Models = None,
    verbose: Verbose = False,
) -> None:
    """Show of each triple the rule, the trigger, the way to its ends, why it has its status, the evidence."""
    found = next(read_inputs([article]), None)
    if found is None or isinstance(found, Unreadable):
        raise found.error if found else ArticleError(f"{article}: no article in it")
    # Imported here: torch takes seconds, which `--help` and a wrong file name ought not to wait for.
    from extractors.assembly import assemble
    from extractors.pipeline import Pipeline, default_steps
    from extractors.sentences import bare_document
    from extractors.syntax import Annotator

    document = bare_document(found)
    weights = models_of(models, Settings())
    annotator = Annotator(weights)
    reading = Pipeline(annotator, default_steps(weights)).read(annotator.annotate([document])[0])
    extraction = assemble(reading)
    console = out_console()
    for number, explanation in enumerate(explain_reading(reading, extraction), 1):
        if as_json:
            sys.stdout.write(json.dumps(explanation_json(explanation), ensure_ascii=False) + "\n")
        else:
            print_explanation(console, number, explanation)


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """The explanation as JSON-ready values; spans with offsets of the original text."""
    triple = explanation.triple
    return {
        "subject": _end_json(explanation.subject),
        "predicate": triple.predicate,
        "object": _end_json(explanation.object),
        "rule": triple.rule,
        "trigger": _span_json(explanation.trigger),
        "status": triple.status,
        "why": explanation.why,
        "said_by": explanation.said_by,
        "evidence": _span_json(triple.evidence),
        "chain": [_span_json(span) for span in triple.chain],
    }


def print_explanation(console: Console, number: int, explanation: Explanation) -> None:
    """One triple with what led to it, a line for each part."""
    triple = explanation.triple
    ends = (explanation.subject, explanation.object)
    title = f" {triple.predicate} ".join(isolate(end.label) for end in ends)
    console.print(Text(f"{number}. {title}", style="bold"))
    style = STATUS_STYLE.get(triple.status, UNREAL_STYLE)
    rows = [("rule", triple.rule, "cyan"), ("status", f"{triple.status}: {explanation.why}", style)]
    if explanation.trigger:
        rows.insert(1, ("trigger", isolate(explanation.trigger.text), ""))
    if explanation.said_by:
        rows.append(("said by", isolate(explanation.said_by), ""))
    rows += [(name, _way(end), "") for name, end in zip(("subject", "object"), ends, strict=True)]
    rows.append(("evidence", isolate(shortened(triple.evidence.text)), "dim"))
    rows += [("from", isolate(shortened(span.text)), "dim") for span in triple.chain]
    for name, value, style in rows:
        console.print(Text.assemble((f"   {name:9}", "dim"), (value, style)), soft_wrap=True)


def _way(end: End) -> str:
    """`قصفت > nsubj > طائرات`, the words through the tree; or that the mention stands elsewhere."""
    if end.mention is None:
        return "not named in the text"
    mention = isolate(end.mention.text)
    if end.other_sentence:
        return f"{mention} (another sentence)"
    steps = [isolate(end.path[0].word)] if end.path else []
    for step in end.path[1:]:
        steps += [step.relation, isolate(step.word)]
    return f"{mention}: {' > '.join(steps)}" if steps else mention


def _end_json(end: End) -> dict[str, Any]:
    path = [{"word": step.word, "relation": step.relation} for step in end.path]
    mention = _span_json(end.mention)
    return {
        "id": end.id,
        "label": end.label,
        "mention": mention,
        "path": path,
        "other_sentence": end.other_sentence,
    }


def _span_json(span: Span | None) -> dict[str, Any] | None:
    return {"start": span.start, "end": span.end, "text": span.text} if span else None


if __name__ == "__main__":
    run(explain)
