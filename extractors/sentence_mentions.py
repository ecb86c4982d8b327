"""The mentions found so far in one sentence."""

from __future__ import annotations

from extractors.base import Mention
from extractors.document import Document, Sentence
from extractors.gazetteer import HeadMatch, load_gazetteer
from extractors.numbers import Quantity
from extractors.phrases import forms, governor


class SentenceMentions:
    """Collects the mentions of one sentence; of two with the same words the one found first stays."""

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self.document = document
        self.sentence = sentence
        self.words = sentence.words
        self.keys = forms(sentence)
        self.gazetteer = load_gazetteer()
        self.found: list[Mention] = []

    def add(
        self,
        first: int,
        last: int,
        kind: str,
        type_: str,
        form: str,
        *,
        key: str | None = None,
        match: HeadMatch | None = None,
        quantity: Quantity | None = None,
        casualty: str | None = None,
        name: tuple[int, int] | None = None,
        tie: int | None = None,
        owner: int | None = None,
        rule: str,
    ) -> None:
        """Add the mention at positions `first`..`last` (from 0). `name`: the positions that make its label,
        `tie` that of a participle that ties it to another, `owner` that of a suffix that tells whose it is.
        Gender and number are those of the head noun (`match`), else of the first word.
        """
        words = self.words
        span = self.document.span(words[first].start, words[last].end)
        label = " ".join(span.text.split())
        if words[first].text.startswith("ال") and label.startswith("ل"):
            # In لل the article has lost its alef: the label gets it back, the span keeps to the letters.
            label = "ا" + label
        if name:
            label = " ".join(self.document.span(words[name[0]].start, words[name[1]].end).text.split())
        noun = match or self.gazetteer.head(words[first].text)  # تنظيم داعش is masculine as تنظيم is
        if noun and noun is not match and noun.head.type == "Population":
            noun = None  # the letters of الأمين are those of a dual of أم as well
        gender = noun.gender if noun else words[first].feats.get("Gender", "")[:1].lower() or None
        number = match.number if match else words[first].feats.get("Number", "")[:1].lower() or None
        self.found.append(
            Mention(
                self.sentence.index,
                first + 1,
                last + 1,
                governor(self.sentence, first + 1, last + 1),
                kind,
                type_,
                form,
                span,
                label,
                key,
                gender,
                number,
                quantity,
                casualty,
                0 if tie is None else tie + 1,
                0 if owner is None else owner + 1,
                rule=rule,
            )
        )

    def drop_within(self, first: int, last: int) -> None:
        """Take out the descriptions at positions `first`..`last`, which a longer phrase holds."""
        self.found = [
            m for m in self.found if m.form != "description" or m.first != first + 1 or m.last > last + 1
        ]

    def settled(self) -> list[Mention]:
        """Text order, outer first; of two with the same words the earlier rule stays."""
        seen: set[tuple[int, int]] = set()
        kept = []
        for mention in self.found:
            if (mention.first, mention.last) not in seen:
                seen.add((mention.first, mention.last))
                kept.append(mention)
        return sorted(kept, key=lambda m: (m.first, -m.last))
