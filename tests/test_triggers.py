"""The trigger lexicon: what news sentences' words are found as, and that a wrong entry is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.trigger_files import read_triggers
from extractors.triggers import TriggerLexicon, fits, load_triggers, slot_of
from schema.errors import OntologyError
from schema.ontology import load_ontology

LEXICON = load_triggers()


def types_of(form: str, kind: str | None = None) -> set[str | None]:
    return {m.trigger.type for m in LEXICON.lookup(form) if kind in (None, m.trigger.kind)}


WORDS = [
    ("غارات", "Airstrike"), ("غاراتها", "Airstrike"), ("أغارت", "Airstrike"), ("قصفت", "Shelling"),
    ("يقصفون", "Airstrike"), ("تفجيرات", "Bombing"), ("انفجرت", "Bombing"), ("هوجمت", "ArmedAttack"),
    ("اقتحموا", "ArmedAttack"), ("اشتباكات", "Clash"), ("يحاربون", "Campaign"), ("الحرب", "Campaign"),
    ("قُتل", "Killing"), ("اغتيل", "Killing"), ("القتلى", "Killing"), ("مجازر", "Killing"),
    ("أُصيبوا", "Wounding"), ("جرحى", "Wounding"), ("اختطفوا", "Abduction"), ("رهائن", "Abduction"),
    ("تعذيبهم", "Abuse"), ("اغتصبت", "Abuse"), ("يحاصر", "Siege"), ("حوصرت", "Siege"),
    ("سيطرت", "Capture"), ("استعادوا", "Capture"), ("تحريرها", "Capture"), ("داهمت", "Search"),
    ("تفتيش", "Search"), ("اعتقلوا", "Arrest"), ("المعتقلين", "Arrest"), ("يُحاكم", "Prosecution"),
    ("حوكم", "Prosecution"), ("عثرت", "Discovery"), ("العثور", "Discovery"), ("العقوبات", "Sanction"),
    ("انتشرت", "Deployment"), ("انسحبت", "Withdrawal"), ("فروا", "Withdrawal"), ("النازحين", "Withdrawal"),
    ("أفرجت", "Release"), ("سلّمت", "Transfer"), ("تظاهر", "Protest"), ("المتظاهرين", "Protest"),
    ("احتجاجات", "Protest"), ("التقى", "Meeting"), ("زيارته", "Meeting"), ("اجتماعات", "Meeting"),
    ("محادثات", "Negotiation"), ("يتفاوضون", "Negotiation"), ("اتفقوا", "Agreement"), ("هدنة", "Agreement"),
    ("بالتعاون", "Cooperation"), ("ينسقون", "Cooperation"), ("درّبتهم", "Aid"), ("مساعدات", "Aid"),
    ("المدعومة", "Support"), ("رحّب", "Support"), ("طالبت", "Demand"), ("دعوا", "Demand"),
    ("اتهموا", "Accusation"), ("اتهامات", "Accusation"), ("ندّدت", "Condemnation"), ("أدانت", "Condemnation"),
    ("رفضوا", "Rejection"), ("نفت", "Rejection"), ("هددوا", "Threat"), ("توعّد", "Threat"),
    ("تبنت", "ResponsibilityClaim"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "type"), WORDS, ids=[w[0] for w in WORDS])
def test_news_words_are_found(form: str, type: str) -> None:
    assert type in types_of(form)


def test_every_event_type_but_statement_has_triggers() -> None:
    """Statements come from the words of saying."""
    told = {trigger.type for trigger in LEXICON.triggers}
    assert set(load_ontology().event_types) - told == {"Statement"}


@pytest.mark.parametrize("form", ["قتل", "قصف", "ضرب", "أسر"])
def test_homographs_give_the_verb_and_the_masdar(form: str) -> None:
    assert {m.trigger.kind for m in LEXICON.lookup(form)} >= {"verb", "masdar"}


@pytest.mark.parametrize(
    "form",
    [
        "هنا",
        "لندن",
        "وزير",
        "مدينة",
        "أسرة",
        "أثناء",
        "والتي",
        "ولاية",
        "حياة",
        "حربي",
        "تدريبية",
        "امرأة",
        "إجراءات",
        "كتاب",
        "اللاعب",
    ],
)
def test_words_with_the_letters_of_a_trigger_are_none(form: str) -> None:
    nouns = [m for m in LEXICON.lookup(form) if m.trigger.kind not in ("verb", "light")]
    assert {m.trigger.type for m in nouns} <= {None}


def test_a_noun_that_tells_nothing_leaves_the_verb_its_letters() -> None:
    found = {(m.trigger.kind, m.trigger.type) for m in LEXICON.lookup("فجر")}
    assert found == {("verb", "Bombing"), ("noun", None)}


def test_words_of_the_sentence_are_asked_near_the_trigger_and_barred_anywhere() -> None:
    strike = next(m.trigger for m in LEXICON.lookup("قصفت") if m.trigger.type == "Airstrike")
    sentence = ["طائرات", "في", "مكان", "آخر", "قصفت", "القرية"]
    assert fits(strike, {}, sentence)
    assert not fits(strike, {}, sentence, near=sentence[3:])


PHRASES = [
    ("عبوة ناسفة انفجرت", "Bombing", 2),
    ("عبوتين ناسفتين", "Bombing", 2),
    ("سيارات مفخخة", "Bombing", 2),
    ("السيارة المفخخة", "Bombing", 2),
    ("إطلاق نار", "ArmedAttack", 2),
    ("إطلاق النار على", "ArmedAttack", 2),
    ("وقف إطلاق النار", "Agreement", 3),
    ("حكم بالإعدام", "Prosecution", 2),
    ("حكما ب الإعدام", "Prosecution", 3),
    ("الضربات الجوية", "Airstrike", 2),
    ("قصف مدفعي عنيف", "Shelling", 2),
    ("هجومين انتحاريين", "Bombing", 2),
    ("عملية عسكرية", "Campaign", 2),
    ("إطلاق سراح", "Release", 2),
    ("مذكرات تفاهم", "Agreement", 2),
    ("تبادل لإطلاق النار", "Clash", 3),
    ("تبادل ل إطلاق النار", "Clash", 4),
]


@pytest.mark.parametrize(("text", "type", "length"), PHRASES, ids=[p[0] for p in PHRASES])
def test_nouns_of_several_words_come_longest_first(text: str, type: str, length: int) -> None:
    found = LEXICON.match_at(text.split(), 0)
    assert (found[0].trigger.type, found[0].length) == (type, length)
    assert [w.length for w in found] == sorted((w.length for w in found), reverse=True)


@pytest.mark.parametrize(
    "text", ["ضربة جزاء", "حملة انتخابية", "الحرب العالمية", "وزير الدفاع", "الدفاع المدني"]
)
def test_phrases_that_tell_no_event_hide_the_shorter_trigger(text: str) -> None:
    first = LEXICON.match_at(text.split(), 0)[0]
    assert (first.trigger.type, first.trigger.kind, first.length) == (None, "noun", 2)


def trigger_of(form: str, type: str | None, kind: str, slots: dict[str, list[str]], text: str = "") -> bool:
    """Whether a reading of that type and kind is the first of its class that fits."""
    for match in LEXICON.lookup(form):
        if (match.trigger.kind in ("verb", "light")) == (kind in ("verb", "light")) and fits(
            match.trigger, slots, text.split()
        ):
            return (match.trigger.type, match.trigger.kind) == (type, kind)
    return False


@pytest.mark.parametrize(
    ("form", "type", "kind", "slots", "text"),
    [
        ("قصفت", "Airstrike", "verb", {"subj": ["طائرات"], "obj": ["مواقع"]}, "قصفت طائرات تركية مواقع"),
        ("قصفت", "Shelling", "verb", {"subj": ["المدفعية"], "obj": ["قرى"]}, "قصفت المدفعية قرى"),
        ("استهدفت", None, "light", {"subj": ["الغارات"], "obj": ["مقرات"]}, "الغارات التي استهدفت مقرات"),
        ("استهدف", "ArmedAttack", "verb", {"subj": ["مسلحون"], "obj": ["دورية"]}, "استهدف مسلحون دورية"),
        ("ضبطت", "Arrest", "verb", {"obj": ["خلية"]}, "ضبطت الشرطة خلية"),
        ("ضبطت", "Discovery", "verb", {"obj": ["أسلحة"]}, "ضبطت الشرطة أسلحة"),
        ("أطلق", "Release", "verb", {"obj": ["سراح"]}, "أطلق سراحه"),
        ("أطلقت", "Shelling", "verb", {"obj": ["صواريخ"]}, "أطلقت صواريخ"),
        ("أطلقت", None, "light", {"obj": ["عملية"]}, "أطلقت عملية"),
        ("هاجم", "Condemnation", "verb", {"obj": ["الحكومة"]}, "هاجم في خطاب الحكومة"),
        ("أدانت", "Prosecution", "verb", {"subj": ["المحكمة"], "obj": ["المتهم"]}, "أدانت المحكمة المتهم"),
        ("أدانت", "Condemnation", "verb", {"subj": ["فرنسا"], "obj": ["الهجوم"]}, "أدانت فرنسا الهجوم"),
        ("ألقت", "Arrest", "verb", {"obj": ["القبض"], "على": ["متهم"]}, "ألقت القبض على متهم"),
        ("يحرر", "Release", "verb", {"obj": ["الرهائن"]}, "يحرر الرهائن"),
        ("يحرر", "Capture", "verb", {"obj": ["المدينة"]}, "يحرر المدينة"),
        ("وقعت", "Agreement", "verb", {"obj": ["اتفاقية"]}, "وقعت اتفاقية"),
        ("وقعت", None, "light", {"subj": ["اشتباكات"]}, "وقعت اشتباكات"),
    ],
)
def test_what_stands_round_a_verb_settles_its_type(
    form: str, type: str | None, kind: str, slots: dict[str, list[str]], text: str
) -> None:
    assert trigger_of(form, type, kind, slots, text)


@pytest.mark.parametrize(
    ("form", "slots", "text"),
    [
        ("ضرب", {"subj": ["زلزال"], "obj": ["إيران"]}, "ضرب زلزال إيران"),
        ("أصيب", {"obj": ["لاعب"]}, "أصيب لاعب الفريق في المباراة"),
        ("احتل", {"obj": ["المركز"]}, "احتل المركز الأول"),
        ("فجر", {"obj": ["مفاجأة"]}, "فجر مفاجأة"),
        ("سلم", {"obj": ["الجائزة"]}, "سلم الجائزة"),
    ],
)
def test_other_senses_do_not_fit(form: str, slots: dict[str, list[str]], text: str) -> None:
    fitting = [
        m for m in LEXICON.lookup(form) if m.trigger.kind == "verb" and fits(m.trigger, slots, text.split())
    ]
    assert fitting == []


def test_frames_of_undergoing_and_of_cause() -> None:
    frames = {t.lemma: t.frame for t in LEXICON.triggers if t.kind == "light" and t.verb}
    assert frames["تعرض"]["subj"] == "recipient"
    assert (frames["أسفر"]["subj"], frames["أسفر"]["عن"]) == ("cause", "event")


def test_a_masdar_takes_its_object_in_the_idafa() -> None:
    arrest = next(m.trigger for m in LEXICON.lookup("اعتقال") if m.trigger.kind == "masdar")
    withdrawal = next(m.trigger for m in LEXICON.lookup("انسحاب") if m.trigger.kind == "masdar")
    assert (arrest.frame["gen"], arrest.frame["adj"]) == ("recipient", "actor")
    assert (withdrawal.frame["gen"], withdrawal.frame["من"]) == ("actor", "recipient")


def test_voice_is_read_from_the_letters() -> None:
    assert {m.features.voice for m in LEXICON.lookup("هوجم") if m.trigger.kind == "verb"} == {"passive"}
    assert {m.features.voice for m in LEXICON.lookup("اغتال")} == {"active"}
    assert {m.features.voice for m in LEXICON.lookup("قتل") if m.trigger.kind == "verb"} == {"either"}


def test_particles_are_taken_off_only_where_the_whole_is_unknown() -> None:
    (match, *_) = LEXICON.lookup("وقصفت")
    assert match.analysis is not None
    assert (match.analysis.prefixes, match.analysis.core) == (("و",), "قصفت")
    assert LEXICON.lookup("قصفت")[0].analysis is None


@pytest.mark.parametrize(
    ("text", "lemma", "length"),
    [
        ("و افقت على", "وافق", 2),
        ("س يطروا على", "سيطر", 2),
        ("و جود القوات", "وجود", 2),
        ("دربة ها", "درب", 1),
    ],
)
def test_words_that_the_tokenizer_took_apart_are_known(text: str, lemma: str, length: int) -> None:
    assert (lemma, length) in [(w.trigger.lemma, w.length) for w in LEXICON.match_at(text.split(), 0)]


@pytest.mark.parametrize("text", ["و قال", "و اشنطن", "ب لد", "ضربة قوية", "طلبة ها"])
def test_other_words_are_not_put_together(text: str) -> None:
    found = {w.trigger.lemma for w in LEXICON.match_at(text.split(), 0)}
    assert found <= {"ضربة", "طلب"}


def test_the_passive_is_preferred_to_the_first_person_of_the_same_letters() -> None:
    assert {(m.features.person, m.features.voice) for m in LEXICON.lookup("أصيب")} == {(3, "passive")}


def test_slots_of_prepositions() -> None:
    assert [slot_of(w) for w in ("على", "إلى", "الى", "ضدّ", "قد")] == ["على", "إلى", "إلى", "ضد", None]


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("- {type: Airstrikes, noun: غارة}", "unknown event type"),
        ("- {type: Airstrike, noun: غارة, frame: {gen: doer}}", "no role 'doer'"),
        ("- {type: Airstrike, noun: غارة, frame: {تحت: actor}}", "unknown slot"),
        ("- {type: Airstrike, noun: غارة, verb: أغار / يغير}", "exactly one of"),
        ("- {type: Airstrike, verb: أغار}", "past / present"),
        ("- {type: null, verb: شن / يشن}", "write `light:`"),
        ("- {type: null, light: شن / يشن, frame: {subj: actor}}", "needs a slot `event`"),
        ("- {type: Killing, light: شن / يشن, frame: {obj: event}}", "write `type: null`"),
        ("- {type: Airstrike, noun: غارة, status: maybe}", "unknown status"),
        ("- {type: Airstrike, nown: غارة}", "nown"),
        ("- {type: Airstrike, noun: غارة}\n- {type: Airstrike, noun: غارة}", "says the same"),
        ("- {type: Airstrike", "not readable as YAML"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, entry: str, complaint: str) -> None:
    (tmp_path / "assault.yaml").write_text(entry, encoding="utf-8")
    with pytest.raises(OntologyError, match="assault") as caught:
        read_triggers(load_ontology(), tmp_path)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_entry_of_ones_own_is_read(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "- {type: Release, verb: أفرج / يفرج, masdar: [إفراج], frame: {subj: actor, عن: recipient}}",
        encoding="utf-8",
    )
    lexicon = TriggerLexicon(read_triggers(load_ontology(), tmp_path))
    (match,) = lexicon.lookup("أفرجت")
    assert (match.trigger.id, match.trigger.frame["عن"], match.trigger.frame["في"]) == (
        "own:1:أفرج",
        "recipient",
        "place",
    )
