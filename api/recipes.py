"""Cypher questions to begin with, shown in the explorer; docs/cypher-recipes.md has more."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """A question in both languages, and the query that answers it."""

    ar: str
    en: str
    cypher: str


RECIPES = (
    Recipe(
        "من ضرب من؟",
        "Who struck whom?",
        "MATCH (a:Entity)-[r:STRUCK]->(b:Entity)\n"
        "WHERE r.status IN ['stated', 'attributed', 'inferred']\n"
        "RETURN a.label_ar AS actor, b.label_ar AS recipient, r.status AS status,\n"
        "       r.article_count AS articles, r.evidence AS evidence\n"
        "ORDER BY articles DESC LIMIT 50",
    ),
    Recipe(
        "أكثر الأطراف وروداً",
        "The most reported actors",
        "MATCH (n:Agent)\n"
        "RETURN n.label_ar AS name, n.label_en AS english, n.type AS type, n.article_count AS articles\n"
        "ORDER BY articles DESC LIMIT 25",
    ),
    Recipe(
        "كم قتيلاً ذكرت المقالات، ومن هم؟",
        "How many killed, and of whom?",
        "MATCH (c:Casualty {kind: 'killed'})\n"
        "OPTIONAL MATCH (c)-[:VICTIM]->(v:Entity)\n"
        "RETURN v.label_ar AS victim, c.min AS at_least, c.max AS at_most, c.evidence AS evidence\n"
        "ORDER BY at_least DESC LIMIT 50",
    ),
    Recipe(
        "ماذا يجري، وأين؟",
        "What happens where?",
        "MATCH (e:Event)-[:TOOK_PLACE_IN]->(p:Place)\n"
        "WHERE e.status IN ['stated', 'attributed', 'inferred']\n"
        "RETURN p.label_ar AS place, e.type AS event, count(e) AS times\n"
        "ORDER BY times DESC, place LIMIT 50",
    ),
    Recipe(
        "من قال عمّن؟",
        "Who spoke about whom?",
        "MATCH (s:Entity)-[:MADE]->(x:Statement)-[:ABOUT]->(o:Entity)\n"
        "RETURN s.label_ar AS speaker, x.cue AS verb, o.label_ar AS about, x.evidence AS sentence\n"
        "LIMIT 50",
    ),
    Recipe(
        "ما نُفي وما يُزمع",
        "What is denied, and what is planned",
        "MATCH (c:Claim)-[:CLAIMS]->(e:Event)\n"
        "WHERE c.status IN ['denied', 'planned']\n"
        "RETURN c.status AS status, e.type AS event, c.evidence AS evidence\n"
        "LIMIT 50",
    ),
)
