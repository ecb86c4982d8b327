"""Where a noun phrase ends: the surface grammar of idafa, adjectives and attached phrases.

Mentions are delimited on the surface, since the parser is right about four attachments in five only, while
an Arabic noun phrase shows its edges: an idafa runs over bare nouns until one that is definite, adjectives
follow the whole chain and agree in definiteness, and verbs, marks and conjunctions end it.
(Ryding, *A Reference Grammar of Modern Standard Arabic*, ch. 8 and 10.) Indexes are positions in
`sentence.words`, from 0.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.document import Sentence, Word
from extractors.gazetteer import HeadMatch, load_gazetteer
from extractors.lexicon_words import function_words
from extractors.normalise import fold
from extractors.people_nouns import is_people_plural
from extractors.triggers import load_triggers
from extractors.type_groups import ATTACKS, BODIES

NOMINAL = frozenset({"NOUN", "PROPN", "X", "NUM"})
QUOTES = frozenset("\"'«»“”‘’„()[]")
#: Marks that open speech.
OPENING = frozenset('"«“„:')
RELATIVES = frozenset(
    fold(w) for w in ("الذي", "التي", "الذين", "اللذان", "اللذين", "اللتان", "اللتين", "اللواتي", "اللاتي")
)
DEMONSTRATIVES = frozenset(fold(w) for w in ("هذا", "هذه", "هؤلاء", "ذلك", "تلك", "أولئك", "نفس", "ذات"))


def forms(sentence: Sentence) -> list[str]:
    """The look-up keys of a sentence's words."""
    return [fold(w.text) for w in sentence.words]


#: Written so, the first letter is none of the article's.
_WITH_HAMZA = frozenset("أآإ")


def definite(word: Word) -> bool:
    """Whether the word carries the article. Written ال decides; the tagger helps for assimilated forms."""
    key = fold(word.text)
    if word.text[:1] in _WITH_HAMZA:
        return False  # ألغام، آلاف begin with letters of their own
    return (key.startswith("ال") and len(key) > 4) or (
        key.startswith("ال") and word.feats.get("Definite") == "Def"
    )


def is_mark(word: Word) -> bool:
    """Whether the word is punctuation."""
    return word.upos == "PUNCT" or not any(c.isalnum() for c in word.text)


def is_adjective(word: Word) -> bool:
    """An adjective by tag, or a nisba adjective by form (names are often tagged as such and the reverse)."""
    return word.upos == "ADJ" or load_gazetteer().nisba(fold(word.text)) is not None


def names_people(key: str) -> bool:
    """Whether the form of that key is a nisba in the masculine plural: it names people (الحوثيين), so that it
    describes no single body.
    """
    nisba = load_gazetteer().nisba(key)
    return nisba is not None and nisba.number == "p"


def has_pronoun(words: Sequence[Word], i: int) -> bool:
    """Whether a suffix pronoun is attached to the word (it closes the idafa: قواته)."""
    return i + 1 < len(words) and words[i + 1].token == words[i].token and words[i + 1].upos == "PRON"


def noun_phrase_end(
    words: Sequence[Word], start: int, *, limit: int = 9, names: frozenset[int] = frozenset()
) -> int:
    """The last position of the noun phrase headed at `start`: idafa nouns, then adjectives.

    `names` are positions of names that the phrase must stop before (a person in apposition).
    """
    end = start
    closed = definite(words[start]) or has_pronoun(words, start)
    adjectives = False
    while end + 1 < len(words) and end - start < limit:
        following = words[end + 1]
        if (
            end + 1 in names
            or is_mark(following)
            or following.upos in ("VERB", "ADP", "CCONJ", "SCONJ", "PRON", "AUX", "PART", "DET")
        ):
            break
        key = fold(following.text)
        if end == start and key in function_words("fire") and _is_of_people(words[start]):
            break  # أطلق مسلح النار
        if key in DEMONSTRATIVES | RELATIVES | function_words("belonging") | function_words("his_words"):
            break
        if key in function_words("lying") and _takes_preposition(words, end + 1):
            break  # البلدة الواقعة على الحدود: where it lies is no part of its name
        named = end > start and _is_place_name(words[end])  # قائد قوة جازان اللواء X
        if (definite(words[end]) or adjectives or named) and opens_phrase(following):
            break
        people = (closed or adjectives) and are_people(key) and is_one_body(words[start])
        if key in function_words("ends_of_life") or people or (closed and is_deed(following, key)):
            break  # لقي جندي مصرعه; طردت القوات الحكومية الحوثيين; قررت السلطات الإفراج عنهم
        if _is_sound_plural(words[end].text):
            if not definite(following) and key.endswith("ه"):
                break  # هاجم مسلحون دورية
            alike = key[-2:] == fold(words[end].text)[-2:] and definite(following) == definite(words[end])
            if alike and _is_sound_plural(following.text):
                adjectives, end = True, end + 1  # مسلحون مجهولون
                continue
        if is_nominative(words[end]) and _is_tanwin(following):
            break  # اقتحم مسلحون فندقا, قتل شاب إسرائيليا: no accusative describes a nominative
        if _is_accusative(following, key) and not _may_be_accusative(words[end]):
            break  # هاجم سعودي شرطيا
        if adjectives and fold(words[end].text).endswith("ه") and (are_people(key) or _is_tanwin(following)):
            break  # حملت الأطراف اليمنية الحوثيين, شنت تشكيلات مسلحة هجوما
        if _is_state(words[end], following):
            break  # يزور الرئيس الأمريكي السعودية
        if key in function_words("accusative_counts") or key in function_words("vague_counts"):
            break  # the object of the verb before: اقتحم مسلحون عددا من المباني, اعتقل الأمن العشرات
        agrees = (
            definite(following) == (definite(words[end]) or closed) or following.token == words[end].token
        )
        if closed and not _is_annexed(words, start) and _cannot_describe(words, start, end + 1):
            break  # اعتقلت الشرطة القيادي, دخل الجيش المدينة: the next phrase, though tagged as an adjective
        if is_adjective(following) and agrees and not (following.upos in NOMINAL and not closed):
            adjectives = True
        elif not adjectives and not closed and _may_annex(words[end], following):
            # A definite word after an indefinite noun is its idafa, also where it looks like an adjective
            # (وزارة الداخلية): an adjective would agree.
            closed = definite(following) or has_pronoun(words, end + 1) or _is_state_name(key)
        else:
            break
        end += 1
    return end


def _is_accusative(word: Word, key: str) -> bool:
    """Whether an indefinite word in ي shows its accusative by its last letter (شرطيا, but ضحايا)."""
    ending = key.endswith("يا") and not key.endswith("ايا")
    return ending and word.upos in ("ADJ", "NOUN") and not definite(word)


def _may_be_accusative(word: Word) -> bool:
    """Whether a word could be an indefinite accusative, which all but the feminines show by an alef."""
    return definite(word) or fold(word.text).endswith(("ا", "ه", "ء", "ات", "ين"))


def _is_of_people(word: Word) -> bool:
    head = load_gazetteer().head(word.text)
    return head is not None and head.head.type == "Population"


def are_people(key: str) -> bool:
    """Whether the form of that key is a masculine plural that only people are called by (المعتقلين)."""
    return names_people(key) or _is_sound_plural(key)


def _is_sound_plural(form: str) -> bool:
    """Whether a form is by its ending a plural of people (مسلحون, مجهولين)."""
    head = load_gazetteer().head(form)
    if head is None:
        return is_people_plural(form)
    return head.number == "p" and head.head.type == "Population" and form.endswith(("ون", "ين"))


def _is_tanwin(word: Word) -> bool:
    """Whether a word ends in the alef of the indefinite accusative, which no feminine adjective has."""
    if not word.text.endswith("ا") or definite(word) or word.upos not in ("NOUN", "ADJ"):
        return False
    return fold(word.text) not in function_words("elatives") and not _is_place_name(word)


def is_nominative(word: Word) -> bool:
    """Whether the letters of an indefinite noun or adjective for people show that it is no accusative."""
    key = fold(word.text)
    if key.endswith("ون"):
        return True
    if definite(word) or word.text.endswith(("ا", "ى", "ء", "ة", "ي")):
        nisba = load_gazetteer().nisba(key)
        return (
            nisba is not None
            and not nisba.definite
            and (nisba.gender, nisba.number) == ("m", "s")
            and key.endswith("ي")
        )
    head = load_gazetteer().head(word.text)
    single = head is not None and (head.gender, head.number) == ("m", "s")
    return single and head is not None and head.head.type == "Population"


def _is_state_name(key: str) -> bool:
    """Whether a word alone is the name of a state or its capital, which ends an idafa (حلفاء واشنطن)."""
    return any(load_gazetteer().actor(h.key).type == "State" for h in load_gazetteer().find_actors([key]))


def _is_state(adjective: Word, following: Word) -> bool:
    """Whether the feminine of a nisba behind the masculine of another is the name of a state."""
    one, other = load_gazetteer().nisba(fold(adjective.text)), load_gazetteer().nisba(fold(following.text))
    return (
        one is not None
        and other is not None
        and (one.number, other.number) == ("s", "s")
        and (one.gender, other.gender) == ("m", "f")
    )


def is_deed(word: Word, key: str) -> bool:
    """Whether what the tagger takes for an adjective is a verbal noun, which describes nothing."""
    return (
        word.upos == "ADJ"
        and not key.endswith(("ي", "يه"))
        and any(m.trigger.kind == "masdar" for m in load_triggers().lookup(key))
    )


def _is_place_name(word: Word) -> bool:
    return word.upos in ("X", "PROPN") or bool(load_gazetteer().find_places([fold(word.text)]))


def _is_annexed(words: Sequence[Word], i: int) -> bool:
    """Whether a noun before it has the word in its idafa, so that an adjective may be that noun's (وزير
    الخارجية الفرنسي)."""
    return i > 0 and words[i - 1].upos in NOMINAL and not definite(words[i - 1])


def _cannot_describe(words: Sequence[Word], start: int, i: int) -> bool:
    """Whether a definite word cannot be the adjective of a definite noun for a body: by its gender, unless a
    pronoun behind agrees (الحكومة المعترف بها).
    """
    noun, following = words[start], words[i]
    match, key = load_gazetteer().head(noun.text), fold(following.text)
    if match is None or match.head.type not in BODIES or not (definite(noun) and definite(following)):
        return False
    if i + 2 < len(words) and words[i + 1].upos == "ADP" and words[i + 2].upos == "PRON":
        return False
    if match.gender == "f":
        return not key.endswith("ه") and not following.text.endswith(("ى", "اء", "ا"))
    return match.number == "s" and key.endswith("ه")


def is_one_body(noun: Word) -> bool:
    """Whether a noun means a body and is feminine or singular (القوات, الجيش): no masculine plural agrees."""
    match = load_gazetteer().head(noun.text)
    return match is not None and match.head.type in BODIES and (match.gender == "f" or match.number == "s")


def _takes_preposition(words: Sequence[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].upos == "ADP"


def opens_phrase(word: Word) -> bool:
    """Whether a word behind a finished phrase begins another, also where it is tagged as an adjective: a rank
    (الجيش العقيد X), a post (الشرطة القيادي), an organ in apposition (كتائب القسام الجناح العسكري), a noun of
    place (دخل الجيش المدينة), or an adverb of time."""
    key = fold(word.text)
    if key in function_words("days"):
        return True
    if not key.startswith("ال"):
        return False
    title = load_gazetteer().title_at([key], 0)
    return (
        key[2:] in function_words("organs") | function_words("posts_of_people")
        or is_ground(word)
        or (title is not None and title[0].honorific)
    )


def is_ground(word: Word) -> bool:
    """Whether a word is a noun of place, and no adjective whatever the tagger calls it (البلدة, المدينة)."""
    place = load_gazetteer().head(word.text)
    return place is not None and place.head.place is not None and not (place.head.type or place.head.weak)


def _may_annex(noun: Word, following: Word) -> bool:
    """Whether a noun can stand before another in an idafa: not with the ن of a plural or dual, nor with
    tanwin;
    and the second is no accusative (مسلحون عددا من المباني are two phrases)."""
    if not (following.upos in NOMINAL or definite(following)):
        return False
    key, after = fold(noun.text), fold(following.text)
    head = load_gazetteer().head(noun.text)
    if (names_people(key) and key.endswith(("ون", "ين"))) or key.endswith("يون"):
        return False
    if head and _is_nisba_of_one(key, head):
        return False  # استهدف انتحاري نقطة تفتيش
    # Only the letters as written tell the accusative (ضابطا) from خبراء, and the dual from سكان.
    if head and (
        (head.number in ("p", "d") and key.endswith(("ون", "ين")))
        or (head.number == "d" and key.endswith("ان"))
        or (len(key) > 3 and _is_in_accusative(noun, head))
    ):
        return False
    deeds = [m.trigger for m in load_triggers().lookup(after) if m.trigger.kind in ("masdar", "noun")]
    if head and head.head.casualty and any(t.type in ATTACKS for t in deeds):
        return False  # ضحايا هجوم أبها
    accusative = following.feats.get("Case") == "Acc" or bool(deeds)
    return not (after.endswith("ا") and accusative and following.upos in ("NOUN", "ADJ"))


def _is_nisba_of_one(key: str, head: HeadMatch) -> bool:
    """Whether a noun for one man is a nisba by its form (جندي, إرهابي): such nouns seldom annex another."""
    man = head.number == "s" and head.gender != "f" and head.head.type == "Population"
    return man and key.endswith("ي") and key not in function_words("defective")


def _is_in_accusative(noun: Word, head: HeadMatch) -> bool:
    """Whether the alef at the end of an indefinite noun is that of the accusative (ضابطا, جنودا), none of its
    own (رعايا)."""
    if not noun.text.endswith("ا") or definite(noun):
        return False
    return head.number != "p" or load_gazetteer().head(noun.text[:-1]) is not None


def agrees_with(pronoun: Word, noun: Word) -> bool:
    """Whether a suffix pronoun can point back to a noun for a thing: ه to a masculine, ها to a feminine or to
    a plural.
    """
    feminine = fold(noun.text).endswith(("ه", "ات")) or noun.feats.get("Number") == "Plur"
    return feminine if fold(pronoun.text) == "ها" else not feminine


def skip_quotes(words: Sequence[Word], i: int) -> int:
    """The next position at or after `i` that is not a quotation mark or bracket."""
    while i < len(words) and words[i].text in QUOTES:
        i += 1
    return i


def governor(sentence: Sentence, first: int, last: int) -> int:
    """The index of the word of a stretch (from 1) whose head lies outside it: the stretch's head."""
    for word in sentence.words[first - 1 : last]:
        if not first <= word.head <= last and word.upos not in ("PUNCT", "ADP"):
            return word.index
    return first
