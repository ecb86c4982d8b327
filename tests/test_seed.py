"""The sample article through the whole pipeline: what must come out of it, trap by trap."""

from __future__ import annotations

import pytest

from extractors.pipeline import build_pipeline
from extractors.reader import read_path
from schema.model import Actor, Casualty, Event, Extraction, Place, Span, Triple
from scripts.cases import ROOT

pytestmark = pytest.mark.models

COALITION, ISIS, IRAQI_FORCES = "التحالف الدولي", "داعش", "القوات العراقية"
SERVICE, DIVISION, ARMY = "جهاز مكافحة الإرهاب", "الفرقة الخامسة", "الجيش العراقي"
EXPERT, ANALYST, OUTLET = "أمير الساعدي", "عماد محمد", "عراق أوبزيرفر"
IRAQ, STATES = "العراق", "الولايات المتحدة"
REAL = ("stated", "attributed", "inferred")


class Seed:
    """The extraction, asked by the names that stand in the article."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.text = extraction.article.text
        self.entities: dict[str, Actor | Place] = {actor.id: actor for actor in extraction.actors}
        self.entities |= {place.id: place for place in extraction.places}

    def named(self, name: str) -> set[str]:
        """The ids of the entities whose label is or ends a mention with that name."""
        return {id for id, e in self.entities.items() if name in e.label_ar or self.mentions(id, name)}

    def mentions(self, id: str, words: str) -> list[Span]:
        return [span for span in self.entities[id].mentions if words == span.text]

    def triples(self, subject: str, predicate: str, object: str) -> list[Triple]:
        subjects, objects = self.named(subject), self.named(object)
        return [
            t
            for t in self.extraction.triples
            if t.predicate == predicate and t.subject in subjects and t.object in objects
        ]

    def either(self, one: str, predicate: str, other: str) -> list[Triple]:
        """The same for a symmetric predicate."""
        return self.triples(one, predicate, other) + self.triples(other, predicate, one)

    def casualties(self, kind: str) -> list[Casualty]:
        return [c for c in self.extraction.casualties if c.kind == kind]

    def events(self, type_: str) -> list[Event]:
        return [e for e in self.extraction.events if e.type == type_]

    def label(self, id: str | None) -> str:
        return self.entities[id].label_ar if id else ""

    def bodies(self, id: str | None) -> set[str]:
        """The labels of what that actor belongs to, directly."""
        belonging = ("MEMBER_OF", "PART_OF")
        return {
            self.label(t.object)
            for t in self.extraction.triples
            if t.subject == id and t.predicate in belonging
        }


@pytest.fixture(scope="module")
def seed() -> Seed:
    return Seed(build_pipeline().extract(next(read_path(ROOT / "samples" / "article.txt"))))


# -- the ten traps ------------


def test_1_no_date_stands_in_it_so_the_time_stays_unknown(seed: Seed) -> None:
    assert seed.extraction.article.date is None
    assert seed.extraction.events
    assert not [e.time for e in seed.extraction.events if e.time and (e.time.earliest or e.time.latest)]


def test_2_the_doer_of_the_strikes_is_inferred_from_the_paragraph_before(seed: Seed) -> None:
    strikes = seed.triples(COALITION, "STRUCK", ISIS)
    assert [t.status for t in strikes] == ["inferred"]
    chain = [span.text for span in strikes[0].chain]
    assert len(chain) >= 2
    assert "ضد تنظيم داعش" in chain[0]
    assert "أسفرت الغارات الجوية" in chain[-1]


def test_3_the_killed_and_the_bodies_found_are_two_counts_and_never_a_sum(seed: Seed) -> None:
    assert (15, 15) in [(c.min, c.max) for c in seed.casualties("killed")]
    assert [(c.min, c.max) for c in seed.casualties("bodies_found")] == [(14, 14)]
    assert not [c for c in seed.extraction.casualties if 29 in (c.min, c.max)]
    victim = next(c.victim for c in seed.casualties("killed") if c.min == 15)
    assert ISIS in seed.label(victim)


def test_4_seven_in_words_are_seven_wounded_of_the_us(seed: Seed) -> None:
    wounded = seed.casualties("wounded")
    assert [(c.min, c.max) for c in wounded] == [(7, 7)]
    victim = wounded[0].victim
    assert "جنود أمريكيين" in seed.label(victim)
    assert any("أمريكي" in body or STATES in body for body in seed.bodies(victim))


def test_5_short_names_and_descriptions_are_those_they_point_back_to(seed: Seed) -> None:
    (analyst,) = seed.named(ANALYST)
    assert seed.mentions(analyst, "محمد")
    (isis,) = seed.named("تنظيم داعش")
    assert seed.mentions(isis, "التنظيم الإرهابي")
    (coalition,) = seed.named(COALITION)
    assert seed.mentions(coalition, "القوات الدولية")


def test_6_the_service_searched_with_a_partner_and_found_bodies(seed: Seed) -> None:
    searches = [e for e in seed.events("Search") if any(SERVICE in seed.label(p.id) for p in e.participants)]
    assert searches
    assert seed.either(SERVICE, "COOPERATED_WITH", DIVISION)
    assert seed.triples(DIVISION, "PART_OF", ARMY)
    found = [e for e in seed.events("Discovery") if e.status in REAL]
    assert any(SERVICE in seed.label(p.id) for e in found for p in e.participants if p.role == "actor")


def test_7_the_expert_comments_and_the_analyst_tells_the_outlet(seed: Seed) -> None:
    assert seed.triples(EXPERT, "COMMENTED_ON", COALITION)
    assert seed.triples(ANALYST, "TOLD", OUTLET)
    assert {seed.label(s.outlet) for s in seed.extraction.statements if s.outlet} == {f"وكالة {OUTLET}"}


def test_8_the_residue_of_the_page_gives_nothing(seed: Seed) -> None:
    end = seed.text.index("مقالات ذات صلة")
    start = seed.text.index("عملية أمنية مشتركة")
    spans = [t.evidence for t in seed.extraction.triples]
    spans += [span for t in seed.extraction.triples for span in t.chain]
    spans += [c.evidence for c in seed.extraction.casualties]
    spans += [s.evidence for s in seed.extraction.statements]
    spans += [e.trigger for e in seed.extraction.events]
    spans += [span for entity in seed.entities.values() for span in entity.mentions]
    spans += [sentence.span for sentence in seed.extraction.sentences]
    assert spans
    assert not [span.text for span in spans if span.start < start or span.end > end]


def test_9_a_heading_without_a_full_stop_stands_alone(seed: Seed) -> None:
    headings = [s.span.text for s in seed.extraction.sentences if s.heading]
    assert "تباطؤ المفاوضات" in headings
    spans = [t.evidence for t in seed.extraction.triples] + [s.evidence for s in seed.extraction.statements]
    assert not [span.text for span in spans if "\n" in span.text]


def test_10_the_us_aided_the_iraqi_forces_and_talks_with_iraq(seed: Seed) -> None:
    assert [t.status for t in seed.triples(STATES, "AIDED", IRAQI_FORCES)] == ["stated"]
    assert seed.either(IRAQ, "NEGOTIATED_WITH", STATES)


# -- the facts that must be there ------------


@pytest.mark.parametrize(
    ("subject", "predicate", "object"),
    [
        (COALITION, "STRUCK", ISIS),
        (COALITION, "KILLED", ISIS),
        (STATES, "AIDED", IRAQI_FORCES),
        (EXPERT, "COMMENTED_ON", COALITION),
        (ANALYST, "TOLD", OUTLET),
        (DIVISION, "PART_OF", ARMY),
    ],
)
def test_a_fact_of_the_article_is_given(seed: Seed, subject: str, predicate: str, object: str) -> None:
    assert [t for t in seed.triples(subject, predicate, object) if t.status in REAL]


def test_the_coalition_and_the_iraqi_forces_worked_together(seed: Seed) -> None:
    assert [t for t in seed.either(COALITION, "COOPERATED_WITH", IRAQI_FORCES) if t.status in REAL]


def test_both_experts_comment(seed: Seed) -> None:
    for speaker in (EXPERT, ANALYST):
        ids = seed.named(speaker)
        assert [t for t in seed.extraction.triples if t.predicate == "COMMENTED_ON" and t.subject in ids]


def test_the_bodies_found_are_those_of_the_group(seed: Seed) -> None:
    assert seed.triples(SERVICE, "FOUND", ISIS)


def test_nobody_fights_his_own_side(seed: Seed) -> None:
    """Harm between the partners of the operation would be a wrong reading of who did it to whom."""
    partners = seed.named(COALITION) | seed.named(IRAQI_FORCES) | seed.named(SERVICE) | seed.named(DIVISION)
    harm = ("STRUCK", "SHELLED", "BOMBED", "ATTACKED", "KILLED", "WOUNDED", "FOUGHT", "CLASHED_WITH")
    wrong = [t for t in seed.extraction.triples if t.predicate in harm and {t.subject, t.object} <= partners]
    assert not wrong


def test_every_actor_of_a_fact_is_someone(seed: Seed) -> None:
    """Abstract nouns (help, need) are nobody: they neither act nor are spoken about."""
    ends = {id for t in seed.extraction.triples for id in (t.subject, t.object)}
    assert not {seed.label(id) for id in ends} & {"المساعدة", "حاجة ملحة", "هذه المساعدة", "الدعم"}
