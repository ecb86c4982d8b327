"""People told only by the deed that they did: منفذ الهجوم، مرتكبو المجزرة."""

from __future__ import annotations

from extractors.lexicon_words import function_words
from extractors.phrases import definite, noun_phrase_end
from extractors.sentence_mentions import SentenceMentions
from extractors.triggers import load_triggers
from extractors.type_groups import COUNTED, STRIKES


def add_perpetrators(mentions: SentenceMentions) -> None:
    """Add those of one sentence whom a participle of carrying out names, with the deed in its idafa."""
    words, keys = mentions.words, mentions.keys
    for i, key in enumerate(keys[:-1]):
        several = key in function_words("perpetrators")
        if not (several or key in function_words("perpetrator")) or definite(words[i]):
            continue
        readings = load_triggers().lookup(words[i + 1].text)
        deed = any(
            m.trigger.kind in ("noun", "masdar") and m.trigger.type in STRIKES | COUNTED for m in readings
        )
        if deed or keys[i + 1].removeprefix("ال") in function_words("carried_out"):
            end = noun_phrase_end(words, i)
            type_ = "Population" if several else "Person"
            mentions.add(i, max(end, i + 1), "actor", type_, "description", rule="doer of a deed")
