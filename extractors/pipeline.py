"""The way from an article to what it says: steps composed in an order that is checked when it is built."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from extractors.actors import FindMentions
from extractors.assembly import assemble
from extractors.base import Extractor, Reading
from extractors.casualties import CountCasualties
from extractors.coding import JudgeCoding, load_judges
from extractors.document import Document
from extractors.events import FindEvents
from extractors.learnt.parties import FindParties, load_parties
from extractors.relations import FindRelations
from extractors.resolution import ResolveEntities
from extractors.sentences import bare_document
from extractors.statements import FindStatements
from extractors.syntax import Annotator
from extractors.timeline import FindTimes
from extractors.weights import models_folder
from schema.errors import HadathError, PipelineError
from schema.model import Article, Extraction

log = logging.getLogger("hadath.extractors")

#: Articles annotated together: enough to fill the tagger's batches, few enough to show progress.
BATCH = 16


@dataclass(frozen=True, slots=True)
class ArticleFailure:
    """An article that could not be read; `error` says why. The others of its batch are not touched."""

    article: Article
    error: HadathError


class Pipeline:
    """Reader, annotator and extraction steps. Built once (loading the models takes seconds), used often."""

    def __init__(self, annotator: Annotator, steps: Sequence[Extractor]) -> None:
        check_order(steps)
        self._annotator = annotator
        self._steps = tuple(steps)

    def extract(self, article: Article) -> Extraction:
        """What one article says. Raises ArticleError when it holds no text to read."""
        document = self._annotator.annotate([bare_document(article)])[0]
        return self.interpret(document)

    def interpret(self, document: Document) -> Extraction:
        """What an annotated document says: all steps after annotation."""
        return assemble(self.read(document))

    def read(self, document: Document) -> Reading:
        """The steps' drafts of an annotated document, for explaining and testing."""
        reading = Reading(document)
        for step in self._steps:
            reading = step(reading)
        return reading

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Extraction | ArticleFailure]:
        """As `extract` for each article in order; a bad article gives a failure, the rest go on."""
        articles = iter(articles)
        while batch := list(islice(articles, BATCH)):
            results: dict[int, Extraction | ArticleFailure] = {}
            documents: dict[int, Document] = {}
            for position, article in enumerate(batch):
                try:
                    documents[position] = bare_document(article)
                except HadathError as error:
                    results[position] = ArticleFailure(article, error)
            annotated = self._annotator.annotate(list(documents.values()))
            for position, document in zip(documents, annotated, strict=True):
                results[position] = self._interpreted(batch[position], document)
            yield from (results[position] for position in range(len(batch)))

    def _interpreted(self, article: Article, document: Document) -> Extraction | ArticleFailure:
        """What an article says; a fault of the program in it costs that article alone, and is told."""
        try:
            return self.interpret(document)
        except Exception as fault:
            log.exception("%s cannot be interpreted", article.id)
            what = f"a fault of the program ({type(fault).__name__}: {fault}); please report it with the text"
            return ArticleFailure(article, PipelineError(what))


def check_order(steps: Sequence[Extractor]) -> None:
    """Raise PipelineError where a step needs a field that no earlier step fills."""
    known = {"document"}
    for step in steps:
        if missing := step.requires - known:
            raise PipelineError(
                f"step '{step.name}' needs {', '.join(sorted(missing))}, "
                "which no earlier step gives: reorder the steps"
            )
        known |= step.assigns


def default_steps(
    models: Path | str | None = None, without: Collection[type[Extractor]] = ()
) -> tuple[Extractor, ...]:
    """The extraction steps in their order; `models` as in `build_pipeline`. Steps of the classes `without`
    are left out and their weights not read: so weights are trained that fit no longer, or not yet.
    """
    folder = models_folder(models)
    steps: Mapping[type[Extractor], Callable[[], Extractor]] = {
        FindTimes: FindTimes,
        FindMentions: FindMentions,
        ResolveEntities: ResolveEntities,
        FindStatements: FindStatements,
        FindEvents: FindEvents,
        FindRelations: FindRelations,
        FindParties: lambda: FindParties(load_parties(folder)),
        JudgeCoding: lambda: JudgeCoding(load_judges(folder)),
        CountCasualties: CountCasualties,
    }
    return tuple(make() for step, make in steps.items() if step not in without)


def build_pipeline(models: Path | str | None = None) -> Pipeline:
    """The default pipeline. `models`: a folder of weights, "official", or None for the shipped ones."""
    return Pipeline(Annotator(models), default_steps(models))
