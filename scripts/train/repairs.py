"""Repairs of the treebank's text: quotation marks out of place, tokens that were doubled in conversion."""

from __future__ import annotations

from dataclasses import replace

from scripts.train.treebank import EMPTY, Sentence, Token, Word

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
            tokens[place - 1] = replace(
                tokens[place - 1], space_after=opens and tokens[place - 1].form not in set("([")
            )
    return replace(sentence, tokens=tuple(tokens))


_PROCLITICS = {
    "و": ("وَ", "CCONJ", "C---------", EMPTY),
    "ف": ("فَ", "CCONJ", "C---------", EMPTY),
    "ب": ("بِ", "ADP", "P---------", "AdpType=Prep"),
    "ل": ("لِ", "ADP", "P---------", "AdpType=Prep"),
    "ك": ("كَ", "ADP", "P---------", "AdpType=Prep"),
    "س": ("سَ", "PART", "F---------", EMPTY),
}
_PROCLITIC_RELATIONS = {
    "cc": "وف",
    "case": "بلك",
    "mark": "لف",
    "aux": "س",
    "advmod:emph": "لف",
    "parataxis": "وف",
}
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
        while index + len(copies) < len(sentence.tokens) and _is_copy(
            token, sentence.tokens[index + len(copies)]
        ):
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
        back.insert(
            0,
            replace(
                left.pop(), form=ending, lemma="هُوَ", upos="PRON", xpos="S---------", feats="PronType=Prs"
            ),
        )
        rest = rest[: -len(ending)]
    return (*front, replace(left[0], form=rest, lemma=rest), *back)
