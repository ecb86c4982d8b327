"""Every error that Hadath raises on purpose.

    HadathError
    ├── InputError            what the user gave cannot be used (exit code 3, HTTP 422)
    │   ├── ArticleError      an article is empty, unreadable or of no known form
    │   └── BatchError        a batch does not fit the ontology; nothing of it was written
    ├── OntologyError         ontology.yaml or a lexicon file is wrong (exit code 3)
    ├── ModelError            the weights are absent or do not load (exit code 3)
    ├── PipelineError         extraction steps in a wrong order (a programming error)
    ├── QueryError            a Cypher query is wrong, may not run, or ran too long (exit code 4)
    └── StoreError            the graph server cannot be reached or failed (exit code 5)

The message is one line that says what is wrong and what to do about it.
"""

from __future__ import annotations


class HadathError(Exception):
    """Root of the tree; `exit_code` is what the command line ends with."""

    exit_code = 1


class InputError(HadathError):
    """What the user gave cannot be used."""

    exit_code = 3


class ArticleError(InputError):
    """An article is empty, unreadable or of no known form."""


class BatchError(InputError):
    """A batch does not fit the ontology; nothing of it was written."""


class OntologyError(HadathError):
    """`ontology.yaml` or a lexicon file is wrong; the message names the entry."""

    exit_code = 3


class ModelError(HadathError):
    """The weights of the annotation models are absent or do not load."""

    exit_code = 3


class PipelineError(HadathError):
    """Extraction steps are composed in an order in which one lacks what it needs."""


class QueryError(HadathError):
    """A query is wrong, is not allowed, or ran longer than its limit."""

    exit_code = 4


class StoreError(HadathError):
    """The graph server cannot be reached, or failed."""

    exit_code = 5
