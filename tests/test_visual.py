"""The HTML picture: self-contained, harmless whatever an article says, always the same bytes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from graph.layout import positions
from graph.view import Evidence, GraphView, Label, ViewDocument, ViewEdge, ViewNode, view_of_extraction
from graph.visual import legend, network_html, write_html
from schema.model import Actor, Article, Event, Extraction, Participant, SentenceSpan, Span, TimeSpan, Triple
from schema.ontology import load_ontology

ONTOLOGY = load_ontology()
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e\u0000\u2028{{7*7}}&quot;"


def picture(count: int, links: int = 1) -> GraphView:
    """`count` actors; the n-th is joined to `links` earlier ones, each by a sentence of its own."""
    statuses = list(ONTOLOGY.statuses)
    edges = []
    for number in range(1, count):
        for step in range(1, links + 1):
            evidence = Evidence(
                f"قصف التحالف موقعاً رقم {number} في المدينة {step}. " * 3, "d1", (0, 4), "Airstrike"
            )
            edges.append(
                ViewEdge(
                    f"n{number}",
                    f"n{(number * step) // 3}",
                    "STRUCK" if step % 2 else "FOUGHT",
                    statuses[number % len(statuses)],
                    (evidence,),
                )
            )
    nodes = tuple(ViewNode(f"n{i}", "ArmedGroup", f"جماعة {i}", f"Group {i}") for i in range(count))
    return GraphView("صورة", nodes, tuple(edges), (ViewDocument("d1", "خبر", "وكالة", "2024-01-15"),))


def embedded(html: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="graph-data">(.*?)</script>', html, re.S)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    html = network_html(picture(5), ONTOLOGY)
    outside_scripts = re.sub(r"<script>.*?</script>", "", html, flags=re.S)
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!data:)[^"']+""", outside_scripts)
    assert "@import" not in outside_scripts
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert "unsafe-eval" not in html


def test_arabic_is_written_as_letters_from_right_to_left(tmp_path: Path) -> None:
    write_html(picture(3), ONTOLOGY, tmp_path / "graph.html")
    text = (tmp_path / "graph.html").read_bytes().decode("utf-8")
    assert '<html lang="ar" dir="rtl">' in text
    assert "جماعة 2" in text
    assert "\\u06" not in embedded_source(text)


def embedded_source(html: str) -> str:
    return html.split('id="graph-data">', 1)[1].split("</script>", 1)[0]


def test_hostile_text_stays_text() -> None:
    node = ViewNode("a", "Person", HOSTILE, HOSTILE)
    other = ViewNode("b", "State", "دولة", None)
    edge = ViewEdge(
        "a", "b", "ACCUSED", "stated", (Evidence(HOSTILE, HOSTILE, None, None, Label(HOSTILE, None)),)
    )
    view = GraphView(HOSTILE, (node, other), (edge,), (ViewDocument(HOSTILE, HOSTILE, HOSTILE, None),))
    html = network_html(view, ONTOLOGY)
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html
    harmless = network_html(picture(2), ONTOLOGY)
    assert html.count("<script") == harmless.count("<script")
    assert html.count("</script") == 3
    assert "49" not in re.findall(r"<title>(.*?)</title>", html, re.S)[0]
    assert embedded(html)["nodes"][0]["ar"] == HOSTILE  # type: ignore[index]


def test_the_same_view_gives_the_same_bytes() -> None:
    assert network_html(picture(40, 2), ONTOLOGY) == network_html(picture(40, 2), ONTOLOGY)


def test_five_hundred_nodes_stay_under_two_megabytes_and_at_rest() -> None:
    html = network_html(picture(500, 3), ONTOLOGY)
    assert len(html.encode()) < 2_000_000
    options = embedded(html)["options"]
    assert options["physics"] == {"enabled": False}  # type: ignore[index]
    nodes = embedded(html)["nodes"]
    assert len({(node["x"], node["y"]) for node in nodes}) == 500  # type: ignore[attr-defined]


def test_a_sentence_stands_in_the_page_once() -> None:
    evidence = Evidence("جملة واحدة تدل على أمرين.", "d1")
    nodes = tuple(ViewNode(i, "State", i, None) for i in "abc")
    edges = (
        ViewEdge("a", "b", "ACCUSED", "stated", (evidence,)),
        ViewEdge("a", "c", "ACCUSED", "stated", (evidence,)),
    )
    html = network_html(GraphView("t", nodes, edges, (ViewDocument("d1", None, None, None),)), ONTOLOGY)
    assert html.count("جملة واحدة تدل على أمرين.") == 1


def test_evidence_of_an_unknown_document_is_refused() -> None:
    nodes = (ViewNode("a", "State", "أ", None), ViewNode("b", "State", "ب", None))
    edge = ViewEdge("a", "b", "ACCUSED", "stated", (Evidence("نص", "elsewhere"),))
    with pytest.raises(ValueError, match="elsewhere"):
        network_html(GraphView("t", nodes, (edge,), ()), ONTOLOGY)


def test_the_legend_holds_the_whole_ontology() -> None:
    shown = legend(ONTOLOGY)
    assert list(shown["statuses"]) == list(ONTOLOGY.statuses)
    assert shown["statuses"]["denied"]["factual"] is False
    assert set(shown["predicates"]) == set(ONTOLOGY.predicates)
    coalition = ONTOLOGY.agent_types["Coalition"]
    assert shown["types"]["Coalition"] == {
        "ar": "تحالف",
        "en": "Coalition",
        "colour": coalition.colour,
        "shape": coalition.shape,
    }


def article_extraction() -> Extraction:
    text = "قصف الجيش مواقع التنظيم. وقال متحدث إن الجيش قتل عشرة."
    first, second = (SentenceSpan(0, Span(0, 24, text[:24])), SentenceSpan(1, Span(25, len(text), text[25:])))
    army = Actor("army", "MilitaryForce", "الجيش", "Army", (Span(4, 9, "الجيش"),))
    group = Actor("group", "ArmedGroup", "التنظيم", None, (Span(16, 23, "التنظيم"),))
    idle = Actor("idle", "Person", "متحدث", None, (Span(30, 35, text[30:35]),))
    event = Event(
        "event",
        "Shelling",
        "stated",
        Span(0, 3, "قصف"),
        (Participant("actor", "army"), Participant("recipient", "group")),
        time=TimeSpan(None, None, "unknown", "أمس"),
    )
    shelled = Triple("army", "SHELLED", "group", "stated", first.span, "event")
    killed = Triple(
        "army", "KILLED", "group", "inferred", second.span, said_by="idle", chain=(first.span, second.span)
    )
    return Extraction(
        Article("a1", text, "عنوان"),
        (first, second),
        (army, group, idle),
        (),
        (event,),
        (shelled, killed),
        (),
        (),
    )


def test_the_view_of_an_article_marks_the_trigger_and_keeps_the_chain() -> None:
    view = view_of_extraction(article_extraction())
    assert view.title == "عنوان"
    assert [node.id for node in view.nodes] == ["army", "group"]
    shelled, killed = view.edges
    assert shelled.evidence[0].mark == (0, 3)
    assert shelled.evidence[0].time == "أمس"
    assert [item.sentence for item in killed.evidence] == [
        "قصف الجيش مواقع التنظيم.",
        "وقال متحدث إن الجيش قتل عشرة.",
    ]
    assert killed.evidence[0].said_by == Label("متحدث", None)


def test_boxes_of_neighbours_do_not_overlap() -> None:
    names = [f"n{i}" for i in range(30)]
    edges = [(names[i], names[i // 3]) for i in range(1, 24)]
    placed = positions(names, edges, dict.fromkeys(names, (120.0, 80.0)))
    points = list(placed.values())
    clashes = [
        (a, b)
        for i, a in enumerate(points)
        for b in points[:i]
        if abs(a[0] - b[0]) < 118 and abs(a[1] - b[1]) < 78
    ]
    assert clashes == []


def test_an_empty_view_is_a_page_too() -> None:
    assert embedded(network_html(GraphView("فارغ", (), (), ()), ONTOLOGY))["nodes"] == []
