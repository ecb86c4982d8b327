"""What the rules find in articles: what the judges learn from."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from pathlib import Path

from extractors.base import Extractor, Reading
from extractors.pipeline import BATCH, Pipeline, default_steps
from extractors.sentences import bare_document
from extractors.syntax import Annotator
from schema.model import Article


def readings(
    articles: Iterable[Article], models: Path, without: Collection[type[Extractor]]
) -> dict[str, Reading]:
    """Id of each article -> its reading by the default steps but those of the classes `without`."""
    annotator = Annotator(models)
    pipeline = Pipeline(annotator, default_steps(models, without))
    documents = map(bare_document, articles)
    found: dict[str, Reading] = {}
    while batch := list(islice(documents, BATCH)):
        found |= {d.article.id: pipeline.read(d) for d in annotator.annotate(batch)}
    return found
