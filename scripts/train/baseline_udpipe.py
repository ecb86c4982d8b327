"""The baseline: UDPipe 1 trained on the same trees, without word vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ufal import udpipe

from scripts.train.evaluation import conllu_text, tree_scores
from scripts.train.treebank import Sentence

_TAGGER = "models=2;iterations=8;guesser_suffix_rules=6"
_PARSER = (
    "iterations=8;embedding_form=40;embedding_upostag=16;embedding_feats=16;embedding_deprel=20;"
    "transition_system=projective;transition_oracle=dynamic;structured_interval=0;hidden_layer=120"
)
_TOKENIZER = "dimension=16;epochs=20;batch_size=50;learning_rate=0.005;dropout=0.1"


def train_baseline(train: Sequence[Sentence], target: Path) -> None:
    """Train tokenizer, tagger and parser, and write one model file.

    Raises RuntimeError with UDPipe's message where the training fails.
    """
    error = udpipe.ProcessingError()
    target.parent.mkdir(parents=True, exist_ok=True)
    done = udpipe.Trainer.train(
        "morphodita_parsito",
        _read(conllu_text(train)),
        udpipe.Sentences(),
        _TOKENIZER,
        _TAGGER,
        _PARSER,
        error,
    )
    if error.occurred():
        raise RuntimeError(error.message)
    target.write_bytes(done)


def _read(text: str) -> udpipe.Sentences:
    reader = udpipe.InputFormat.newConlluInputFormat()
    reader.setText(text)
    sentences = udpipe.Sentences()
    sentence = udpipe.Sentence()
    error = udpipe.ProcessingError()
    while reader.nextSentence(sentence, error):
        sentences.append(sentence)
        sentence = udpipe.Sentence()
    if error.occurred():
        raise RuntimeError(error.message)
    return sentences


def baseline_scores(model_file: Path, gold: Sequence[Sentence]) -> tuple[dict[str, float], dict[str, float]]:
    """Give the scores from raw text, with gold breaks between sentences, and from gold words."""
    model = udpipe.Model.load(str(model_file))
    if model is None:
        raise RuntimeError(f"UDPipe cannot load {model_file}")
    expected = conllu_text(gold)
    raw = udpipe.Pipeline(
        model, "tokenizer=presegmented", udpipe.Pipeline.DEFAULT, udpipe.Pipeline.DEFAULT, "conllu"
    )
    words = udpipe.Pipeline(model, "conllu", udpipe.Pipeline.DEFAULT, udpipe.Pipeline.DEFAULT, "conllu")
    lines = "\n".join(sentence.text for sentence in gold) + "\n"
    return tree_scores(expected, _run(raw, lines)), tree_scores(expected, _run(words, expected))


def _run(pipeline: udpipe.Pipeline, text: str) -> str:
    error = udpipe.ProcessingError()
    result = pipeline.process(text, error)
    if error.occurred():
        raise RuntimeError(error.message)
    return str(result)
