"""Written forms by rule: a table for each class of verb and noun, and what particles may be taken off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.inflection import analyse, changed, nisba_forms, noun_forms, passive_of, verb_forms
from extractors.normalise import fold

VERBS = [
    # (past, present, forms that must be there, forms that must not)
    ("قصف", "يقصف", "قصفت قصفوا قصفنا يقصف تقصف يقصفون يقصفوا نقصف يقصفان قصفتا", "قصفف يقصفف"),  # sound
    ("قال", "يقول", "قالت قالوا قلت قلنا يقول تقول يقولون يقولوا يقل تقل", "قالنا قالتم"),  # hollow, و
    ("استعاد", "يستعيد", "استعادت استعدنا يستعيد يستعد يستعيدون", "استعادنا"),  # hollow, tenth form
    ("احتاج", "يحتاج", "احتاجت احتجنا يحتج يحتاجون", ""),
    ("أيد", "يؤيد", "أيدت أيدنا يؤيد يؤيدون", "أدنا يؤد"),  # ي is a radical: not hollow
    ("عاون", "يعاون", "عاونت عاونا يعاونون", ""),
    ("حاول", "يحاول", "حاولت حاولنا يحاولون", "يحال"),
    ("دعا", "يدعو", "دعت دعوا دعوت دعونا يدعو يدعون يدعوا يدع تدعو", "دعات دعاوا"),  # defective, و
    ("رمى", "يرمي", "رمت رموا رميت رمينا يرمي يرمون يرموا يرم رما", "رميوا رمات"),  # defective, ي
    ("تبنى", "يتبنى", "تبنت تبنوا تبنينا يتبنى يتبنون يتبن", ""),
    ("لقي", "يلقى", "لقيت لقوا لقينا يلقى يلقون يلق", "لقت"),
    ("رأى", "يرى", "رأت رأوا رأينا يرى يرون", ""),
    ("وصل", "يصل", "وصلت وصلوا يصل تصل يصلون", "يوصل"),  # assimilated
    ("شن", "يشن", "شنت شنوا شننا شننت يشن تشن يشنون", ""),  # doubled
    ("أعد", "يعد", "أعدت أعددنا يعدون", ""),
    ("احتل", "يحتل", "احتلت احتللنا يحتل يحتلون", ""),
    ("اتهم", "يتهم", "اتهمت اتهمنا يتهم يتهمون", "اتهممنا"),  # ت assimilated: looks doubled and is not
    ("استعدّ", "يستعدّ", "استعدت استعددنا يستعدون", ""),  # only the shadda tells
    ("بدأ", "يبدأ", "بدأت بدأوا بدؤوا يبدأ يبدأون يبدؤون", ""),  # hamza
    ("أخذ", "يأخذ", "أخذت أخذوا يأخذ آخذ", "أخذذنا"),
    ("جاء", "يجيء", "جاءت جاؤوا جئنا يجيء", ""),
    ("أصيب", "يصاب", "أصيبت أصيبوا أصبنا يصاب تصاب يصب", ""),  # hollow passive
    ("أعطى", "يعطي", "أعطت أعطوا أعطينا يعطي يعطون", ""),
]


@pytest.mark.parametrize(("past", "present", "has", "lacks"), VERBS, ids=[v[0] for v in VERBS])
def test_forms_of_a_verb(past: str, present: str, has: str, lacks: str) -> None:
    forms = verb_forms(past, present)
    assert [w for w in has.split() if fold(w) not in forms] == []
    assert [w for w in lacks.split() if fold(w) in forms] == []


@pytest.mark.parametrize(
    ("form", "person", "number", "gender", "tense"),
    [
        ("هاجم", 3, "s", "m", "past"),
        ("هاجمت", 3, "s", "f", "past"),  # also "I attacked"; the third person is what news writes
        ("هاجموا", 3, "p", "m", "past"),
        ("هاجمتا", 3, "d", "f", "past"),
        ("هاجمنا", 1, "p", None, "past"),
        ("تهاجم", 3, "s", "f", "present"),
        ("يهاجمون", 3, "p", "m", "present"),
        ("نهاجم", 1, "p", None, "present"),
        ("أهاجم", 1, "s", None, "present"),
        ("تهاجمون", 2, "p", "m", "present"),
    ],
)
def test_features_of_a_verb_form(form: str, person: int, number: str, gender: str | None, tense: str) -> None:
    features = verb_forms("هاجم", "يهاجم")[fold(form)]
    assert (features.person, features.number, features.gender, features.tense) == (
        person,
        number,
        gender,
        tense,
    )


def test_a_shortened_present_is_jussive_and_only_that() -> None:
    forms = verb_forms("قال", "يقول")
    assert forms["يقل"].mood == "jussive"
    assert forms["يقول"].mood is None


@pytest.mark.parametrize(
    ("active", "passive"),
    [
        (("قتل", "يقتل"), ("قتل", "يقتل")),
        (("اغتال", "يغتال"), ("اغتيل", "يغتال")),
        (("أصاب", "يصيب"), ("أصيب", "يصاب")),
        (("استعاد", "يستعيد"), ("استعيد", "يستعاد")),
        (("قال", "يقول"), ("قيل", "يقال")),
        (("هاجم", "يهاجم"), ("هوجم", "يهاجم")),
        (("تبادل", "يتبادل"), ("تبودل", "يتبادل")),
        (("دعا", "يدعو"), ("دعي", "يدعى")),
        (("وضع", "يضع"), ("وضع", "يوضع")),
        (("أيد", "يؤيد"), ("أيد", "يؤيد")),
        (("شن", "يشن"), ("شن", "يشن")),
    ],
)
def test_passive(active: tuple[str, str], passive: tuple[str, str]) -> None:
    assert passive_of(*active) == passive


NOUNS = [
    ("غارة", ("غارات",), None, "الغارة غارات الغارات غارتان غارتين الغارتين غارتي غارت", "غارةا"),
    ("هجوم", ("هجمات",), None, "الهجوم هجوما هجمات الهجمات هجومان الهجومين هجومي", "هجومت"),
    ("قتيل", ("قتلى",), None, "قتيلا القتيل قتلى القتلى قتيلين", ""),
    ("مهاجم", ("مهاجمون",), None, "المهاجم مهاجمون مهاجمين المهاجمين مهاجمو مهاجمي مهاجما", ""),
    ("حرب", ("حروب",), "f", "الحرب حربا حروب الحروب حروبا", ""),
    ("مستشفى", ("مستشفيات",), None, "المستشفى مستشفيان مستشفيات", "مستشفىا"),
]


@pytest.mark.parametrize(("noun", "plurals", "gender", "has", "lacks"), NOUNS, ids=[n[0] for n in NOUNS])
def test_forms_of_a_noun(
    noun: str, plurals: tuple[str, ...], gender: str | None, has: str, lacks: str
) -> None:
    forms = noun_forms(noun, plurals, gender)
    assert [w for w in has.split() if fold(w) not in forms] == []
    assert [w for w in lacks.split() if fold(w) in forms] == []


def test_features_of_nouns() -> None:
    forms = noun_forms("غارة", ("غارات",))
    assert (forms["الغارات"].number, forms["الغارات"].definite, forms["الغارات"].gender) == ("p", True, "f")
    assert (forms["غارت"].number, forms["غارتين"].number) == ("s", "d")
    assert noun_forms("حرب", (), "f")["الحرب"].gender == "f"


def test_forms_of_a_nisba_adjective() -> None:
    forms = nisba_forms("أميركي")
    for word in [
        "أميركي",
        "الأميركي",
        "أميركية",
        "الأميركية",
        "أميركيون",
        "الأميركيين",
        "أميركيات",
        "أميركيتين",
        "أميركيا",
    ]:
        assert fold(word) in forms, word
    assert (forms[fold("الأميركيتين")].number, forms[fold("الأميركيتين")].gender) == ("d", "f")


@pytest.mark.parametrize(
    ("form", "prefixes", "core", "suffix"),
    [
        ("وقصفت", ("و",), "قصفت", ""),
        ("بالغارات", ("ب",), "الغارات", ""),
        ("للقصف", ("ل",), "القصف", ""),
        ("وبالهجوم", ("و", "ب"), "الهجوم", ""),
        ("غاراتها", (), "غارات", "ها"),
        ("سيقصفون", ("س",), "يقصفون", ""),
        ("فاعتقلتهم", ("ف",), "اعتقلت", "هم"),
    ],
)
def test_particles_are_taken_off(form: str, prefixes: tuple[str, ...], core: str, suffix: str) -> None:
    assert (prefixes, fold(core), suffix) in [(a.prefixes, a.core, a.suffix) for a in analyse(form)]


@given(st.text(alphabet="ابتجدرسفقكلمنهوي", min_size=2, max_size=9))
def test_analyses_lose_no_letter_and_come_least_first(word: str) -> None:
    found = analyse(word)
    assert found[0].core == word
    for analysis in found:
        rebuilt = "".join(analysis.prefixes) + analysis.core + analysis.suffix
        assert rebuilt == word or rebuilt.replace("لال", "لل", 1) == word
    taken = [len("".join(a.prefixes)) + len(a.suffix) for a in found]
    assert taken == sorted(taken)


def test_changed_features_leave_the_others() -> None:
    features = noun_forms("غارة")["غاره"]
    assert changed(features, "number", "d").gender == features.gender == "f"
