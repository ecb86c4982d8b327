"""The written forms of Arabic verbs and nouns, made from their dictionary form by rule.

All forms are look-up keys (`extractors.normalise.fold`): no vowel marks, one alef, no hamza. The rules
are those of the reference grammars (e.g. Ryding, *A Reference Grammar of Modern Standard Arabic*, ch. 21-33);
what news text does not use (imperative, energetic) is left out. A form with several readings gets the one
that news prefers: third person before second and first. Callers leave out what their text does not use.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.normalise import fold

SHADDA = "\u0651"
#: Conjunctions, then one particle, may stand before a word; longest first where one begins another.
_CONJUNCTIONS = ("و", "ف")
_PARTICLES = ("ب", "ل", "ك", "س")
_PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "كن", "نا", "ني", "ه", "ك", "ي")
#: Form VIII verbs whose first radical is assimilated (اتهم، اطلع، ادعى): they look doubled and are not.
_ASSIMILATED = "تطدذظث"


@dataclass(frozen=True, slots=True)
class Features:
    """What a written form says. Unknown or not applicable: None.

    `person` 1-3, `number` s/d/p, `gender` m/f, `tense` past/present, `voice` active/passive/either (letters
    alone do not tell), `definite` whether the form carries ال, `mood` jussive for a present that only the
    jussive shortens so (يقل، يدع).
    """

    person: int | None = None
    number: str | None = None
    gender: str | None = None
    tense: str | None = None
    voice: str | None = None
    definite: bool | None = None
    mood: str | None = None


@lru_cache(maxsize=4096)
def changed(features: Features, field: str, value: str | bool) -> Features:
    """The same features with one changed; there are few, so each is made once."""
    return replace(features, **{field: value})  # type: ignore[arg-type]  # which field is known in running


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to split an unsplit form: `prefixes` and `suffix` around the `core` (all folded)."""

    prefixes: tuple[str, ...]
    core: str
    suffix: str


_PAST = (  # suffix, whether it begins with a vowel, person, number, gender; in order of preference
    ("", True, 3, "s", "m"), ("ت", True, 3, "s", "f"), ("وا", True, 3, "p", "m"), ("و", True, 3, "p", "m"),
    ("ا", True, 3, "d", "m"), ("تا", True, 3, "d", "f"), ("ن", False, 3, "p", "f"),
    ("نا", False, 1, "p", None), ("ت", False, 1, "s", None), ("تم", False, 2, "p", "m"),
    ("تمو", False, 2, "p", "m"), ("تما", False, 2, "d", None), ("تن", False, 2, "p", "f"),
)  # fmt: skip
_PRESENT = (  # prefix, suffix, person, number, gender
    ("ي", "", 3, "s", "m"), ("ت", "", 3, "s", "f"), ("ي", "ون", 3, "p", "m"), ("ي", "وا", 3, "p", "m"),
    ("ي", "و", 3, "p", "m"), ("ي", "ان", 3, "d", "m"), ("ت", "ان", 3, "d", "f"), ("ي", "ا", 3, "d", "m"),
    ("ت", "ا", 3, "d", "f"), ("ي", "ن", 3, "p", "f"), ("ا", "", 1, "s", None), ("ن", "", 1, "p", None),
    ("ت", "ون", 2, "p", "m"), ("ت", "وا", 2, "p", "m"), ("ت", "ين", 2, "s", "f"), ("ت", "ي", 2, "s", "f"),
)  # fmt: skip


def _is_doubled(past: str, present: str) -> bool:
    """Whether the last radical is written once for two (شن، أعد، احتل); a written shadda settles it."""
    if past.endswith(SHADDA):
        return True
    past, present = past.replace(SHADDA, ""), present.replace(SHADDA, "")
    if len(past) == 2:
        return True
    if past[-1] in "اىيوأ" or past[-2] in "اي" or len(past) != len(present):
        return False
    if len(past) == 3 and past[0] == "أ":
        return True
    return len(past) == 4 and past[0] == "ا" and past[1] not in _ASSIMILATED


def _is_hollow(past: str, present: str) -> bool:
    """Whether the middle radical is a long vowel (قال / يقول, أصيب / يصاب; not أيد / يؤيد)."""
    return past[-2] == "ا" or (past[-2] == "ي" and present[-2] == "ا")


def _past_stems(past: str, present: str, doubled: bool) -> tuple[str, str, str, str]:
    """Stems (folded) before: nothing, vowel suffixes with ا, suffixes with ت/و, consonant suffixes."""
    whole = fold(past)
    if doubled:
        return whole, whole, whole, whole + whole[-1]
    if past[-1] == "ا" and len(past) > 2:
        return whole, whole[:-1] + "و", whole[:-1], whole[:-1] + "و"
    if past[-1] == "ى":
        return whole, whole, whole[:-1], whole
    if past[-1] == "ي":  # لقي: لقيت but لقوا
        return whole, whole, whole, whole
    if _is_hollow(past, present):
        short = fold(past[:-2] + past[-1])  # قال: قلت, أصيب: أصبت
        return whole, whole, whole, short
    return whole, whole, whole, whole


def _past_forms(past: str, present: str, doubled: bool) -> Iterator[tuple[str, Features]]:
    bare, dual, vowel, consonant = _past_stems(past, present, doubled)
    for suffix, before_vowel, person, number, gender in _PAST:
        features = Features(person, number, gender, "past")
        if not suffix:
            yield bare, features
            if past[-1] == "ى":  # رماه: the alef comes back before a pronoun
                yield bare[:-1] + "ا", features
            continue
        stem = consonant if not before_vowel else dual if suffix == "ا" else vowel
        if past[-1] == "ي" and suffix in ("وا", "و"):
            stem = vowel[:-1]
        if not before_vowel and stem[-1] == suffix[0]:  # تمكنا, ثبت: one letter is written for the two
            stem = stem[:-1]
        yield stem + suffix, features
        if past[-1] == "أ" and suffix in ("وا", "و", "ا"):  # بدأوا, بدؤوا
            yield stem[:-1] + suffix, features


def _present_forms(past: str, present: str, doubled: bool) -> Iterator[tuple[str, Features]]:
    stem, last = fold(present)[1:], present[-1]
    defective = last in "ويى"
    short = fold(present[1:-2] + last) if not defective and _is_hollow(past, present) else ""
    for prefix, suffix, person, number, gender in _PRESENT:
        features = Features(person, number, gender, "present")
        here = prefix + (stem[1:] if prefix == "ا" and stem[:1] == "ا" else stem)
        if not suffix:
            yield here, features
            if defective:
                yield here[:-1], changed(features, "mood", "jussive")
                if last == "ى":
                    yield here[:-1] + "ا", features
            if short:  # لم يقل
                yield prefix + short, changed(features, "mood", "jussive")
            continue
        if defective:
            if suffix in ("ون", "وا", "و", "ين", "ي"):
                here = here[:-1]
            elif last == "ى" and suffix == "ن":
                here = here[:-1] + "ي"
        elif suffix == "ن":
            here = prefix + short if short else here + here[-1] if doubled else here
        yield here + suffix, features
        if last == "أ" and suffix != "ن":  # يبدأون, يبدؤون
            yield here[:-1] + suffix, features


@lru_cache(maxsize=4096)
def verb_forms(past: str, present: str) -> dict[str, Features]:
    """All written forms of a verb given by its past and present, third person masculine singular.

    Ordinary spelling with hamza and alef maqsura (دعا، رمى، لقي), which the class of weak verb is read from;
    a shadda on the last letter marks a doubled verb where length does not (استعدّ، not needed for شن).
    `voice` is "either": `passive_of` says whether the letters of the passive differ.
    """
    doubled = _is_doubled(past, present)
    past, present = past.replace(SHADDA, ""), present.replace(SHADDA, "")
    forms: dict[str, Features] = {}
    for form, features in (*_past_forms(past, present, doubled), *_present_forms(past, present, doubled)):
        forms.setdefault(form, changed(features, "voice", "either"))
    return forms


def passive_of(past: str, present: str) -> tuple[str, str]:
    """Past and present of the passive, in letters (equal to the active where only the vowels differ).

    Holds for hollow (قال: قيل، يقال), defective (دعا: دعي، يدعى), third-form (قاتل: قوتل) and initial-waw
    verbs (وصل: وصل، يوصل).
    """
    doubled = _is_doubled(past, present)
    past, present = past.replace(SHADDA, ""), present.replace(SHADDA, "")
    if doubled:
        return past, present
    new_past, new_present = past, present
    if past[-1] in "اى" and len(past) > 2:
        new_past = past[:-1] + "ي"
    elif past[-2] == "ا":
        new_past = past[:-2] + "ي" + past[-1]
    if len(past) >= 4 and past[1] == "ا" and past[0] not in "اأ":
        new_past = past[0] + "و" + new_past[2:]
    if len(past) >= 5 and past[0] == "ت" and past[2] == "ا":
        new_past = past[:2] + "و" + new_past[3:]
    if present[-1] in "وي":
        new_present = present[:-1] + "ى"
    elif len(present) >= 4 and present[-2] in "وي" and past[-2] == "ا":
        new_present = present[:-2] + "ا" + present[-1]
    if past[0] == "و" and len(past) == 3 and len(present) == 3:
        new_present = "يو" + new_present[1:]
    return new_past, new_present


def _endings(
    stem: str, endings: Iterable[str], features: Features, article: bool = True
) -> Iterator[tuple[str, Features]]:
    for ending in endings:
        yield stem + ending, changed(features, "definite", False)
        if article:
            yield "ال" + stem + ending, changed(features, "definite", True)


def _singular_forms(noun: str, features: Features) -> Iterator[tuple[str, Features]]:
    key, dual = fold(noun), changed(features, "number", "d")
    yield from _endings(key, ("",), features)
    if noun[-1] == "ة":
        stem = key[:-1] + "ت"
        yield from _endings(stem, ("", "ي", "ا"), dual, article=False)  # غارته; غارتي بلد
        yield from _endings(stem, ("ان", "ين"), dual)
        yield stem, changed(features, "definite", False)
        return
    if noun[-1] not in "اىء":
        yield from _endings(key, ("ا",), features, article=False)  # قتيلا
    stem = key[:-1] + "ي" if noun[-1] == "ى" else key
    yield from _endings(stem, ("ان", "ين"), dual)
    yield from _endings(stem, ("ي",), dual, article=False)


@lru_cache(maxsize=8192)
def noun_forms(noun: str, plurals: tuple[str, ...] = (), gender: str | None = None) -> dict[str, Features]:
    """All written forms of a noun: with and without ال, tanwin, dual, idafa forms, and the given plurals.

    `gender` m/f (default: f when the noun ends in ة). A plural in ون also gives ين and the idafa forms و/ي.
    """
    gender = gender or ("f" if noun.endswith("ة") else "m")
    forms: dict[str, Features] = {}
    found = list(_singular_forms(noun, Features(number="s", gender=gender)))
    if noun.endswith("ة"):  # غارت before a pronoun is singular, not the dual without its ن
        found.sort(key=lambda pair: pair[1].number != "s")
    for plural in plurals:
        features = Features(number="p", gender=gender)
        key = fold(plural)
        if plural.endswith(("ون", "ين")) and len(key) > 4:
            found += _endings(key[:-2], ("ون", "ين"), features)
            found += _endings(key[:-2], ("و", "ي"), features, article=False)
        else:
            found += _endings(key, ("",), features)
            if plural[-1] not in "اىءةت":
                found += _endings(key, ("ا",), features, article=False)
            if plural.endswith("ة"):
                found += _endings(key[:-1] + "ت", ("",), features, article=False)
    for form, found_features in found:
        forms.setdefault(form, found_features)
    return forms


@lru_cache(maxsize=4096)
def nisba_forms(masculine: str) -> dict[str, Features]:
    """All written forms of an adjective with sound plurals (أميركي، مسلح), with and without ال."""
    stem = fold(masculine)
    forms: dict[str, Features] = {}
    table = (
        ("", "s", "m"), ("ه", "s", "f"), ("ون", "p", "m"), ("ين", "p", "m"), ("ات", "p", "f"),
        ("ان", "d", "m"), ("تان", "d", "f"), ("تين", "d", "f"),
    )  # fmt: skip
    for ending, number, gender in table:
        for form, features in _endings(stem, (ending,), Features(number=number, gender=gender)):
            forms.setdefault(form, features)
    for ending, number, gender in (("ا", "s", "m"), ("ت", "s", "f"), ("و", "p", "m"), ("ي", "p", "m")):
        forms.setdefault(stem + ending, Features(number=number, gender=gender, definite=False))
    return forms


@lru_cache(maxsize=50_000)
def analyse(form: str) -> tuple[Analysis, ...]:
    """The ways to take attached particles and pronouns off a form, the one that takes least first.

    For text whose particles no tokenizer has split. The form itself is always the first, so a caller that
    stops at the first `core` it knows never takes a letter off a known stem. `لل` is read as ل + ال. A core
    keeps at least two letters.
    """
    key = fold(form)
    heads: list[tuple[tuple[str, ...], str]] = [((), key)]
    for letter in _CONJUNCTIONS:
        if key.startswith(letter):
            heads.append(((letter,), key[1:]))
    for prefixes, rest in tuple(heads):
        for letter in _PARTICLES:
            if rest.startswith(letter):
                heads.append(((*prefixes, letter), rest[1:]))
                if rest.startswith("لل"):
                    heads.append(((*prefixes, "ل"), "ال" + rest[2:]))
    found = [Analysis(prefixes, rest, "") for prefixes, rest in heads if len(rest) >= 2]
    for prefixes, rest in heads:
        for pronoun in _PRONOUNS:
            if rest.endswith(pronoun) and len(rest) - len(pronoun) >= 2:
                found.append(Analysis(prefixes, rest[: -len(pronoun)], pronoun))
    return tuple(sorted(found, key=lambda a: len("".join(a.prefixes)) + len(a.suffix)))
