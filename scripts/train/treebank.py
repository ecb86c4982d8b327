"""CoNLL-U trees: reading, the surface spelling, writing in the forms that the trainers read.

A sentence is a row of surface tokens, each of one or more syntactic words (UD's multiword tokens).
Heads are numbers of words, counted from 1 in the sentence, 0 for the root.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from scripts.train.rawtext import plain

EMPTY = "_"


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word with the columns of CoNLL-U; an unknown column holds ``_``."""

    form: str
    lemma: str = EMPTY
    upos: str = EMPTY
    xpos: str = EMPTY
    feats: str = EMPTY
    head: int = 0
    deprel: str = EMPTY


@dataclass(frozen=True, slots=True)
class Token:
    """One surface token: its spelling, its words, and whether a space follows it."""

    form: str
    words: tuple[Word, ...]
    space_after: bool = True


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: an identifier that is unique in its corpus, and its tokens."""

    name: str
    tokens: tuple[Token, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All syntactic words in order; word number n of the sentence is ``words[n - 1]``."""
        return tuple(word for token in self.tokens for word in token.words)

    @property
    def text(self) -> str:
        """The surface text, without a space at its end."""
        return "".join(token.form + (" " if token.space_after else "") for token in self.tokens).rstrip()


def blocks(path: Path) -> Iterator[list[str]]:
    """Yield the sentences of a CoNLL-U file as lists of lines, comments among them."""
    block: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            block.append(line.rstrip("\n"))
        elif block:
            yield block
            block = []
    if block:
        yield block


def comment(block: Iterable[str], key: str) -> str:
    """Give the value of the comment ``# key = value``, or the empty string."""
    opening = f"# {key} = "
    return next((line[len(opening) :] for line in block if line.startswith(opening)), "")


def parse_block(block: list[str], name: str = "") -> Sentence:
    """Read the lines of one sentence; forms lose vowel marks and tatweel, empty nodes are left out."""
    tokens: list[Token] = []
    surface, last, space = "", 0, True
    pending: list[Word] = []
    for line in block:
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        number, misc = cells[0], cells[9]
        if "." in number:
            continue
        if "-" in number:
            surface, last = _form(cells[1]), int(number.split("-")[1])
            space = "SpaceAfter=No" not in misc.split("|")
            continue
        word = Word(
            form=_form(cells[1]),
            lemma=cells[2],
            upos=cells[3],
            xpos=cells[4],
            feats=cells[5],
            head=int(cells[6]) if cells[6].isdigit() else 0,
            deprel=cells[7],
        )
        if last:
            pending.append(word)
            if int(number) == last:
                tokens.append(Token(surface, tuple(pending), space))
                pending, last = [], 0
        else:
            tokens.append(Token(word.form, (word,), "SpaceAfter=No" not in misc.split("|")))
    return Sentence(name or comment(block, "sent_id"), tuple(tokens))


def _form(cell: str) -> str:
    """Clean a form cell; a mark that stands alone (a tatweel as a dash) is kept as a hyphen."""
    return plain(cell) or "-"


def read_treebank(path: Path) -> list[Sentence]:
    """Read all sentences of a CoNLL-U file."""
    return [
        parse_block(block, comment(block, "sent_id") or f"{path.stem}-{number}")
        for number, block in enumerate(blocks(path), 1)
    ]


def write_conllu(sentences: Iterable[Sentence], path: Path) -> None:
    """Write ``sentences`` as CoNLL-U with ranges for the multiword tokens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as out:
        for sentence in sentences:
            out.write(conllu(sentence))


def conllu(sentence: Sentence) -> str:
    """Give one sentence as CoNLL-U text with its final empty line."""
    lines = [f"# sent_id = {sentence.name}", f"# text = {sentence.text}"]
    number = 0
    for token in sentence.tokens:
        misc = EMPTY if token.space_after else "SpaceAfter=No"
        if len(token.words) > 1:
            lines.append(
                "\t".join([f"{number + 1}-{number + len(token.words)}", token.form, *[EMPTY] * 7, misc])
            )
            misc = EMPTY
        for word in token.words:
            number += 1
            columns = [word.form, word.lemma, word.upos, word.xpos, word.feats]
            lines.append("\t".join([str(number), *columns, str(word.head), word.deprel, EMPTY, misc]))
    return "\n".join(lines) + "\n\n"


#: Letters of the longest sentence that the tokenizer learns from: Stanza leaves out what is longer, and fails
#: where the first sentence is.
LONGEST_CUT = 300


def write_tokenizer_data(sentences: Iterable[Sentence], text: Path, labels: Path) -> None:
    """Write raw text, one sentence a paragraph, and a label for each of its characters.

    Labels are Stanza's: 0 inside a token, 1 the last letter of a token, 2 of a sentence, 3 of a
    multiword token, 4 of a multiword token that ends the sentence.
    """
    text.parent.mkdir(parents=True, exist_ok=True)
    with text.open("w", encoding="utf-8") as raw, labels.open("w", encoding="utf-8") as marks:
        for sentence in sentences:
            row: list[str] = []
            for token in sentence.tokens:
                end = "3" if len(token.words) > 1 else "1"
                row.extend("0" * (len(token.form) - 1) + end + ("0" if token.space_after else ""))
            written = sentence.text
            row = row[: len(written)]
            row[-1] = str(int(row[-1]) + 1)
            raw.write(written + "\n\n")
            marks.write("".join(row) + "\n\n")


def rows_of(words: Sequence[Word], length: int = 30) -> list[Sentence]:
    """Give words that belong to no sentence as rows of ``length`` words, each hung on the one before."""
    groups = [words[start : start + length] for start in range(0, len(words), length)]
    return [
        Sentence(f"words-{n}", tuple(Token(w.form, (replace(w, head=h),)) for h, w in enumerate(group)))
        for n, group in enumerate(groups)
    ]


def thinned(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Give rows of words for the lemmatiser, in which a frequent (form, lemma, UPOS) stands log2 as often.

    The lemmatiser looks at single words. The order of frequencies is kept, since its dictionary takes the
    most frequent lemma.
    """
    known = (w for s in sentences for w in s.words if w.lemma not in {"", EMPTY})
    counts = Counter((w.form, w.lemma, w.upos) for w in known)
    rows = [Word(*entry) for entry, count in sorted(counts.items()) for _ in range(count.bit_length())]
    random.Random(0).shuffle(rows)
    return rows_of(rows)
