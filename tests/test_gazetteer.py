"""The gazetteer: its data hold together, and it finds names, adjectives, heads and titles."""

from __future__ import annotations

import time
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
    ("الحكومة العراقية", {"الحكومة العراقية": "iraq_government"}),
    ("حكومة أنقرة", {"حكومة أنقرة": "turkey_government"}),
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
                for n in (entry.ar, *entry.aliases, *entry.government, *entry.polity, *entry.descriptions)
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
def small(tmp_path: Path) -> Path:
    """A lexicon of one entry a file."""
    for name in ("actors", "places"):
        (tmp_path / name).mkdir()
    files: dict[str, list[dict[str, object]]] = {
        "actors/groups.yaml": [{"key": "isis", "type": "ArmedGroup", "ar": "داعش", "en": "ISIS"}],
        "places/areas.yaml": [AREA],
        "heads.yaml": [{"noun": "جندي", "type": "Population"}],
        "titles.yaml": [{"title": "وزير", "relation": "LEADS"}],
    }
    for name, entries in files.items():
        (tmp_path / name).write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    for name in ("places/cities.tsv", "not_names.txt", "first_names.txt", "last_names.txt"):
        (tmp_path / name).write_text("# nothing\n", encoding="utf-8")
    return tmp_path


AREA: dict[str, object] = {
    "key": "anbar", "type": "Region", "ar": "الأنبار", "en": "Anbar", "lat": 33, "lon": 42, "radius_km": 180
}  # fmt: skip
GROUP = {"key": "test_group", "type": "ArmedGroup", "ar": "جماعة الاختبار", "en": "Test group"}
WRONG = [
    ("actors", {**GROUP, "type": "ArmedGruop"}, "ArmedGruop is no agent type"),
    ("actors", {**GROUP, "key": "isis"}, "this key is used twice"),
    ("actors", {**GROUP, "aliases": ["داعش"]}, "داعش already names isis"),
    ("actors", {**GROUP, "part_of": "nobody"}, "nobody is no key"),
    ("actors", {**GROUP, "nisba": ["أميركا"]}, "ending in ي"),
    ("actors", {**GROUP, "shared": ["داعش"]}, "is shared here but an alias elsewhere"),
    ("actors", {**GROUP, "alias": ["س"]}, "alias: Extra inputs"),
    ("actors", {**GROUP, "type": "State"}, "a state needs lat, lon and radius_km"),
    ("places", {**AREA, "key": "far", "lat": 133}, "is no point on earth"),
    ("places", {**AREA, "key": "far", "type": "Town"}, "Town is no place type"),
    ("places", AREA, "this key is used twice"),
]


def test_small_lexicon(small: Path) -> None:
    gazetteer = load_gazetteer(small)
    assert list(gazetteer.actors) == ["isis"]
    assert [hit.key for hit in gazetteer.find_places(["الانبار"])] == ["anbar"]


@pytest.mark.parametrize(("folder", "entry", "message"), WRONG)
def test_wrong_entry_is_named(small: Path, folder: str, entry: dict[str, object], message: str) -> None:
    path = small / folder / "zz_extra.yaml"
    path.write_text(yaml.safe_dump([entry], allow_unicode=True), encoding="utf-8")
    with pytest.raises(OntologyError, match=message) as error:
        load_gazetteer(small)
    assert "\n" not in str(error.value)
    assert f"zz_extra.yaml: {entry['key']}" in str(error.value)


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("heads.yaml", "- {noun: قوات", r"heads\.yaml: is not readable as YAML"),
        ("heads.yaml", "- {noun: جندي, type: Population}", "one noun an entry"),
        ("heads.yaml", "- {noun: قوات}", "needs a type, a place or a casualty"),
        ("titles.yaml", "- {title: ملك, relation: OWNS}", "relation: Input should be"),
        ("places/cities.tsv", "1\tIQ\t33\t44\t5\tTown", "6 columns instead of 9"),
    ],
)
def test_wrong_line(small: Path, name: str, line: str, message: str) -> None:
    with (small / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(OntologyError, match=message) as error:
        load_gazetteer(small)
    assert "\n" not in str(error.value)
