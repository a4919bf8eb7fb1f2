"""What our scripts do, in a real browser: they help, and nothing is lost without them."""

import shutil
from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on PATH"),
    pytest.mark.django_db(transaction=True),
]
STRAYS: dict[Page, list[str]] = {}  # what no page may do, for the test to look at
CELLS = "#sample-grid tr[data-row] input[name^=material]"


@pytest.fixture
def browser(live_server, chromium: Browser) -> Iterator[Browser]:
    """A browser whose pages are closed before the database is emptied."""
    yield chromium
    for context in chromium.contexts:
        context.close()


def visit(
    browser: Browser, address: str, *, language: str = "en", width: int = 1440, **context: object
) -> Page:
    """Open a page; an error on the console or a request to another host fails the test."""
    options = {"viewport": {"width": width, "height": 900}, **context}
    tab = browser.new_context(**options)  # type: ignore[arg-type]
    tab.set_default_timeout(15_000)
    host = address.split("/", 3)[2]
    tab.add_cookies([{"name": "brain_language", "value": language, "url": f"http://{host}"}])
    page = tab.new_page()
    strays = STRAYS[page] = []
    page.on("request", lambda request: strays.append(request.url) if _foreign(request.url, host) else None)
    page.on("pageerror", lambda error: strays.append(str(error)))
    page.on("console", lambda said: strays.append(said.text) if "Content Security" in said.text else None)
    page.goto(address)
    return page


def _foreign(address: str, host: str) -> bool:
    return host not in address and not address.startswith("data:")


def paste(page: Page, cell: str, text: str) -> None:
    """Paste as a spreadsheet puts it on the clipboard."""
    page.locator(cell).evaluate(
        """(cell, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            cell.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def test_a_pasted_table_fills_cells_and_adds_rows(browser, live_server):
    page = visit(browser, f"{live_server.url}/styleguide/")
    paste(page, "input[name=material-1]", 'GCr15 φ60\t12.5\r\n"20Cr\nMnTi"\t3\r\n45#\t7\r\n')
    expect(page.locator(CELLS)).to_have_count(4)
    assert page.locator("input[name=weight-1]").input_value() == "12.5"
    assert page.locator("input[name=material-3]").input_value() == "45#"
    assert page.locator("#sample-grid .row-number").all_inner_texts()[1:] == ["1", "2", "3", "4"]
    assert page.locator("#sample-grid .cell-error").count() == 0
    assert STRAYS[page] == []


def test_keys_move_between_cells_and_enter_adds_a_row(browser, live_server):
    page = visit(browser, f"{live_server.url}/styleguide/")
    page.focus("input[name=material-0]")
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=material-1]")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.press("ArrowRight")
    expect(page.locator("input[name=weight-1]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("input[name=weight-2]")).to_be_focused()
    page.locator("[data-remove-row]").first.click()
    expect(page.locator(CELLS)).to_have_count(2)


def test_the_theme_is_remembered(browser, live_server):
    page = visit(browser, f"{live_server.url}/styleguide/", color_scheme="light")
    page.click("[data-action=theme]")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_keys_lead_to_the_search_and_to_places(browser, live_server):
    page = visit(browser, f"{live_server.url}/desk/")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    page.locator("#search").blur()
    page.keyboard.press("Control+k")
    expect(page.locator("#search")).to_be_focused()
    page.locator("#search").blur()
    page.keyboard.press("g")
    page.keyboard.press("r")
    page.wait_for_url("**/styleguide/")


def test_a_form_saves_itself_and_says_when_it_could_not(browser, live_server):
    page = visit(browser, f"{live_server.url}/desk/")
    status = page.locator("[data-autosave-status]")
    page.fill("input[name=material-0]", "GCr15")
    expect(status).to_have_text("saved")
    page.fill("input[name=material-0]", "refuse")
    expect(status).to_have_text("failed")


def test_a_refusal_by_htmx_is_said_above_and_the_page_stays(browser, live_server):
    page = visit(browser, f"{live_server.url}/desk/")
    page.fill("input[name=material-0]", "GCr15")
    page.get_by_role("button", name="Try").click()
    expect(page.locator("#messages")).to_contain_text("Somebody else was faster.")
    assert page.locator("input[name=material-0]").input_value() == "GCr15"
    assert STRAYS[page] == []


def test_every_chart_is_drawn_when_it_comes_into_view(browser, live_server):
    page = visit(browser, f"{live_server.url}/styleguide/")
    for host in page.locator("[data-chart]").all():
        host.scroll_into_view_if_needed()
        expect(host.locator("svg").first).to_be_visible()
    assert STRAYS[page] == []


def test_without_the_chart_bundle_the_figures_are_still_there(browser, live_server):
    def refuse(route: Route) -> None:
        route.abort()

    page = visit(browser, f"{live_server.url}/healthz")
    page.route("**/charts.js", refuse)
    page.goto(f"{live_server.url}/styleguide/")
    host = page.locator("[data-chart]").first
    host.scroll_into_view_if_needed()
    expect(host.locator("table")).to_be_visible()


def test_without_scripts_pages_are_whole(browser, live_server):
    page = visit(browser, f"{live_server.url}/styleguide/", java_script_enabled=False)
    expect(page.locator("[data-chart] summary").first).to_be_visible()
    expect(page.locator("[data-add-row]")).to_be_hidden()
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-hans")


READERS: list[tuple[str, Literal["light", "dark"], int]] = [
    ("zh-hans", "light", 1440),
    ("en", "dark", 1440),
    ("zh-hans", "dark", 390),
    ("en", "light", 390),
]


@pytest.mark.parametrize("address", ["/styleguide/", "/refusing/invalid/"])
def test_everybody_can_use_the_pages(browser, live_server, address):
    for language, theme, width in READERS:
        place = live_server.url + address
        page = visit(browser, place, language=language, width=width, color_scheme=theme, bypass_csp=True)
        for host in page.locator("[data-chart]").all():
            host.scroll_into_view_if_needed()
        result = Axe().run(page)
        assert result.violations_count == 0, result.generate_report()
        assert page.locator("html").evaluate("page => page.scrollWidth <= page.clientWidth")
        page.context.close()


def test_phones_get_targets_for_fingers(browser, live_server):
    page = visit(browser, f"{live_server.url}/styleguide/", width=390)
    for target in page.locator("a.btn:visible, button:visible, select:visible, .bottom-tabs a").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 36, target.inner_text()
