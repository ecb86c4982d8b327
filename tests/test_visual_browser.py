"""The HTML picture in a real browser: it opens offline, filters, searches and shows its evidence."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_support import Watch, chromium
from playwright.sync_api import Browser, Page
from test_visual import HOSTILE, ONTOLOGY, article_extraction, picture

from graph.view import Evidence, GraphView, ViewDocument, ViewEdge, ViewNode, view_of_extraction
from graph.visual import write_html

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(browser: Browser, watch: Watch) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1400, "height": 860})
    watch.follow(opened)
    yield opened
    opened.close()


def open_view(page: Page, view: GraphView, folder: Path) -> None:
    path = folder / "graph.html"
    write_html(view, ONTOLOGY, path)
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-ready]")


def hidden_edges(page: Page) -> int:
    count: int = page.evaluate("hadath.network.body.data.edges.get().filter((edge) => edge.hidden).length")
    return count


def test_no_request_leaves_the_page_and_nothing_goes_wrong(page: Page, watch: Watch, tmp_path: Path) -> None:
    open_view(page, picture(30, 2), tmp_path)
    page.click("#theme")
    page.click("#lang")
    assert watch.foreign((tmp_path / "graph.html").as_uri()) == []
    assert watch.errors == []


def test_the_page_runs_from_right_to_left_until_asked_otherwise(page: Page, tmp_path: Path) -> None:
    open_view(page, picture(6), tmp_path)
    legend, panel = page.locator("#filters").bounding_box(), page.locator("#panel").bounding_box()
    assert legend
    assert panel
    assert legend["x"] > panel["x"]
    page.click("#lang")
    legend, panel = page.locator("#filters").bounding_box(), page.locator("#panel").bounding_box()
    assert legend
    assert panel
    assert legend["x"] < panel["x"]


def test_planned_and_denied_are_off_at_first(page: Page, tmp_path: Path) -> None:
    view = picture(31)
    unsure = sum(not ONTOLOGY.statuses[edge.status].factual for edge in view.edges)
    open_view(page, view, tmp_path)
    assert hidden_edges(page) == unsure > 0
    page.locator("#statuses input[data-name=planned]").check()
    page.locator("#statuses input[data-name=denied]").check()
    assert hidden_edges(page) == 0
    page.locator("#families input[data-name=violence]").uncheck()
    assert hidden_edges(page) == len(view.edges)


def test_a_relation_shows_its_sentence_with_the_trigger_marked(page: Page, tmp_path: Path) -> None:
    open_view(page, view_of_extraction(article_extraction()), tmp_path)
    page.locator("#panel .triple button", has_text="قصف").first.click()
    assert page.locator("#panel blockquote").inner_text() == "قصف الجيش مواقع التنظيم."
    assert page.locator("#panel mark").inner_text() == "قصف"
    direction = page.locator("#panel blockquote").evaluate("box => getComputedStyle(box).direction")
    assert direction == "rtl"


def test_a_sentence_tells_how_sure_it_is_where_that_is_known(page: Page, tmp_path: Path) -> None:
    nodes = (ViewNode("a", "State", "واشنطن", None), ViewNode("b", "State", "دمشق", None))
    judged = Evidence("اتهمت واشنطن دمشق.", "d", confidence=0.834)
    edge = ViewEdge("a", "b", "ACCUSED", "stated", (judged, Evidence("تتهمها.", "d")))
    open_view(page, GraphView("t", nodes, (edge,), (ViewDocument("d", None, None, None),)), tmp_path)
    page.locator("#panel .triple button").first.click()
    first, second = page.locator("#panel .quote footer").all_inner_texts()
    assert "83%" in first
    assert "%" not in second


def test_search_finds_other_spellings_and_works_from_the_keyboard(page: Page, tmp_path: Path) -> None:
    nodes = (
        ViewNode("a", "State", "الولايات المتحدة الأميركية", "United States"),
        ViewNode("b", "State", "سوريا", "Syria"),
    )
    edge = ViewEdge("a", "b", "ACCUSED", "stated", (Evidence("اتهمت واشنطن دمشق.", "d"),))
    open_view(page, GraphView("t", nodes, (edge,), (ViewDocument("d", None, None, None),)), tmp_path)
    page.fill("#search", "الاميركيه")
    page.press("#search", "Enter")
    assert page.locator("#panel h2").inner_text() == "الولايات المتحدة الأميركية"
    page.fill("#search", "syr")
    page.press("#search", "Enter")
    assert page.locator("#panel h2").inner_text() == "سوريا"
    page.press("#search", "Escape")
    assert page.locator("#panel h2").count() == 0


def test_hostile_article_text_runs_nothing(page: Page, watch: Watch, tmp_path: Path) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    nodes = (ViewNode("a", "Person", HOSTILE, HOSTILE), ViewNode("b", "State", "<b>دولة</b>", None))
    edge = ViewEdge("a", "b", "ACCUSED", "stated", (Evidence(HOSTILE, "d", (0, 9)),))
    open_view(
        page, GraphView(HOSTILE, nodes, (edge,), (ViewDocument("d", HOSTILE, HOSTILE, None),)), tmp_path
    )
    page.locator("#panel .triple button").first.click()
    assert "onerror=alert(2)" in page.locator("#panel blockquote").inner_text()
    page.fill("#search", "script")
    assert page.locator("#hits li").count() == 1
    assert page.locator("img").count() == 0
    tip = page.evaluate("hadath.network.body.data.nodes.get('b').title")
    assert tip.startswith("<b>دولة</b>")
    page.evaluate("hadath.network.body.nodes.b.setOptions({}); hadath.network.moveTo({ scale: 1 })")
    assert dialogs == []
    assert watch.errors == []


def test_five_thousand_nodes_open_and_pan(page: Page, watch: Watch, tmp_path: Path) -> None:
    open_view(page, picture(5000), tmp_path)
    began = time.perf_counter()
    box = page.locator("#network").bounding_box()
    assert box
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.down()
    for step in range(1, 11):
        page.mouse.move(box["x"] + 300 + 15 * step, box["y"] + 300)
    page.mouse.up()
    page.evaluate("new Promise(requestAnimationFrame)")
    assert time.perf_counter() - began < 10
    assert watch.errors == []
