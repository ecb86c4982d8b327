"""The explorer in headless Chromium: search, grow, filter, evidence, timeline, map, ledger, paste, save."""

from __future__ import annotations

import csv
import io
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from api_support import PreparedPipeline
from browser_support import Watch, chromium
from factory import SENTENCES, make_extraction
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.settings import ApiSettings
from graph.batch import build_batch
from graph.settings import Settings
from graph.store import GraphStore
from schema.ontology import Ontology

pytestmark = [pytest.mark.browser, pytest.mark.server]

AXE = Path(__file__).parent / "fixtures" / "axe-core" / "axe.min.js"
WIDE, NARROW = {"width": 1400, "height": 880}, {"width": 390, "height": 844}
VIEWS = ("graph", "timeline", "map", "ledger", "cypher", "paste")
EXTRACTION = make_extraction()
ISIS = EXTRACTION.actors[1].id


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def origin(session_store: GraphStore, store_settings: Settings, ontology: Ontology) -> Iterator[str]:
    """A served explorer over three articles of two sources and three months."""
    session_store.clear()
    for number, (date, source) in enumerate(
        [("2024-01-15", "وكالة الأنباء"), ("2024-02-20", "صحيفة"), ("2024-03-05", "صحيفة")], 1
    ):
        session_store.write(build_batch(make_extraction(f"sample-{number}", date, source), ontology))
    given = ApiSettings(_env_file=None, rate_limit=0)  # type: ignore[call-arg]
    app = create_app(store_settings, api_settings=given, store=session_store, pipeline=PreparedPipeline())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def page(browser: Browser, watch: Watch, origin: str) -> Iterator[Page]:
    """The explorer, opened; afterwards: nothing left the origin and nothing went wrong."""
    opened = browser.new_page(viewport=WIDE, reduced_motion="reduce", accept_downloads=True)  # type: ignore[arg-type]
    opened.set_default_timeout(15_000)
    watch.follow(opened)
    opened.goto(f"{origin}/")
    ready(opened)
    yield opened
    opened.close()
    assert watch.foreign(origin) == []
    assert watch.errors == []


def ready(page: Page) -> None:
    page.wait_for_selector("html[data-ready]")


def find(page: Page, words: str) -> None:
    page.fill("#search", words)
    page.wait_for_selector("#hits [data-id]")
    page.press("#search", "Enter")
    expect(page.locator("#panel h2")).not_to_be_empty()
    page.wait_for_selector("#expand")


def shown(page: Page) -> tuple[int, int]:
    """Entities and relations drawn, as the counts above the picture say."""
    numbers = [int(number) for number in re.findall(r"\d+", page.locator("#counts").inner_text())]
    return numbers[0], numbers[2]


def test_the_page_runs_from_right_to_left_in_arabic(page: Page) -> None:
    assert page.evaluate("document.documentElement.dir") == "rtl"
    filters, panel = page.locator("#filters").bounding_box(), page.locator("#panel").bounding_box()
    assert filters
    assert panel
    assert filters["x"] > panel["x"]
    page.click("#lang")
    expect(page.locator("#tab-graph")).to_have_text("Graph")
    assert page.evaluate("document.documentElement.dir") == "ltr"


def test_search_opens_an_entity_and_a_click_grows_the_graph(page: Page) -> None:
    find(page, "الرطبه")
    expect(page.locator("#panel h2")).to_have_text("الرطبة")
    page.locator("#statuses input[data-name=planned]").check()
    expect(page.locator("#panel .triple button").first).to_be_visible()
    before = shown(page)
    page.locator("#panel .triple button").first.click()
    expect(page.locator("#expand")).to_have_count(0)
    page.locator("#panel .triple button", has_text="تنظيم داعش").click()
    expect(page.locator("#panel h2")).to_have_text("تنظيم داعش")
    page.click("#expand")
    expect(page.locator("#counts")).not_to_contain_text(f"{before[0]} /")
    assert shown(page)[0] > before[0]


def test_a_click_on_the_picture_chooses(page: Page) -> None:
    find(page, "داعش")
    page.locator("#panel").evaluate("panel => panel.replaceChildren()")
    position = page.evaluate(f"import('/static/js/graph.js').then((graph) => graph.positionOf('{ISIS}'))")
    box = page.locator("#network").bounding_box()
    assert box
    page.keyboard.press("Escape")
    page.evaluate("import('/static/js/state.js').then((s) => s.update({ chosen: null }))")
    page.mouse.click(box["x"] + position["x"], box["y"] + position["y"])
    expect(page.locator("#panel h2")).to_have_text("تنظيم داعش")


def test_the_evidence_marks_trigger_and_participants_and_says_who_says_so(page: Page) -> None:
    find(page, "داعش")
    page.locator("#panel .triple button", has_text="ضرب").first.click()
    quote = page.locator("#panel blockquote").first
    expect(quote).to_have_text(SENTENCES[1])
    assert set(quote.locator("mark").all_inner_texts()) >= {"غارات", "التحالف الدولي", "تنظيم داعش"}
    assert quote.evaluate("box => getComputedStyle(box).direction") == "rtl"
    expect(page.locator("#panel .quote footer").first).to_contain_text("91%")
    page.locator("#statuses input[data-name=planned]").check()
    find(page, "داعش")
    page.locator("#panel .triple button", has_text="انسحب").first.click()
    expect(page.locator("#panel .quote footer").first).to_contain_text("سامي الجبوري")
    expect(page.locator("#panel .badges")).to_contain_text("مزمع")


def test_the_chain_of_an_inference_is_shown(page: Page) -> None:
    find(page, "داعش")
    page.locator("#panel .triple button", has_text="قتل").first.click()
    expect(page.locator("#panel h3", has_text="تسلسل الاستنتاج")).to_be_visible()
    assert page.locator("#panel blockquote").all_inner_texts()[:2] == [SENTENCES[1], SENTENCES[2]]


def test_filters_by_status_family_source_place_and_date(page: Page) -> None:
    find(page, "داعش")
    facts = shown(page)[1]
    page.locator("#statuses input[data-name=planned]").check()
    expect(page.locator("#counts")).to_contain_text(f"{facts + 1} /")
    page.locator("#families input[data-name=violence]").uncheck()
    expect(page.locator("#counts")).not_to_contain_text(f"· {facts + 1} /")
    page.locator("#families input[data-name=violence]").check()
    page.select_option("#source", "وكالة الأنباء")
    expect(page.locator("#counts")).to_contain_text(f"{facts + 1} /")
    page.select_option("#place", label="الرطبة")
    expect(page.locator("#counts")).to_contain_text("· 2 /")
    page.select_option("#place", "")
    page.fill("#from", "2030-01-01")
    page.dispatch_event("#from", "change")
    expect(page.locator("#counts")).to_contain_text("· 0 /")


def test_a_link_restores_the_view(page: Page, browser: Browser, origin: str) -> None:
    find(page, "داعش")
    page.locator("#statuses input[data-name=planned]").check()
    page.locator("#panel .triple button", has_text="انسحب").first.click()
    page.click("#tab-timeline")
    page.click("#lang")
    expect(page.locator("#view-timeline svg.chart")).to_be_visible()
    counts = page.locator("#counts").inner_text()
    again = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]
    again.goto(page.url)
    ready(again)
    expect(again.locator("#counts")).to_have_text(counts)
    expect(again.locator("#view-timeline svg.chart")).to_be_visible()
    expect(again.locator("#panel h2")).to_have_text("withdrew from")
    again.close()


def test_the_timeline_counts_and_filters_by_a_drag(page: Page) -> None:
    page.click("#tab-timeline")
    chart = page.locator("#view-timeline svg.chart")
    expect(chart).to_be_visible()
    rows = page.locator("#view-timeline tbody tr")
    everything = rows.count()
    assert everything == 6  # two events of fact in each of three articles
    box = chart.bounding_box()
    assert box
    page.mouse.move(box["x"] + 4, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 12, box["y"] + 60)
    page.mouse.up()
    expect(rows).not_to_have_count(everything)
    assert page.input_value("#from").startswith("2024-01")
    page.locator("#view-timeline tbody .list-button").first.click()
    expect(page.locator("#panel blockquote").first).to_be_visible()


def test_the_map_draws_places_with_their_precision(page: Page) -> None:
    page.click("#tab-map")
    page.wait_for_selector("#map[data-places='1']")
    expect(page.locator("#map-note")).to_contain_text("دقة المكان")
    assert page.locator("#map canvas").count() >= 1
    page.wait_for_timeout(300)
    box = page.locator("#map").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".leaflet-tooltip")).to_contain_text("الرطبة")


def test_the_ledger_shows_ranges_and_keeps_kinds_apart(page: Page) -> None:
    page.click("#tab-ledger")
    sums = page.locator("#ledger-sums tbody tr", has_text="تنظيم داعش")
    expect(sums).to_contain_text("36")
    expect(sums).to_contain_text("18+")
    page.select_option("#ledger-by", "month")
    expect(page.locator("#ledger-sums")).to_contain_text("2024-02")
    assert page.locator("#ledger-rows tbody tr").count() == 6


def test_the_cypher_box_answers_and_refuses(page: Page, watch: Watch) -> None:
    page.click("#tab-cypher")
    page.select_option("#recipes", "1")
    page.click("#cypher-run")
    expect(page.locator("#cypher-result tbody")).to_contain_text("التحالف الدولي")
    page.fill("#cypher-query", "MATCH (n) DETACH DELETE n")
    page.click("#cypher-run")
    expect(page.locator("#cypher-result [role=alert]")).not_to_be_empty()
    # the browser itself reports the refused request
    watch.errors[:] = [error for error in watch.errors if "400" not in error]


def test_a_pasted_article_is_read_and_opened_in_the_graph(page: Page) -> None:
    page.click("#tab-paste")
    page.fill("#paste-text", EXTRACTION.article.text)
    page.click("#paste-read")
    expect(page.locator("#paste-reading mark").first).to_be_visible()
    page.locator("#paste-result .triple button").first.click()
    expect(page.locator("#paste-reading mark")).to_have_text(SENTENCES[1])
    page.fill("#paste-date", "2024-01-15")
    page.fill("#paste-source", "وكالة الأنباء")
    page.click("#paste-store")
    page.click("#paste-open")
    expect(page.locator("#view-graph")).to_be_visible()
    expect(page.locator("#counts")).not_to_contain_text("0 / 0")


def test_hostile_text_pasted_stays_text(page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.click("#tab-paste")
    hostile = f"<img src=x onerror=alert(1)><script>alert(2)</script>\n\n{EXTRACTION.article.text}"
    page.fill("#paste-text", hostile)
    page.click("#paste-read")
    expect(page.locator("#paste-reading")).to_contain_text("onerror=alert(1)")
    assert page.locator("#paste-reading img").count() == 0
    assert dialogs == []


def download(page: Page, kind: str) -> bytes:
    page.click("#save summary")
    with page.expect_download() as found:
        page.click(f"#save [data-save={kind}]")
    return Path(found.value.path()).read_bytes()


def test_a_view_is_saved_as_page_picture_and_table(page: Page, browser: Browser, tmp_path: Path) -> None:
    find(page, "داعش")
    table = list(csv.reader(io.StringIO(download(page, "csv").decode("utf-8-sig"))))
    assert len(table) == shown(page)[1] + 1
    assert download(page, "png").startswith(b"\x89PNG")
    saved = tmp_path / "saved.html"
    saved.write_bytes(download(page, "html"))
    alone = browser.new_page()
    watch = Watch()
    watch.follow(alone)
    alone.goto(saved.as_uri())
    ready(alone)
    assert alone.locator("#panel .triple li").count() == shown(page)[1]
    assert watch.foreign(saved.as_uri()) == []
    assert watch.errors == []
    alone.close()


def test_the_keyboard_is_enough(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("global")
    page.wait_for_selector("#hits [data-id]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text("التحالف الدولي")
    page.focus("#tab-graph")
    page.keyboard.press("ArrowLeft")  # onward, in a page from right to left
    expect(page.locator("#tab-timeline")).to_be_focused()
    expect(page.locator("#view-timeline")).to_be_visible()


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1400", "390"])
def test_every_view_is_accessible(page: Page, theme: str, size: dict[str, int]) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    if page.evaluate("document.documentElement.dataset.theme") != theme:
        page.click("#theme")
    found = {}
    find(page, "داعش")
    for view in VIEWS:
        page.click(f"#tab-{view}")
        page.wait_for_timeout(400)
        found[view] = violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{view} is wider than the screen by {wide} px"
    assert {view: rules for view, rules in found.items() if rules} == {}


def test_a_server_with_keys_asks_for_one(
    browser: Browser, session_store: GraphStore, store_settings: Settings, origin: str
) -> None:
    page = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]
    page.route(
        "**/schema",
        lambda route: (
            route.continue_()
            if route.request.headers.get("authorization") == "Bearer hdt_test"
            else route.fulfill(status=401, json={"status": 401, "detail": "give a key"})
        ),
    )
    page.goto(f"{origin}/")
    page.fill("#key", "hdt_test")
    page.click("#key-dialog button")
    ready(page)
    assert page.evaluate("sessionStorage.getItem('hadath-key')") == "hdt_test"
    assert page.evaluate("localStorage.length") == 0
    page.close()
