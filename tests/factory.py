"""A hand-made article and what it says, for tests that need no annotation models.

extraction = make_extraction()              # three events, two casualty rows, one statement
extraction = make_extraction("other", date=None)
"""

from __future__ import annotations

from schema.identity import content_id
from schema.model import (
    Actor,
    Article,
    Casualty,
    Event,
    Extraction,
    Participant,
    Place,
    SentenceSpan,
    Span,
    Statement,
    TimeSpan,
    Triple,
)

SENTENCES = (
    "غارات على مواقع التنظيم قرب الرطبة",
    "شنّت طائرات التحالف الدولي أمس غارات على مواقع تنظيم داعش قرب الرطبة.",
    "وأسفرت الغارات عن مقتل 12 مسلحاً وإصابة أكثر من خمسة آخرين.",
    "وقال المتحدث سامي الجبوري لقناة الرافدين إن التنظيم سينسحب من الرطبة.",
    "ونفى الجبوري اعتقال مدنيين على يد القوات العراقية.",
)


def make_extraction(
    article_id: str = "sample-1", date: str | None = "2024-01-15", source: str | None = "وكالة الأنباء"
) -> Extraction:
    """The same facts for every `article_id`; known actors keep their id, events are the article's own."""
    text = SENTENCES[0] + "\n\n" + " ".join(SENTENCES[1:])
    article = Article(article_id, text, SENTENCES[0], date, source, f"https://example.org/{article_id}")

    def span(words: str, after: int = 0) -> Span:
        start = text.index(words, after)
        return Span(start, start + len(words), words)

    body = len(SENTENCES[0]) + 2
    sentences = tuple(
        SentenceSpan(i, span(words, 0 if i == 0 else body), heading=i == 0)
        for i, words in enumerate(SENTENCES)
    )
    strike_sentence, deaths_sentence, said_sentence, denied_sentence = (s.span for s in sentences[1:])

    coalition = Actor(
        content_id("actor", "global-coalition"),
        "Coalition",
        "التحالف الدولي",
        "Global Coalition",
        (span("التحالف الدولي"),),
        key="global-coalition",
    )
    isis = Actor(
        content_id("actor", "isis"),
        "ArmedGroup",
        "تنظيم داعش",
        "Islamic State (ISIS)",
        (span("التنظيم"), span("تنظيم داعش"), span("التنظيم", said_sentence.start)),
        key="isis",
        wikidata="Q2429253",
    )
    spokesman = Actor(
        content_id("actor", "Person", "سامي الجبوري"),
        "Person",
        "سامي الجبوري",
        None,
        (span("سامي الجبوري"), span("الجبوري", denied_sentence.start)),
    )
    channel = Actor(
        content_id("actor", "MediaOutlet", "قناة الرافدين"),
        "MediaOutlet",
        "قناة الرافدين",
        "Al Rafidain",
        (span("قناة الرافدين"),),
    )
    forces = Actor(
        content_id("actor", "iraqi-forces"),
        "MilitaryForce",
        "القوات العراقية",
        "Iraqi forces",
        (span("القوات العراقية"),),
        key="iraqi-forces",
    )
    civilians = Actor(
        content_id("actor", article_id, "مدنيين"), "Population", "مدنيون", "civilians", (span("مدنيين"),)
    )
    rutba = Place(
        content_id("place", "ar-rutbah"),
        "City",
        "الرطبة",
        "Ar Rutbah",
        33.0381,
        40.2853,
        (span("الرطبة"), span("الرطبة", strike_sentence.start), span("الرطبة", said_sentence.start)),
        precision_km=5.0,
        key="ar-rutbah",
    )

    time = (
        TimeSpan("2024-01-14", "2024-01-14", "day", "أمس") if date else TimeSpan(None, None, "unknown", "أمس")
    )
    strike = Event(
        content_id("event", article_id, "Airstrike", 1),
        "Airstrike",
        "stated",
        span("غارات", strike_sentence.start),
        (Participant("actor", coalition.id), Participant("recipient", isis.id)),
        place=rutba.id,
        time=time,
        mentions=(span("الغارات"),),
        rule="light-verb",
    )
    killing = Event(
        content_id("event", article_id, "Killing", 1),
        "Killing",
        "inferred",
        span("مقتل"),
        (Participant("actor", coalition.id), Participant("recipient", isis.id)),
        rule="result-chain",
    )
    withdrawal = Event(
        content_id("event", article_id, "Withdrawal", 1),
        "Withdrawal",
        "planned",
        span("سينسحب"),
        (Participant("actor", isis.id),),
        place=rutba.id,
        said_by=spokesman.id,
        rule="verb",
    )
    arrest = Event(
        content_id("event", article_id, "Arrest", 1),
        "Arrest",
        "denied",
        span("اعتقال"),
        (Participant("actor", forces.id), Participant("recipient", civilians.id)),
        said_by=spokesman.id,
        rule="masdar",
    )
    return Extraction(
        article,
        sentences,
        (coalition, isis, spokesman, channel, forces, civilians),
        (rutba,),
        (strike, killing, withdrawal, arrest),
        (
            Triple(
                coalition.id,
                "STRUCK",
                isis.id,
                "stated",
                strike_sentence,
                strike.id,
                rutba.id,
                rule="light-verb",
                confidence=0.91,
            ),
            Triple(
                coalition.id,
                "KILLED",
                isis.id,
                "inferred",
                deaths_sentence,
                killing.id,
                chain=(strike_sentence, deaths_sentence),
                rule="result-chain",
            ),
            Triple(
                isis.id,
                "WITHDREW_FROM",
                rutba.id,
                "planned",
                said_sentence,
                withdrawal.id,
                rutba.id,
                spokesman.id,
                rule="verb",
            ),
            Triple(
                forces.id,
                "ARRESTED",
                civilians.id,
                "denied",
                denied_sentence,
                arrest.id,
                None,
                spokesman.id,
                rule="masdar",
            ),
            Triple(spokesman.id, "COMMENTED_ON", isis.id, "stated", said_sentence, rule="statement"),
            Triple(spokesman.id, "TOLD", channel.id, "stated", said_sentence, rule="statement"),
        ),
        (
            Casualty(
                content_id("casualty", article_id, 1),
                "killed",
                12,
                12,
                isis.id,
                coalition.id,
                span("مقتل 12 مسلحاً"),
                killing.id,
            ),
            Casualty(
                content_id("casualty", article_id, 2),
                "wounded",
                6,
                None,
                isis.id,
                coalition.id,
                span("إصابة أكثر من خمسة آخرين"),
                strike.id,
            ),
        ),
        (
            Statement(
                content_id("statement", article_id, 1),
                spokesman.id,
                "قال",
                (isis.id, withdrawal.id),
                span("التنظيم سينسحب من الرطبة"),
                said_sentence,
                outlet=channel.id,
                stance="neutral",
            ),
        ),
    )
