"""Variants of gold sentences: the spellings, marks and endings that newspapers use and the treebank lacks.

Each variant is a full sentence with its tree, so that the tokenizer, the tagger, the lemmatiser and the
parser learn from the same text. Lemmas and tags stay as they are; only forms and marks change.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from scripts.train.treebank import Sentence, Token, Word

QUOTES = (
    ("«", "»"),
    ("“", "”"),
    ('"', '"'),
    ("'", "'"),
    ("(", ")"),
    ("[", "]"),
    ("”", "“"),
    ("‘", "’"),
    ("''", "''"),
)
_COMMAS = ("،", "،", "،", ",", "؛")
_DASHES = ("-", "–", "—", "/", "…", "..", ":")
_STOPS = (".", ".", "..", "...", "…", "؟", "!", ":", "؛")
_LATIN = (
    "AFP",
    "BBC",
    "CNN",
    "F-16",
    "Reuters",
    "Twitter",
    "ISIS",
    "iPhone",
    "The",
    "Daily",
    "NATO",
    "COVID-19",
    "G20",
)
_EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


@dataclass(frozen=True, slots=True)
class Rates:
    """Probabilities that a variant is made in each of the ways, per sentence unless said otherwise."""

    bare_alef: float = 0.35
    final_heh: float = 0.12
    dotless_yeh: float = 0.12
    final_yeh: float = 0.06
    hamza_slip: float = 0.10
    quotes: float = 0.5
    extra_mark: float = 0.25
    no_stop: float = 0.25
    other_stop: float = 0.1
    eastern_digits: float = 0.15
    latin: float = 0.08
    other_commas: float = 0.15


def respell(sentence: Sentence, change: Callable[[str], str]) -> Sentence:
    """Apply ``change`` to every token and every word; it must work letter by letter and keep the length."""
    return replace(
        sentence,
        tokens=tuple(
            replace(
                token,
                form=change(token.form),
                words=tuple(replace(word, form=change(word.form)) for word in token.words),
            )
            for token in sentence.tokens
        ),
    )


def bare_alef(form: str) -> str:
    """Write every hamza alef as a bare alef, as many newspapers do."""
    return form.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا")


def final_heh(form: str) -> str:
    """Write a final ta marbuta without its dots."""
    return form[:-1] + "ه" if form.endswith("ة") and len(form) > 2 else form


def final_yeh(form: str) -> str:
    """Write a final alef maqsura with dots, as outside Egypt a slip."""
    return form[:-1] + "ي" if form.endswith("ى") else form


def dotless_yeh(form: str) -> str:
    """Write a final yeh without dots, as in Egypt."""
    return form[:-1] + "ى" if form.endswith("ي") and len(form) > 1 else form


def insert(sentence: Sentence, position: int, token: Token, head: int) -> Sentence:
    """Insert a token of one word before the token at ``position``; ``head`` counts words as they were.

    The heads of all words are renumbered.
    """
    before = sum(len(t.words) for t in sentence.tokens[:position])

    def moved(number: int) -> int:
        return number + 1 if number > before else number

    def shifted(word: Word) -> Word:
        return replace(word, head=moved(word.head))

    tokens = [replace(t, words=tuple(shifted(w) for w in t.words)) for t in sentence.tokens]
    new = replace(token, words=(replace(token.words[0], head=moved(head)),))
    return replace(sentence, tokens=(*tokens[:position], new, *tokens[position:]))


def mark(form: str, *, space_after: bool = True) -> Token:
    """A punctuation token."""
    word = Word(form=form, lemma=form, upos="PUNCT", xpos="G---------", deprel="punct")
    return Token(form, (word,), space_after)


def quoted(sentence: Sentence, first: int, last: int, pair: tuple[str, str]) -> Sentence:
    """Put a pair of marks round the tokens ``first`` to ``last``, hung on the word that heads them."""
    numbers = _word_numbers(sentence)
    span = [n for t in range(first, last + 1) for n in numbers[t]]
    words = sentence.words
    head = next((n for n in span if words[n - 1].head not in span), span[0])
    closed = sentence.tokens[last]
    tokens = list(sentence.tokens)
    tokens[last] = replace(closed, space_after=False)
    inner = replace(sentence, tokens=tuple(tokens))
    inner = insert(inner, last + 1, mark(pair[1], space_after=closed.space_after), head)
    return insert(inner, first, mark(pair[0], space_after=False), head)


def without_stop(sentence: Sentence) -> Sentence:
    """Take the final mark away, as in headlines, when nothing hangs on it."""
    end = sentence.tokens[-1]
    number = len(sentence.words)
    if (
        len(sentence.tokens) < 3
        or end.words[0].upos != "PUNCT"
        or any(w.head == number for w in sentence.words)
    ):
        return sentence
    return replace(sentence, tokens=sentence.tokens[:-1])


def variant(sentence: Sentence, rng: random.Random, rates: Rates | None = None) -> Sentence:
    """Give one random variant of ``sentence``; some variants equal the original."""
    rates = rates or Rates()
    for rate, change in (
        (rates.bare_alef, bare_alef),
        (rates.final_heh, final_heh),
        (rates.dotless_yeh, dotless_yeh),
        (rates.final_yeh, final_yeh),
        (rates.eastern_digits, lambda form: form.translate(_EASTERN)),
        (rates.eastern_digits, lambda form: form.translate(_WESTERN)),
    ):
        if rng.random() < rate:
            sentence = respell(sentence, change)
    if rng.random() < rates.hamza_slip:
        sentence = _some_slips(sentence, rng)
    if rng.random() < rates.other_commas:
        sentence = _other_marks(sentence, rng)
    if rng.random() < rates.no_stop:
        sentence = without_stop(sentence)
    elif rng.random() < rates.other_stop:
        sentence = _other_stop(sentence, rng)
    if rng.random() < rates.latin:
        sentence = _latin_word(sentence, rng)
    while rng.random() < rates.extra_mark:
        sentence = _extra_mark(sentence, rng)
    while rng.random() < rates.quotes:
        sentence = _some_quotes(sentence, rng)
    return sentence


def variants(sentences: Iterable[Sentence], copies: int, seed: int) -> list[Sentence]:
    """Give the sentences themselves and ``copies`` variants of each, in a fixed random order."""
    rng = random.Random(seed)
    result: list[Sentence] = []
    for sentence in sentences:
        result.append(sentence)
        result.extend(
            replace(variant(sentence, rng), name=f"{sentence.name}~{n}") for n in range(1, copies + 1)
        )
    rng.shuffle(result)
    return result


def _word_numbers(sentence: Sentence) -> list[list[int]]:
    numbers, count = [], 0
    for token in sentence.tokens:
        numbers.append(list(range(count + 1, count + len(token.words) + 1)))
        count += len(token.words)
    return numbers


def _some_slips(sentence: Sentence, rng: random.Random) -> Sentence:
    tokens = tuple(
        replace(t, form=bare_alef(t.form), words=tuple(replace(w, form=bare_alef(w.form)) for w in t.words))
        if rng.random() < 0.3
        else t
        for t in sentence.tokens
    )
    return replace(sentence, tokens=tokens)


def _other_marks(sentence: Sentence, rng: random.Random) -> Sentence:
    """Replace the commas and dashes of the sentence by others, and now and then take a space away."""
    comma, dash = rng.choice(_COMMAS), rng.choice(_DASHES)
    spaced = rng.random() < 0.7
    tokens = list(sentence.tokens)
    for index, token in enumerate(tokens):
        if token.form in {"،", ","}:
            tokens[index] = replace(
                mark(comma, space_after=token.space_after and spaced), words=_reform(token, comma)
            )
        elif token.form == "-" and token.space_after and index > 0 and tokens[index - 1].space_after:
            tokens[index] = replace(token, form=dash, words=_reform(token, dash))
    return replace(sentence, tokens=tuple(tokens))


def _reform(token: Token, form: str) -> tuple[Word, ...]:
    return (replace(token.words[0], form=form, lemma=form),)


def _other_stop(sentence: Sentence, rng: random.Random) -> Sentence:
    end = sentence.tokens[-1]
    if end.form != ".":
        return sentence
    stop = rng.choice(_STOPS)
    return replace(
        sentence, tokens=(*sentence.tokens[:-1], replace(end, form=stop, words=_reform(end, stop)))
    )


def _latin_word(sentence: Sentence, rng: random.Random) -> Sentence:
    place = rng.randrange(1, len(sentence.tokens) + 1)
    before = sentence.tokens[place - 1]
    if not before.space_after or before.words[-1].upos not in {"NOUN", "X", "ADJ"}:
        return sentence
    form = rng.choice(_LATIN)
    word = Word(form=form, lemma=form, upos="X", xpos="X---------", feats="Foreign=Yes", deprel="nmod")
    number = _word_numbers(sentence)[place - 1][0]
    return insert(sentence, place, Token(form, (word,), True), number)


def _extra_mark(sentence: Sentence, rng: random.Random) -> Sentence:
    """Put a comma, a semicolon or a dash between two words, hung on the word before it."""
    if len(sentence.tokens) < 4:
        return sentence
    place = rng.randrange(1, len(sentence.tokens) - 1)
    before = sentence.tokens[place - 1]
    if not before.space_after or before.words[0].upos == "PUNCT":
        return sentence
    form = rng.choice(("،", "،", "؛", ":", "-", "–", "—", "…", ".."))
    glued = form in {"،", "؛", ":", "…", ".."} and rng.random() < 0.85
    tokens = list(sentence.tokens)
    tokens[place - 1] = replace(before, space_after=not glued)
    number = _word_numbers(sentence)[place - 1][0]
    return insert(replace(sentence, tokens=tuple(tokens)), place, mark(form), number)


def _some_quotes(sentence: Sentence, rng: random.Random) -> Sentence:
    """Quote a run of one to four tokens that hold no marks."""
    first = rng.randrange(len(sentence.tokens))
    last = min(first + rng.choice((0, 0, 1, 1, 2, 3)), len(sentence.tokens) - 1)
    if any(t.words[0].upos == "PUNCT" or not t.space_after for t in sentence.tokens[first:last]):
        return sentence
    if sentence.tokens[last].words[0].upos == "PUNCT" or (
        first and not sentence.tokens[first - 1].space_after
    ):
        return sentence
    return quoted(sentence, first, last, rng.choice(QUOTES))
