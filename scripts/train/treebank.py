"""CoNLL-U trees: reading, the surface spelling, writing in the forms that the trainers read.

A sentence is a row of surface tokens, each of one or more syntactic words (UD's multiword tokens).
Heads are numbers of words, counted from 1 in the sentence, 0 for the root.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
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
    return [parse_block(block, comment(block, "sent_id") or f"{path.stem}-{number}") for number, block in enumerate(blocks(path), 1)]


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
            lines.append("\t".join([f"{number + 1}-{number + len(token.words)}", token.form, *[EMPTY] * 7, misc]))
            misc = EMPTY
        for word in token.words:
            number += 1
            columns = [word.form, word.lemma, word.upos, word.xpos, word.feats]
            lines.append("\t".join([str(number), *columns, str(word.head), word.deprel, EMPTY, misc]))
    return "\n".join(lines) + "\n\n"


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


def with_words(token: Token, words: tuple[Word, ...]) -> Token:
    """Give the same token with other words; its spelling follows a single word's."""
    return replace(token, words=words, form=words[0].form if len(words) == 1 else token.form)


_QUOTES = {"«": "«»", "»": "«»", '"': '""', "“": "“”", "”": "“”"}


def repaired_quotes(sentence: Sentence) -> Sentence:
    """Set quotation marks as newspapers do: opening and closing in turn, each close to what it quotes.

    Part of the treebank has lost its spaces, and prints the angled marks mirrored. Sentences with an odd
    number of marks, and marks inside a multiword token's spelling, are left as they are.
    """
    places = [i for i, token in enumerate(sentence.tokens) if token.form in _QUOTES]
    if not places or len(places) % 2:
        return sentence
    tokens = list(sentence.tokens)
    for turn, place in enumerate(places):
        pair = _QUOTES[tokens[place].form]
        opens = turn % 2 == 0
        form = pair[0] if opens else pair[1]
        word = replace(tokens[place].words[0], form=form, lemma=form)
        follower = tokens[place + 1] if place + 1 < len(tokens) else None
        stop = follower is not None and follower.form in set(".،,؛:؟!)")
        tokens[place] = Token(form, (word,), not opens and not stop)
        if place:
            tokens[place - 1] = replace(tokens[place - 1], space_after=opens and tokens[place - 1].form not in set("(["))
    return replace(sentence, tokens=tuple(tokens))


_PROCLITICS = {
    "و": ("وَ", "CCONJ", "C---------", EMPTY),
    "ف": ("فَ", "CCONJ", "C---------", EMPTY),
    "ب": ("بِ", "ADP", "P---------", "AdpType=Prep"),
    "ل": ("لِ", "ADP", "P---------", "AdpType=Prep"),
    "ك": ("كَ", "ADP", "P---------", "AdpType=Prep"),
    "س": ("سَ", "PART", "F---------", EMPTY),
}
_PROCLITIC_RELATIONS = {"cc": "وف", "case": "بلك", "mark": "لف", "aux": "س", "advmod:emph": "لف", "parataxis": "وف"}
_ENCLITICS = ("هما", "كما", "ها", "هم", "هن", "نا", "كم", "ني", "ه", "ك", "ي")


def repaired_copies(sentence: Sentence) -> Sentence:
    """Join the words of unknown morphology that the treebank repeats whole into one multiword token.

    Where the lexicon did not know a token of two words, both words carry the whole spelling (ونادي ونادي for
    و and نادي) and the text is doubled. The relation of the first word tells a proclitic from a pronoun.
    """
    tokens: list[Token] = []
    index = 0
    while index < len(sentence.tokens):
        token = sentence.tokens[index]
        copies = [token]
        while index + len(copies) < len(sentence.tokens) and _is_copy(token, sentence.tokens[index + len(copies)]):
            copies.append(sentence.tokens[index + len(copies)])
        words = _pieces([c.words[0] for c in copies]) if len(copies) > 1 else None
        if words:
            tokens.append(Token(token.form, words, copies[-1].space_after))
        else:
            tokens.extend(copies)
        index += len(copies)
    return replace(sentence, tokens=tuple(tokens))


def _is_copy(token: Token, following: Token) -> bool:
    return (
        len(token.words) == len(following.words) == 1
        and token.form == following.form
        and token.words[0].xpos == following.words[0].xpos == "U---------"
        and len(token.form) > 2
    )


def _pieces(copies: list[Word]) -> tuple[Word, ...] | None:
    """Cut the spelling into as many words as there are copies; None where no cut is known."""
    rest = copies[0].form
    front: list[Word] = []
    back: list[Word] = []
    left = list(copies)
    while len(left) > 1:
        if rest[0] in _PROCLITIC_RELATIONS.get(left[0].deprel, "") and len(rest) > 2:
            lemma, upos, xpos, feats = _PROCLITICS[rest[0]]
            front.append(replace(left.pop(0), form=rest[0], lemma=lemma, upos=upos, xpos=xpos, feats=feats))
            rest = rest[1:]
            continue
        ending = next((e for e in _ENCLITICS if rest.endswith(e) and len(rest) > len(e) + 1), None)
        if ending is None:
            return None
        back.insert(0, replace(left.pop(), form=ending, lemma="هُوَ", upos="PRON", xpos="S---------", feats="PronType=Prs"))
        rest = rest[: -len(ending)]
    return (*front, replace(left[0], form=rest, lemma=rest), *back)


def thinned(sentences: Iterable[Sentence], chunk: int = 30) -> list[Sentence]:
    """Give rows of words for the lemmatiser, in which a frequent (form, lemma, UPOS) stands log2 as often.

    The lemmatiser looks at single words; repeating و ten thousand times teaches it nothing. The order of
    frequencies is kept, since its dictionary takes the most frequent lemma.
    """
    counts = Counter((w.form, w.lemma, w.upos) for s in sentences for w in s.words if w.lemma not in {"", EMPTY})
    rows = [Word(form, lemma, upos) for (form, lemma, upos), n in sorted(counts.items()) for _ in range(n.bit_length())]
    random.Random(0).shuffle(rows)
    return [
        Sentence(f"words-{start}", tuple(Token(w.form, (replace(w, head=n),)) for n, w in enumerate(rows[start : start + chunk])))
        for start in range(0, len(rows), chunk)
    ]
