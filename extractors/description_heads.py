"""Which nouns of the lexicon head a description where they stand, and which are another word's there.

* no description: an adjective (هجوما مسلحا), a portfolio (وزراء الخارجية), the verb of taking captive before
  a number (وأسر سبعة آخرون), what only says something of a name beside it (شقيقه علاء)
* one, whatever the tagger calls the noun: by the missing article or the ending of a subject (اقتحم مسلحون
  فندقا, أجبر الجيش المسلحين على الانسحاب)

Positions count from 0.
"""

from __future__ import annotations

from extractors.attached import complement
from extractors.counted_people import is_harm
from extractors.gazetteer import HeadMatch
from extractors.lexicon_words import function_words, transparent
from extractors.normalise import fold
from extractors.people_nouns import people_by_form
from extractors.phrases import (
    NOMINAL,
    are_people,
    definite,
    has_pronoun,
    is_adjective,
    is_ground,
    is_mark,
    is_one_body,
)
from extractors.sentence_mentions import SentenceMentions
from extractors.time_words import spelled, time_words
from extractors.triggers import load_triggers
from extractors.type_groups import ATTACKS


def head_at(mentions: SentenceMentions, i: int, names: frozenset[int]) -> HeadMatch | None:
    """The noun of heads.yaml, or by its form for people, that heads a description at position `i`; None where
    there is none, or where it names nobody there. `names`: the positions of names of people.
    """
    keys = mentions.keys
    word, key = mentions.words[i], keys[i]
    match = mentions.gazetteer.head(word.text) or people_by_form(word)
    if not match or i in names or word.upos in ("VERB", "ADP", "PART", "CCONJ"):
        return None
    if any(m.first == i + 1 and m.form in ("name", "title") for m in mentions.found):
        return None
    if any(m.first == i + 1 and m.type in ("Person", "Population") for m in mentions.found):
        return None
    if _describes(mentions, i, match):
        return None
    if match.number == "p" and not definite(word) and (_before_number(mentions, i) or _captures(mentions, i)):
        return None
    if _of_an_attack(mentions, i, match) or not _has_complement(mentions, i, match):
        return None
    if i and keys[i - 1] in function_words("portfolio_holders") and match.head.type == "GovernmentBody":
        return None  # a portfolio: وزراء الخارجية
    if key in function_words("world"):
        return None  # no scholar: العالم الإسلامي
    if key in transparent("not_people") and match.number == "s" and match.gender == "f":
        return None
    if _is_apposed(mentions, i, match, names) or _of_the_speaker(mentions, i):
        return None
    if i and keys[i - 1] in function_words("without"):
        return None  # طائرة بدون طيار: there is none
    if key in function_words("leadership") and i and keys[i - 1] == "ب":
        return None  # "بقيادة X" tells who leads, and names no command
    if i and mentions.words[i - 1].upos == "NUM" and spelled(word.text) in time_words().units:
        return None  # بعد قضائهم 30 سنة: years, no Sunnis
    if match.number == "d" and key.endswith("ي") and (match.head.type or not match.head.place):
        return None  # a nisba adjective (أمني) rather than the rare dual before a noun
    return match


def _describes(mentions: SentenceMentions, i: int, match: HeadMatch) -> bool:
    """Whether what may be a noun is the adjective of the noun before it."""
    word = mentions.words[i]
    adjective = word.upos == "ADJ" and i and mentions.words[i - 1].upos in ("NOUN", "ADJ")
    harmed = (is_harm(mentions.words, i - 1) or _is_hit(mentions, i)) and match.head.type == "Population"
    harmed = harmed and not definite(word)
    return bool(adjective) and not (harmed or stands_apart(mentions, i))


def stands_apart(mentions: SentenceMentions, i: int) -> bool:
    """Whether a noun for people is no adjective of the word before it: by the missing article, or as its
    ending is a subject's (in هجوم شنه مسلحون the verb may be taken for a noun).
    """
    words, keys = mentions.words, mentions.keys
    if keys[i].endswith("ا") and keys[i - 1].endswith("ون"):
        return True  # اقتحم مسلحون فندقا: no accusative describes a nominative
    if definite(words[i]) and definite(words[i - 1]) and is_ground(words[i]):
        return True  # دخلت قوات النظام البلدة
    match = mentions.gazetteer.head(words[i].text)
    if match and definite(words[i - 1]) and not definite(words[i]):
        # فرقت الشرطة متظاهرين, بين القتلى طفلان: several who are indefinite describe nothing definite
        ending = {"p": "ين", "d": "ان"}.get(match.number or "")
        if ending and keys[i].endswith(ending):
            return True
        if not (match.head.weak or match.head.of or keys[i].startswith("م") or keys[i].endswith("ي")):
            return True  # خطف التنظيم رعايا
    if keys[i].endswith("ه") and keys[i - 1].endswith(("ون", "ين")) and are_people(keys[i - 1]):
        return True  # هاجم مسلحون دورية
    noun = i - 1
    while noun > 0 and definite(words[noun]) and is_adjective(words[noun]):
        noun -= 1
    if is_one_body(words[noun]) and are_people(keys[i]):
        return True  # أجبر الجيش المسلحين على الانسحاب; قصف الجيش الأوكراني الانفصاليين
    before = mentions.gazetteer.head(words[i - 1].text)
    people = before is not None and before.head.type in ("Population", "Person")
    if _is_of_deed(mentions, i, match):
        return True
    return keys[i].endswith("ون") and not keys[i].startswith("ال") and not people


def _is_of_deed(mentions: SentenceMentions, i: int, match: HeadMatch | None) -> bool:
    """Whether several people without the article stand behind a verbal noun, which is singular: they are
    in its idafa (دعم متمردين).
    """
    words, keys = mentions.words, mentions.keys
    several = match is not None and match.number == "p" and keys[i].endswith("ين")
    readings = load_triggers().lookup(words[i - 1].text)
    return (
        several
        and not definite(words[i])
        and any(m.trigger.kind == "masdar" for m in readings)
        and not keys[i - 1].endswith(("ين", "ات"))
    )


def _is_hit(mentions: SentenceMentions, i: int) -> bool:
    """Whether the verbal noun of an attack on people stands before (إحراق رضيع، طعن شرطي), or the noun is
    the object of a verb of harm, though parted from it (قتلت قوات الأمن مسلحا).
    """
    words = mentions.words
    word = words[i]
    if word.deprel == "obj" and word.head and is_harm(words, word.head - 1):
        return True
    readings = load_triggers().lookup(words[i - 1].text)
    return any(
        m.trigger.kind == "masdar" and m.trigger.type == "ArmedAttack" and "obj" in m.trigger.frame
        for m in readings
    )


def _of_an_attack(mentions: SentenceMentions, i: int, match: HeadMatch) -> bool:
    """Whether a noun for people is rather an adjective of the attack before it (هجوما مسلحا)."""
    words = mentions.words
    if not i or match.number != "s" or match.head.type != "Population":
        return False
    if not match.head.weak and fold(match.head.noun) not in function_words("of_attacks"):
        return False
    return definite(words[i]) == definite(words[i - 1]) and any(
        m.trigger.kind in ("noun", "masdar") and m.trigger.type in ATTACKS
        for m in load_triggers().lookup(words[i - 1].text)
    )


def _before_number(mentions: SentenceMentions, i: int) -> bool:
    """Whether a number word follows, which no noun annexes: أسر in وأسر سبعة آخرون is no noun (but that
    of people is by its ending: خطف مسلحون أربعة رهبان).
    """
    words, keys = mentions.words, mentions.keys
    if keys[i].endswith(("ون", "ين")):
        return False
    after = words[i + 1] if i + 1 < len(words) else None
    digits = keys[i + 1 : i + 2] != [] and keys[i + 1].isdigit()
    if digits:
        return keys[i] in function_words("captures")  # وأسر 10 آخرين
    return after is not None and after.upos == "NUM"


def _captures(mentions: SentenceMentions, i: int) -> bool:
    """Whether what looks like a noun for families is the verb of taking captive or its verbal noun:
    before fighters in the nominative, or an armed group (أسر مقاتلو X جنديا; وقع في أسر X).
    """
    words, keys = mentions.words, mentions.keys
    if keys[i] not in function_words("captures"):
        return False
    following = mentions.gazetteer.head(words[i + 1].text) if i + 1 < len(words) else None
    subject = following is not None and following.number == "p" and keys[i + 1].endswith(("و", "ون"))
    group = any(m.first == i + 2 and m.type == "ArmedGroup" for m in mentions.found)
    return subject or group


def _has_complement(mentions: SentenceMentions, i: int, match: HeadMatch) -> bool:
    """Whether the noun has the words behind it with which alone it names somebody: وسائل الإعلام; of
    الأطراف an adjective or nothing, as أطراف المدينة are a place.
    """
    words = mentions.words
    behind = words[i + 1] if i + 1 < len(words) else None
    if match.head.of:
        return behind is not None and fold(behind.text) in match.head.of
    if mentions.keys[i] not in function_words("only_described"):
        return True
    if behind is None or not is_adjective(behind):
        return definite(words[i]) and (behind is None or behind.upos not in NOMINAL)
    apart = definite(behind) == definite(words[i])
    return apart and fold(behind.text) not in function_words("compass_adjectives")


def _is_apposed(mentions: SentenceMentions, i: int, match: HeadMatch, names: frozenset[int]) -> bool:
    """Whether a word for people says something of a name beside it: شقيقه علاء; الحوثيون المتحالفون مع X,
    الحوثيون المدعومون من X والمتحالفون مع Y.
    """
    words, keys = mentions.words, mentions.keys
    one_of = function_words("superlatives").intersection(keys[max(0, i - 2) : i])
    if fold(match.head.noun) in function_words("allied") and one_of:
        return True  # X أحد أقوى حلفاء Y
    if match.head.type != "Population":
        return False
    if match.number == "s" and fold(match.head.noun) in function_words("kin") and i:
        before = i - 2 if i > 1 and words[i - 1].text in ("،", ",") else i - 1
        if before in names and not has_pronoun(words, i):
            return True  # سليمان حسن ابن عم الرئيس
    behind = i + 2
    if has_pronoun(words, i) and match.number == "s":
        named = behind in names or any(
            m.first == behind + 1 and m.form == "name" and m.kind != "place" for m in mentions.found
        )
        if named:
            return True
    if not match.head.noun and i:
        if keys[i - 1] == "و" and complement(words, i) is not None:
            return True
        before = i - 2 if i > 1 and is_mark(words[i - 1]) else i - 1
        return are_people(keys[before]) and not is_one_body(words[before])
    return False


def _of_the_speaker(mentions: SentenceMentions, i: int) -> bool:
    """Whether a suffix of the first or second person tells whose people they are (شعبنا, أبناؤكم)."""
    behind = mentions.words[i + 1 : i + 2]
    attached = [w for w in behind if w.token == mentions.words[i].token]
    return bool(attached) and fold(attached[0].text) in function_words("of_the_speaker")
