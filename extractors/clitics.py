"""Whether a token that the models cut into words should be cut, by what the language is known to write.

The models learn where clitics stand from a small treebank, and take the first letters of names and loans for
clitics: و+اشنطن, ب+وتين. A large word list tells: the whole is a word of it and what remains is not.
"""

from __future__ import annotations

from collections.abc import Callable

Known = Callable[[str], bool]


def believed(token: str, pieces: tuple[str, ...], known: Known) -> tuple[str, ...]:
    """`pieces` with the stem in its dictionary spelling; the whole token where the cut is not to be believed.

    `known` tells whether a form is a word of the language. The stem is the longest piece; before a pronoun it
    is spelled as it is alone (صفحت+ها becomes صفحة+ها, لقائ+ها becomes لقاء+ها).
    """
    if len(pieces) < 2:
        return pieces
    place = max(range(len(pieces)), key=lambda n: len(pieces[n]))
    stem = pieces[place]
    if known(stem) or len(stem) < 2:
        return pieces
    if place < len(pieces) - 1:
        alone = next((form for form in _alone(stem) if known(form)), None)
        if alone is not None:
            return (*pieces[:place], alone, *pieces[place + 1 :])
    return (token,) if known(token) else pieces


def _alone(stem: str) -> tuple[str, ...]:
    """How a stem that stands before a pronoun may be spelled alone."""
    last = stem[-1]
    if last == "ت":
        return (stem[:-1] + "ة",)
    if last in "ئؤ":
        return (stem[:-1] + "ء",)
    if last in "اي":
        return (stem[:-1] + "ى",)
    if last == "و":
        return (stem + "ا",)
    return ()
