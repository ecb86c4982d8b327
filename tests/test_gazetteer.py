"""The gazetteer: its data hold together, and it finds names, adjectives, heads and titles."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.gazetteer_files import LEXICON, ActorForm, read_forms
from extractors.normalise import fold
from schema.errors import OntologyError


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def found(gazetteer: Gazetteer, text: str, kind: str = "actors") -> dict[str, str]:
    forms = text.split()
    hits = gazetteer.find_actors(forms) if kind == "actors" else gazetteer.find_places(forms)
    return {" ".join(forms[h.first : h.last + 1]): h.key for h in hits}


# A text is given as the tokenizer splits it: particles apart, ال on its word.
ACTORS = [
    ("نفذ التحالف الدولي غارات على تنظيم داعش", {"التحالف الدولي": "intl_coalition", "تنظيم داعش": "isis"}),
    ("الدولة الإسلامية في العراق و الشام", {"الدولة الإسلامية في العراق و الشام": "isis"}),
    ("قال جهاز مكافحة الإرهاب العراقي", {"جهاز مكافحة الإرهاب العراقي": "iraqi_cts"}),
    ("دعم ل التحالف العربي في اليمن", {"التحالف العربي في اليمن": "arab_coalition"}),
    ("اتهمت واشنطن و موسكو انقره", {"واشنطن": "united_states", "موسكو": "russia", "انقره": "turkey"}),
    ("و اشنطن تدين", {"و اشنطن": "united_states"}),
    ("قال عبدالفتاح السيسي", {"عبدالفتاح السيسي": "abdel_fattah_sisi"}),
    ("قال عبد الفتاح السيسي", {"عبد الفتاح السيسي": "abdel_fattah_sisi"}),
    ("الرئيس الأمريكي باراك اوباما", {"باراك اوباما": "barack_obama"}),
    ("الحكومة العراقية و الحكومة التركية", {"الحكومة العراقية": "iraq", "الحكومة التركية": "turkey"}),
    ("قوات الپيشمرگة", {"قوات الپيشمرگة": "peshmerga"}),
    ("لا طالبان بل طالبان باكستان", {"طالبان": "taliban", "طالبان باكستان": "pakistani_taliban"}),
    ("منظمة أطباء ب لا حدود", {"منظمة أطباء ب لا حدود": "msf"}),
    ("القائد العام ل القوات المسلحة العراقية", {"القوات المسلحة العراقية": "iraqi_forces"}),
    ("زار القاعدة الجوية", {}),
    ("لاعبو ريال مدريد", {}),
    ("قرأ كتاب التاريخ مع أن الوقت قصير", {}),
    ("الكتائب هاجمت الجيش", {"الجيش": "iraqi_army"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ACTORS)
def test_actors(gazetteer: Gazetteer, text: str, expected: dict[str, str]) -> None:
    assert found(gazetteer, text) == expected


PLACES = [
    ("قصفت حلب و دير الزور", {"حلب": "Aleppo", "دير الزور": "Deir ez-Zor"}),
    ("في صحراء الأنبار", {"صحراء الأنبار": "Anbar Desert"}),
    ("قرب الحدود العراقية السورية", {"الحدود العراقية السورية": "Iraq–Syria border"}),
    ("محافظة البصرة غير البصرة", {"محافظة البصرة": "Basra Governorate", "البصرة": "Basrah"}),
    ("في مالي و قرب مالي", {"مالي": "Mali"}),
    ("القطاع المالي و العجز مالي", {}),
    ("في حال هطول سيول", {}),
    ("مدينة القائم و القائم ب الأعمال", {"مدينة القائم": "Al-Qaim"}),
    ("مع أن الأمر كذلك إلى من يهمه", {}),
    ("ل حج هذا العام", {}),
    ("قال الاحتلال الإسرائيلي", {}),
    ("قطاع غزة و القدس المحتلة", {"قطاع غزة": "Gaza Strip", "القدس المحتلة": "Jerusalem"}),
    ("البيت الأبيض", {}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_places(gazetteer: Gazetteer, text: str, expected: dict[str, str]) -> None:
    names = {name: gazetteer.place(key).en for name, key in found(gazetteer, text, "places").items()}
    assert names == expected


def test_hit_says_what_kind_of_name_it_is(gazetteer: Gazetteer) -> None:
    capital, description = gazetteer.find_actors(["واشنطن", "تتهم", "التنظيم", "الإرهابي"])
    assert (capital.key, capital.capital, capital.description) == ("united_states", True, False)
    assert (description.first, description.last, description.description) == (2, 3, True)
    assert "isis" in (description.key, *description.others)


def test_shared_name_gives_every_bearer(gazetteer: Gazetteer) -> None:
    (hit,) = gazetteer.find_actors(["الجيش", "الوطني"])
    assert {"libyan_army", "yemeni_army", "sna"} <= {hit.key, *hit.others}
    assert hit.description is False


NISBA = [
    ("أميركية", "united_states", "f", "s", False),
    ("الأمريكيين", "united_states", "m", "p", True),
    ("سوريا", None, None, None, None),  # the country, not the accusative of سوري
    ("سوريون", "syria", "m", "p", False),
    ("الأكراد", "kurds", "m", "p", True),
    ("الحوثية", "houthis", "f", "s", True),
    ("أتراك", "turkey", "m", "p", False),
    ("أممي", "un", "m", "s", False),
    ("مالي", None, None, None, None),  # financial far more often than Malian
    ("عسكرية", None, None, None, None),
]


@pytest.mark.parametrize(("form", "key", "gender", "number", "definite"), NISBA)
def test_nisba(
    gazetteer: Gazetteer, form: str, key: str | None, gender: str, number: str, definite: bool
) -> None:
    nisba = gazetteer.nisba(form)
    if key is None:
        assert nisba is None
    else:
        assert nisba is not None
        assert (nisba.key, nisba.gender, nisba.number, nisba.definite) == (key, gender, number, definite)


HEADS = [
    # form, noun, agent type, place type, casualty, gender, number, definite
    ("قوات", "قوات", "MilitaryForce", None, None, "f", "p", False),
    ("جنديان", "جندي", "Population", None, None, "m", "d", False),
    ("مسلحي", "مسلح", "Population", None, None, "m", "p", False),
    ("الصحافيين", "صحافي", "Population", None, None, "m", "p", True),
    ("صحافيات", "صحافي", "Population", None, None, "f", "p", False),
    ("قتيلا", "قتيل", "Population", None, "killed", "m", "s", False),
    ("جثتين", "جثة", "Population", None, "bodies_found", "f", "d", False),
    ("كتائب", "كتيبة", "ArmedGroup", None, None, "f", "p", False),
    ("سفارات", "سفارة", "GovernmentBody", "Facility", None, "f", "p", False),
    ("مدينة", "مدينة", None, "City", None, "f", "s", False),
    ("نساء", "امرأة", "Population", None, None, "f", "p", False),
]


@pytest.mark.parametrize(("form", *"nacpgud"), HEADS)
def test_heads(
    gazetteer: Gazetteer, form: str, n: str, a: str, c: str, p: str, g: str, u: str, d: bool
) -> None:
    match = gazetteer.head(form)
    assert match is not None
    head = match.head
    assert (head.noun, head.type, head.place, head.casualty) == (n, a, c, p)
    assert (match.gender, match.number, match.definite) == (g, u, d)


@pytest.mark.parametrize("form", ["كتاب", "ذهب", "الأمة", "علما"])
def test_no_head(gazetteer: Gazetteer, form: str) -> None:
    assert gazetteer.head(form) is None


TITLES = [
    ("رئيس الوزراء حيدر العبادي", "رئيس الوزراء", "LEADS", 2),
    ("وزير الدفاع الأميركي", "وزير الدفاع", "LEADS", 2),
    ("وزيرة الصحة", "وزير الصحة", "LEADS", 2),
    ("وزراء الخارجية العرب", "وزير الخارجية", "LEADS", 2),
    ("المتحدث ب اسم الجيش", "متحدث باسم", "MEMBER_OF", 3),
    ("القائد العام ل القوات المسلحة", "القائد العام للقوات المسلحة", "none", 5),
    ("الخبير الأمني أمير", "الخبير الأمني", "none", 2),
    ("المسؤولين الأميركيين", "مسؤول", "MEMBER_OF", 1),
    ("اللواء الركن", "اللواء الركن", "none", 2),
]


@pytest.mark.parametrize(("text", "title", "relation", "length"), TITLES)
def test_titles(gazetteer: Gazetteer, text: str, title: str, relation: str, length: int) -> None:
    found_title = gazetteer.title_at(text.split(), 0)
    assert found_title is not None
    assert (found_title[0].title, found_title[0].relation, found_title[1]) == (title, relation, length)


def test_title_elsewhere(gazetteer: Gazetteer) -> None:
    forms = ["قال", "السفير", "الروسي"]
    assert gazetteer.title_at(forms, 0) is None
    assert gazetteer.title_at(forms, 1) is not None


def test_names_of_people(gazetteer: Gazetteer) -> None:
    assert all(gazetteer.is_first_name(name) for name in ("محمد", "عبدالله", "فاطمة", "باراك"))
    assert all(gazetteer.is_last_name(name) for name in ("الجبوري", "الساعدي"))
    assert not any(gazetteer.is_first_name(word) for word in ("قوات", "مدينة", "أعلن"))


# -- the data -------------------------------------------------------------------------------------------


def test_enough_is_known(gazetteer: Gazetteer) -> None:
    types = [actor.type for actor in gazetteer.actors.values()]
    assert types.count("State") >= 195
    assert len(types) - types.count("State") >= 1000
    assert len(gazetteer.places) >= 3500


def test_every_capital_is_a_place(gazetteer: Gazetteer) -> None:
    """Small islands apart, whose towns the town list has under no Arabic name."""
    islands = {"VU", "TO", "KI", "TV", "PW", "MH", "FM", "BB", "GD", "VC", "GY", "MU", "LI"}
    states = [actor for actor in gazetteer.actors.values() if actor.capital and actor.country not in islands]
    missing = [s.key for s in states if not any(gazetteer.find_places(seat.split()) for seat in s.capital)]
    assert len(states) > 150
    assert missing == []


def test_every_name_finds_its_actor(gazetteer: Gazetteer) -> None:
    wrong = []
    for actor in gazetteer.actors.values():
        for name in (*actor.names, *actor.capital, *actor.shared):
            (hit, *rest) = gazetteer.find_actors(name.split()) or (None,)
            if hit is None or rest or actor.key not in (hit.key, *hit.others):
                wrong.append((actor.key, name))
    assert wrong == []


def test_no_spelling_is_listed_twice() -> None:
    twice = []
    for path in (LEXICON / "actors").glob("*.yaml"):
        for where, entry in read_forms(path, ActorForm):
            keys = [
                fold(n).replace(" ", "")
                for n in (entry.ar, *entry.aliases, *entry.government, *entry.descriptions)
            ]
            if len(set(keys)) < len(keys):
                twice.append(where)
    assert twice == []


def test_wikidata_ids_are_not_shared(gazetteer: Gazetteer) -> None:
    ids = [actor.wikidata for actor in gazetteer.actors.values() if actor.wikidata]
    assert len(ids) == len(set(ids))
    assert all(i[0] == "Q" and i[1:].isdigit() for i in ids)


def test_part_of_has_no_circle(gazetteer: Gazetteer) -> None:
    for key in gazetteer.actors:
        seen: list[str] = []
        at: str | None = key
        while at:
            assert at not in seen, f"{key} is part of itself"
            seen.append(at)
            at = gazetteer.actor(at).part_of


def test_countries_of_actors_are_known(gazetteer: Gazetteer) -> None:
    states = {actor.country for actor in gazetteer.actors.values() if actor.type == "State"}
    assert {a.country for a in gazetteer.actors.values() if a.country} <= states


def test_towns_lie_in_or_near_their_state(gazetteer: Gazetteer) -> None:
    small = {a.country: gazetteer.place(a.key) for a in gazetteer.actors.values() if a.type == "State"}
    for code in ("IQ", "SY", "LB", "JO", "PS", "KW", "QA", "BH", "YE"):
        state = small[code]
        for place in gazetteer.places.values():
            if place.country == code:
                assert abs(place.lat - state.lat) < 4 + state.precision_km / 80, place.en
                assert abs(place.lon - state.lon) < 4 + state.precision_km / 80, place.en


def test_notice_of_geonames_is_shipped() -> None:
    first = (LEXICON / "places" / "cities.tsv").read_text(encoding="utf-8").partition("\n")[0]
    assert "GeoNames" in first
    assert "CC BY 4.0" in first


def test_loads_fast() -> None:
    load_gazetteer()  # the ontology and the spelling cache are warm, as in the pipeline
    start = time.process_time()
    load_gazetteer.__wrapped__(LEXICON)
    assert time.process_time() - start < 1.5  # 0.3 s on a free core; the bound is for busy machines


# -- wrong files ----------------------------------------------------------------------------------------


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "lexicon"
    shutil.copytree(LEXICON, folder)
    yield folder
    load_gazetteer.cache_clear()


ENTRY = {"key": "test_group", "type": "ArmedGroup", "ar": "جماعة الاختبار", "en": "Test group"}
WRONG = [
    ({"type": "ArmedGruop"}, "ArmedGruop is no agent type"),
    ({"key": "isis"}, "this key is used twice"),
    ({"aliases": ["داعش"]}, "داعش already names isis"),
    ({"part_of": "nobody"}, "nobody is no key"),
    ({"nisba": ["أميركا"]}, "ending in ي"),
    ({"shared": ["واشنطن بوست"]}, "is shared here but an alias elsewhere"),
    ({"alias": ["س"]}, "alias: Extra inputs"),
]


@pytest.mark.parametrize(("change", "message"), WRONG)
def test_wrong_entry_is_named(copy: Path, change: dict[str, object], message: str) -> None:
    path = copy / "actors" / "zz_extra.yaml"
    path.write_text(yaml.safe_dump([{**ENTRY, **change}], allow_unicode=True), encoding="utf-8")
    with pytest.raises(OntologyError, match=message) as error:
        load_gazetteer(copy)
    assert "\n" not in str(error.value)
    assert "zz_extra.yaml" in str(error.value)


def test_unreadable_yaml_is_one_line(copy: Path) -> None:
    (copy / "heads.yaml").write_text("- {noun: قوات", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"heads\.yaml: not readable YAML") as error:
        load_gazetteer(copy)
    assert "\n" not in str(error.value)


def test_head_twice(copy: Path) -> None:
    with (copy / "heads.yaml").open("a", encoding="utf-8") as file:
        file.write("- {noun: جندي, type: Population}\n")
    with pytest.raises(OntologyError, match="one noun an entry"):
        load_gazetteer(copy)


def test_town_with_a_column_too_few(copy: Path) -> None:
    with (copy / "places" / "cities.tsv").open("a", encoding="utf-8") as file:
        file.write("1\tIQ\t33\t44\t5\tTown\n")
    with pytest.raises(OntologyError, match="columns instead of 9"):
        load_gazetteer(copy)
