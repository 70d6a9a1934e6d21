"""The main paths in a real browser (Chromium), by mouse and by keyboard; no request leaves the machine."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from kronika.web.assets import BUILD_COMMAND, are_built
from scripts.browser import MISSING, find
from scripts.screenshots import FLAGS, pages, served

pytestmark = pytest.mark.browser
#: Of axe's impacts, those that keep somebody from using a page.
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def browser():
    chromium = find()
    if chromium is None or not are_built():
        message = MISSING if chromium is None else f"the site's scripts are not built: {BUILD_COMMAND}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def address(sample_record, tmp_path_factory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("browser") / "own.kronika"
    shutil.copyfile(sample_record, path)
    with served(path) as found:
        yield found


@pytest.fixture
def page(browser, address) -> Iterator[Page]:
    """A page that fails the test on a request to elsewhere, an error of a script, or a broken policy."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    problems: list[str] = []

    def asked(request):
        if not request.url.startswith((address, "data:", "blob:")):
            problems.append(f"request to {request.url}")

    opened.on("request", asked)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda said: problems.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert not problems


def map_is_ready(page: Page) -> None:
    page.wait_for_selector("figure.map[data-state=ready]", timeout=30_000)


def count(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("p.count strong").first.inner_text()))


def test_filter_incident_evidence_document_and_back_keep_the_state(page):
    page.goto("/incidents")
    before = count(page)
    page.get_by_label("Russia").check()
    page.locator("#filters button").first.click()
    page.wait_for_url("**/incidents?country=RU")
    filtered = count(page)
    assert 0 < filtered < before
    page.reload()
    assert count(page) == filtered
    page.locator("table.incidents a.lead").first.click()
    page.wait_for_url("**/incident/*")
    page.locator(".reports .by a").first.click()
    page.wait_for_url("**/document/*")
    anchor = page.url.split("#")[1]
    assert page.locator(f"[id='{anchor}']").count() == 1
    mark = page.locator(".text a.m-event").first
    mark.click()
    page.wait_for_url(re.compile("/incident/"))
    for _ in range(3):
        page.go_back()
    page.wait_for_url("**/incidents?country=RU")
    assert count(page) == filtered
    expect(page.get_by_label("Russia")).to_be_checked()


def test_review_by_keyboard_with_undo(page):
    page.goto("/review")
    waiting = count(page)
    for done in range(1, 11):
        page.keyboard.press("a" if done % 2 else "x")
        if not done % 2:
            page.keyboard.press("3")
        expect(page.locator("p.count strong")).to_have_text(f"{waiting - done} incidents")
    for left in range(9, -1, -1):
        page.keyboard.press("u")
        expect(page.locator("p.count strong")).to_have_text(f"{waiting - left} incidents")
    page.goto("/log")
    assert page.locator("table.log tbody tr").count() == 20
    assert page.locator("table.log tr.undone").count() == 10


def test_keys_pressed_in_haste_are_not_lost(page):
    page.goto("/review")
    waiting = count(page)
    for key in "aaaa":
        page.keyboard.press(key)
    expect(page.locator("p.count strong")).to_have_text(f"{waiting - 4} incidents")
    for _ in range(4):
        page.keyboard.press("u")
    expect(page.locator("p.count strong")).to_have_text(f"{waiting} incidents")


def test_no_key_acts_while_a_field_has_the_focus(page):
    page.goto("/review")
    waiting = count(page)
    page.locator("#find").focus()
    page.keyboard.type("axu")
    assert page.locator("#find").input_value() == "axu"
    assert count(page) == waiting


def test_merge_by_keyboard_is_previewed_first_and_undone_from_the_toast(page):
    page.goto("/incidents?q=fasher")
    key = page.locator("table.incidents tr[data-id]").first.get_attribute("data-id")
    page.goto(f"/review?at={key}")
    waiting = count(page)
    page.keyboard.press("m")
    expect(page.locator(".merge h2")).to_be_visible()
    assert count(page) == waiting
    page.keyboard.press("m")
    expect(page.locator("#toast")).to_contain_text("Merged.")
    expect(page.locator("p.count strong")).to_have_text(f"{waiting - 1} incidents")
    page.locator("#toast button").click()
    expect(page.locator("#toast")).to_contain_text("Undone.")
    expect(page.locator("p.count strong")).to_have_text(f"{waiting} incidents")


def test_the_legend_of_a_document_switches_its_highlights(page):
    page.goto("/documents?q=refinery")
    page.locator("a.lead").first.click()
    mark = page.locator(".text .m-place").first
    assert mark.evaluate("one => getComputedStyle(one).borderBottomStyle") == "dotted"
    page.get_by_label("where", exact=True).uncheck()
    assert mark.evaluate("one => getComputedStyle(one).borderBottomStyle") == "none"


def test_the_address_has_where_the_map_was_moved_to_and_nothing_before(page):
    page.goto("/incidents")
    map_is_ready(page)
    page.wait_for_timeout(500)
    assert "#" not in page.url
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_url(re.compile(r"#map=\d"))
    moved = page.url
    page.goto("/help")
    page.go_back()
    map_is_ready(page)
    assert page.url == moved


def test_next_and_previous_card_by_key_and_the_back_button(page):
    page.goto("/review")
    first = page.locator(".card .crumb a").inner_text()
    page.keyboard.press("j")
    expect(page.locator(".card .crumb a")).not_to_have_text(first)
    page.keyboard.press("k")
    expect(page.locator(".card .crumb a")).to_have_text(first)
    page.go_back()
    expect(page.locator(".card .crumb a")).not_to_have_text(first)


def test_a_click_on_the_map_leads_to_the_incidents_there(page):
    page.goto("/incidents?q=fasher")
    map_is_ready(page)
    page.wait_for_timeout(1_000)
    box = page.locator(".live canvas").bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    if not page.locator(".maplibregl-popup").count():  # a cluster: it comes nearer first
        page.wait_for_timeout(1_500)
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".maplibregl-popup")).to_be_visible()
    page.locator(".maplibregl-popup a").first.click()
    page.wait_for_url(re.compile("incident"))


def test_a_time_is_chosen_by_dragging_on_the_timeline(page):
    page.goto("/incidents")
    box = page.locator(".timeline svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.5)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5, steps=5)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since=\d{4}-\d\d-\d\d&until=\d{4}-\d\d-\d\d"))
    since, until = re.search(r"since=([\d-]+)&until=([\d-]+)", page.url).groups()
    assert since < until
    assert page.locator("input[name=since]").input_value() == since


def test_search_from_any_page(page):
    page.goto("/findings")
    page.keyboard.press("/")
    page.keyboard.type("refinery")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents?q=refinery")
    assert page.locator("mark.m-hit").count() > 0


def test_without_scripts_the_overview_has_its_drawings_and_its_list(browser, address):
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/incidents")
    assert page.locator("figure.map svg .dot").count() > 0
    assert page.locator("figure.timeline svg rect").count() > 0
    assert page.locator("table.incidents tr[data-id]").count() > 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_serious_and_nothing_is_wider_than_the_screen(browser, address, scheme, width):
    context = browser.new_context(
        base_url=address, color_scheme=scheme, viewport={"width": width, "height": 800}, reduced_motion="reduce"
    )
    page = context.new_page()
    found = []
    for name, path in pages(address).items():
        page.goto(path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name}: wider than {width}")
        problems = [one for one in Axe().run(page).response["violations"] if one["impact"] in SERIOUS]
        found += [f"{name}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in problems]
    context.close()
    assert not found


def test_dark_and_light_differ(browser, address):
    grounds = set()
    for scheme in ("light", "dark"):
        context = browser.new_context(base_url=address, color_scheme=scheme)
        page = context.new_page()
        page.goto("/help")
        grounds.add(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))
        context.close()
    assert len(grounds) == 2
