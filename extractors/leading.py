"""Leaders and joiners told by verbs, their nouns and participles.

* "التحالف الذي تقوده الولايات المتحدة", "التحالف بقيادة واشنطن", "X يتزعم جماعة Y": LEADS
* "تولى X قيادة Y", "تعيين X على رأس Y": LEADS
* "انضم X إلى داعش", "التحق بصفوف داعش", "خلية تنتمي لداعش": MEMBER_OF, of bodies PART_OF
"""

from __future__ import annotations

from extractors.antecedents import antecedent_of
from extractors.base import Mention
from extractors.clause import Clause
from extractors.document import Sentence, Word
from extractors.inflection import verb_forms
from extractors.lexicon_words import function_words, transparent
from extractors.membership import body_from
from extractors.normalise import fold
from extractors.phrases import QUOTES, RELATIVES, has_pronoun
from extractors.referents import resolve_mention
from extractors.relation_drafts import RelationDrafts
from extractors.type_groups import BODIES
from extractors.verb_arguments import verb_slots

_LEAD_VERBS = {
    form: f
    for past, present in (("قاد", "يقود"), ("ترأس", "يترأس"), ("رأس", "يرأس"), ("تزعم", "يتزعم"))
    for form, f in verb_forms(past, present).items()
}
_TAKE_OVER_VERBS = {
    form: f
    for past, present in (("تولى", "يتولى"), ("تسلم", "يتسلم"), ("استلم", "يستلم"), ("تقلد", "يتقلد"))
    for form, f in verb_forms(past, present).items()
}
_ON, _TOP = fold("على"), fold("رأس")
_JOIN_VERBS = {
    form: f
    for past, present in (("انضم", "ينضم"), ("انتمى", "ينتمي"), ("التحق", "يلتحق"))
    for form, f in verb_forms(past, present).items()
}


def add_leading(drafts: RelationDrafts, sentence: Sentence) -> None:
    """Who leads which body, by every way of saying so in a sentence."""
    clause = drafts.participants.clauses[sentence.index]
    for word in sentence.words:
        key = fold(word.text)
        before = clause.keys[word.index - 2] if word.index > 1 else ""
        if key in function_words("leadership") and before in ("ب", "تحت"):
            _led_by(drafts, sentence, word, word.index - 1)
        elif key in function_words("leadership") and has_pronoun(sentence.words, word.index - 1):
            _own_leadership(drafts, sentence, word)
        elif word.upos == "VERB" and key in _LEAD_VERBS:
            if has_pronoun(sentence.words, word.index - 1):
                _led_by(drafts, sentence, word, word.index)
            else:
                _leads(drafts, sentence, word)
        elif word.upos == "VERB" and key in _TAKE_OVER_VERBS:
            _takes_over(drafts, sentence, word)
        elif key == _TOP and before == _ON:
            _at_top(drafts, sentence, word)


def _takes_over(drafts: RelationDrafts, sentence: Sentence, word: Word) -> None:
    """ "تولى X قيادة Y": the verb's subject leads the body in the idafa of its object."""
    clause = drafts.participants.clauses[sentence.index]
    slots = verb_slots(clause, word.index, _TAKE_OVER_VERBS[fold(word.text)])
    leader = _first(drafts, sentence, slots.get("subj"))
    for i in slots.get("obj"):
        if clause.keys[i - 1] in function_words("leadership") and not slots.passive:
            body = body_from(drafts, sentence, i)
            if leader and body and drafts.entities[leader.entity].type == "Person":
                _add(drafts, sentence, leader.entity, "LEADS", body, word, "leading")


def _at_top(drafts: RelationDrafts, sentence: Sentence, word: Word) -> None:
    """ "تعيين X على رأس Y": who is named right before leads the body behind."""
    here = drafts.participants.by_sentence[sentence.index]
    leader = next((m for m in here if m.last == word.index - 2 and m.type == "Person"), None)
    body = body_from(drafts, sentence, word.index)
    if leader and body:
        _add(drafts, sentence, leader.entity, "LEADS", body, word, "leading")


def _led_by(drafts: RelationDrafts, sentence: Sentence, word: Word, begin: int) -> None:
    """The body before, the leader after: "التحالف الذي تقوده واشنطن", "التحالف بقيادة أميركية"."""
    here = [m for m in drafts.participants.by_sentence[sentence.index] if m.kind != "place"]
    leader = next((m.entity for m in here if word.index < m.first <= word.index + 2), None)
    leader = leader or drafts.state(sentence, word.index + 1)
    body = _body_before(drafts, sentence, begin, here)
    if leader and body:
        _add(drafts, sentence, leader, "LEADS", body, word, "leading")


def _body_before(
    drafts: RelationDrafts, sentence: Sentence, begin: int, here: list[Mention]
) -> Mention | None:
    """The body right before word `begin`, with nothing but a relative pronoun, adjectives or marks between:
    what another noun is led by ("برنامج تقوده واشنطن") is not the body's leader.
    """
    ends = [m.last for m in here if m.last < begin]
    last = max(ends, default=0)
    between = sentence.words[last : begin - 1]
    if not last or not all(
        w.upos in ("ADJ", "PUNCT") or w.text in QUOTES or fold(w.text) in RELATIVES for w in between
    ):
        return None
    relative = next((fold(w.text) for w in between if fold(w.text) in RELATIVES), "")
    bodies = [
        m
        for m in here
        if m.last == last
        and drafts.entities[m.entity].type in BODIES
        and (m.gender != "m" or relative != "التي")  # الحرب على تنظيم X التي تقودها Y: the war is led
    ]
    body = max(bodies, key=lambda m: m.first, default=None)  # of القوات المدعومة من التحالف the one behind
    keys = drafts.participants.clauses[sentence.index].keys
    if body is not None and body.first > 1 and keys[body.first - 2] in function_words("within"):
        # لجنة الأمن في البرلمان برئاسة X: he heads the part
        return next((m for m in here if m.last == body.first - 2 and m.type in BODIES), body)
    return body


def _own_leadership(drafts: RelationDrafts, sentence: Sentence, word: Word) -> None:
    """ "قيادته لكتيبة": whom the pronoun means leads what stands after ل."""
    clause = drafts.participants.clauses[sentence.index]
    pronoun = sentence.words[word.index]
    after = word.index + 1
    if after >= len(sentence.words) or clause.keys[after] != "ل":
        return
    body = body_from(drafts, sentence, after + 1)
    leader = antecedent_of(drafts.participants, sentence.index, pronoun)
    if body and leader and drafts.entities[leader].type == "Person":
        _add(drafts, sentence, leader, "LEADS", body, word, "leading")


def _leads(drafts: RelationDrafts, sentence: Sentence, word: Word) -> None:
    """A verb of leading with its subject and a body as its object: "X يتزعم جماعة Y"."""
    clause = drafts.participants.clauses[sentence.index]
    slots = verb_slots(clause, word.index, _LEAD_VERBS[fold(word.text)])
    body = _first(drafts, sentence, slots.get("obj"))
    leader = _first(drafts, sentence, slots.get("subj"))
    if body and leader and drafts.entities[body.entity].type in BODIES and not slots.passive:
        _add(drafts, sentence, leader.entity, "LEADS", body, word, "leading")


def add_joining(drafts: RelationDrafts, sentence: Sentence) -> None:
    """ "انضم X إلى داعش", "خلية تنتمي لداعش": the joiner is the verb's subject or the noun it
    describes.
    """
    clause = drafts.participants.clauses[sentence.index]
    for word in sentence.words:
        if word.upos != "VERB" or fold(word.text) not in _JOIN_VERBS:
            continue
        if has_pronoun(sentence.words, word.index):
            continue  # "اللواء الذي انضم قادته": who joined is told by a noun of its own
        slots = verb_slots(clause, word.index, _JOIN_VERBS[fold(word.text)])
        body = _joined_body(drafts, sentence, clause, word)
        joiner = _first(drafts, sentence, slots.get("subj"))
        if body and joiner:
            predicate = "PART_OF" if drafts.entities[joiner.entity].type in BODIES else "MEMBER_OF"
            _add(drafts, sentence, joiner.entity, predicate, body, word, "joining")


def _joined_body(drafts: RelationDrafts, sentence: Sentence, clause: Clause, word: Word) -> Mention | None:
    """The body that is joined: after إلى, ل, ب, مع behind the verb or the verb joined to it."""
    for i in range(word.index, min(len(clause.words), word.index + 7)):
        if clause.keys[i] in RELATIVES or (
            clause.words[i].upos == "PUNCT" and clause.words[i].text not in QUOTES
        ):
            return None
        if clause.keys[i] in function_words("joining_prepositions"):
            body = body_from(drafts, sentence, i + 1)
            ranks = clause.keys[i] != fold("في") or clause.keys[i + 1] in transparent("positions")
            if body is not None and ranks and body.kind != "state":
                return body
    return None


def _first(drafts: RelationDrafts, sentence: Sentence, fillers: list[int]) -> Mention | None:
    found = (resolve_mention(drafts.participants, sentence.index, f, places=False) for f in fillers)
    return next((m for m in found if m), None)


def _add(
    drafts: RelationDrafts,
    sentence: Sentence,
    subject: str,
    predicate: str,
    body: Mention,
    word: Word,
    rule: str,
) -> None:
    first, last = min(word.index, body.first), max(word.index, body.last)
    drafts.add(
        subject,
        predicate,
        body.entity,
        drafts.evidence(sentence, first, last),
        rule,
        sentence.index,
        index=word.index,
    )
