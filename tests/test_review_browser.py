"""`cleaner review` in the browser: keys and clicks, what they save, how the page is laid out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reviewed import DUMP, GRAIN, MILL, request, sent, serving

from cleaner.fixture_writing import draft, version, write_fixture
from cleaner.fixtures import read_fixture
from cleaner.review_app import WEB
from cleaner.review_shelf import Shelf
from lab import render_players

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("starlette", reason="run: pip install 'cleaner[review]'")
pytest.importorskip("uvicorn", reason="run: pip install 'cleaner[review]'")

# --- in the browser

Open = Callable[[str], Any]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))

    def go(address: str) -> Page:
        page.goto(address)
        page.wait_for_selector(".line.cursor")
        return page

    yield go
    context.close()
    assert problems == []


TEXTS = "rows => rows.map((row) => row.textContent)"
LEFTS = "line => ['.number', '.text'].map(x => line.querySelector(x).getBoundingClientRect().left)"
LAID_OUT = """n => document.getElementById(`line-${n}`)
    .checkVisibility({contentVisibilityAuto: true})"""
POST = """([url, body]) => fetch(url, {method: 'POST', mode: 'no-cors', body})
    .then(() => "sent", () => "refused")"""


def shown(page: Page) -> list[str]:
    """Return the clean text as the page shows it."""
    lines = page.eval_on_selector_all("#clean .row:not([hidden])", TEXTS)
    return [str(line) for line in lines]


def saved(page: Page) -> None:
    page.keyboard.press("Control+s")
    page.wait_for_selector("#status:has-text('Saved')")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.slow
def test_click_run_undo_save_reload(address: str, mill: Path, opened: Open) -> None:
    page = opened(address)
    assert shown(page)[2] == MILL
    page.click("#line-5 .text")  # drops it, as more of the player's that goes above it
    assert MILL not in shown(page)
    press(page, "ArrowDown", "Shift+ArrowDown", "m")  # lines 8 and 9 are a promo
    assert page.locator("#line-7.gone.selected .why b").inner_text() == "promo"
    assert "Unser Brotrezept" not in shown(page)
    press(page, "z", "z")
    assert MILL in shown(page)
    assert "Unser Brotrezept" in shown(page)
    press(page, "y", "y", "z", "z", "y", "z", "ArrowDown")
    press(page, "Home", *["ArrowDown"] * 4, "Shift+ArrowDown", "m")
    saved(page)
    fixture = read_fixture(mill)
    assert fixture.furniture["promo"] == (range(7, 9),)
    assert fixture.clean.split("\n") == ["Die Mühle dreht sich wieder", "", MILL, "", GRAIN]
    assert not fixture.draft
    page.reload()
    page.wait_for_selector(".line.cursor")
    assert shown(page) == fixture.clean.split("\n")
    assert page.locator("#save").is_disabled()


@pytest.mark.slow
def test_space_keeps_and_drops_and_a_shifted_click_goes_on(address: str, opened: Open) -> None:
    page = opened(address)
    press(page, "Space")
    assert shown(page)[0] == "Abspielen"
    assert page.locator("#line-0 .flag.lost").inner_text() == "✕"
    press(page, "Space")
    assert shown(page)[0] != "Abspielen"
    page.click("#line-7 .text")
    page.click("#line-10 .text", modifiers=["Shift"])
    assert shown(page) == ["Die Mühle dreht sich wieder", "", MILL]
    assert page.locator("#line-10 .flag.missed").count() == 1
    press(page, "k")
    assert page.locator("#line-8.cursor").count() == 1


@pytest.mark.slow
def test_what_another_wrote_is_not_overwritten(address: str, mill: Path, opened: Open) -> None:
    page = opened(address)
    page.click("#line-5 .text")
    other = Shelf([mill], mill.parent)
    groups = other.open("mill")["groups"]
    other.save(
        "mill", sent(other, groups=["promo" if n in (7, 8) else g for n, g in enumerate(groups)])
    )
    before = version(mill)
    press(page, "Control+s")
    page.wait_for_selector("#banner:has-text('Nothing has been written')")
    assert version(mill) == before
    press(page, "Enter")  # the first answer has the focus: put my changes on theirs
    assert "Unser Brotrezept" not in shown(page)
    assert MILL not in shown(page)
    assert version(mill) == before
    saved(page)
    assert read_fixture(mill).clean.split("\n") == ["Die Mühle dreht sich wieder", "", GRAIN]


@pytest.mark.slow
def test_what_another_wrote_can_be_taken(address: str, mill: Path, opened: Open) -> None:
    page = opened(address)
    page.click("#line-5 .text")
    other = Shelf([mill], mill.parent)
    other.save("mill", sent(other, groups=[""] * 14))
    press(page, "Control+s")
    page.click("text=Show theirs")
    assert shown(page) == DUMP.strip().split("\n")


@pytest.mark.slow
def test_another_page_of_the_browser_is_refused(
    address: str, mill: Path, browser: Browser, tmp_path: Path
) -> None:
    shelf, before = Shelf([mill], mill.parent), version(mill)
    body = json.dumps(sent(shelf, groups=[""] * 14))
    page = browser.new_page()
    with render_players.serving(tmp_path, {"/": "<p>Another page."}) as elsewhere:
        page.goto(elsewhere)
        assert page.evaluate(POST, [f"{address}fixtures/mill", body]) == "refused"
    page.close()
    assert version(mill) == before
    assert request(f"{address}fixtures/mill", body.encode())[0] == 200  # it would have changed it
    assert version(mill) != before


@pytest.mark.slow
def test_the_note_is_edited_and_a_draft_may_stay_one(
    address: str, mill: Path, opened: Open
) -> None:
    page = opened(address)
    press(page, "o")
    page.fill("[name=about]", "A page with a player.")
    page.fill("[name=lang]", "German")
    page.click("text=Take over")
    assert page.locator("#note[open]").count() == 1  # the browser shows what is wrong
    page.fill("[name=lang]", "de")
    page.select_option("[name=split]", "held-out")
    page.click("text=Take over")
    press(page, "x")
    saved(page)
    fixture = read_fixture(mill)
    assert (fixture.about, fixture.split, fixture.draft) == (
        "A page with a player.",
        "held-out",
        True,
    )


@pytest.mark.slow
def test_fixtures_are_turned_the_worst_first_and_edits_wait(mill: Path, opened: Open) -> None:
    write_fixture(draft(f"Abspielen\n{GRAIN}\n", "loaf"), mill.parent / "loaf")
    with serving(mill.parent) as address:
        page = opened(address)
        assert page.locator("#name").inner_text() == "loaf"
        press(page, "Space", "ArrowRight")
        page.wait_for_selector("#name:has-text('mill')")
        assert page.locator("#fixture-loaf.unsaved").count() == 1
        press(page, "ArrowLeft")
        page.wait_for_selector("#name:has-text('loaf')")
        assert shown(page)[0] == "Abspielen"
        saved(page)
    assert read_fixture(mill.parent / "loaf").furniture == {}


@pytest.mark.slow
def test_right_to_left_stands_right_and_far_lines_are_not_laid_out(
    tmp_path: Path, opened: Open
) -> None:
    lines = ["تشغيل", "03:42", "نحل وادي السدر يعد حتى خمسة", "Facebook"] * 1250
    write_fixture(draft("\n".join(lines), "long", "ar"), tmp_path / "long")
    with serving(tmp_path / "long") as address:
        page = opened(address)
        assert page.locator("#dump .line").count() == 5000
        number, text = page.locator("#line-2").evaluate(LEFTS)
        assert number > text
        assert page.evaluate(LAID_OUT, 3)
        assert not page.evaluate(LAID_OUT, 4000)
        press(page, "End")
        page.wait_for_function(LAID_OUT, arg=4999)
        page.wait_for_function(f"n => !({LAID_OUT})(n)", arg=3)  # a frame or two later


@pytest.mark.slow
def test_a_narrow_window_shows_everything(address: str, opened: Open) -> None:
    page = opened(address)
    page.set_viewport_size({"width": 380, "height": 700})
    for part in ("#line-0 .text", "#line-0 .why", "#clean", "#palette button", "#save"):
        box = page.locator(part).first.bounding_box()
        assert 0 <= box["x"] < 380
        assert box["y"] + min(box["height"], 20) <= 700
    assert page.evaluate("document.documentElement.scrollWidth") <= 380


def test_the_pages_ask_nobody_else() -> None:
    for path in WEB.iterdir():
        assert "http" not in path.read_text(encoding="utf-8").replace("http-equiv", "")
