from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cleaner.errors import CleanerError, FixtureChanged, FixtureError
from cleaner.fixture_note import BODY_ONLY, FURNITURE
from cleaner.fixture_writing import draft, version, write_fixture
from cleaner.fixtures import read_fixture
from cleaner.review import main
from cleaner.review_app import WEB, refusal
from cleaner.review_shelf import KEYS, Shelf
from lab import render_players

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("starlette", reason="run: pip install 'cleaner[review]'")
pytest.importorskip("uvicorn", reason="run: pip install 'cleaner[review]'")

ROOT = Path(__file__).parents[1]
MILL = "Nach elf Jahren Stillstand mahlt die Mühle am Wehr in Altenbruck wieder Roggen."
GRAIN = "Der neue Müller ist zugleich der jüngste, den das Handwerk in der Gegend je hatte."
DUMP = f"""\
Abspielen
00:00

Die Mühle dreht sich wieder

{MILL}

Unser Brotrezept
Zum Nachbacken

{GRAIN}

Kommentare
"""
# Lines as the page counts them: 1, 2 player; 4 headline; 6, 11 article; 8, 9 a promo; 13 comments.


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    folder = tmp_path / "fixtures" / "mill"
    write_fixture(draft(DUMP, "mill", "de"), folder)
    return folder


# --- the shelf


def sent(shelf: Shelf, name: str = "mill", **changes: object) -> dict[str, Any]:
    shown = shelf.open(name)
    return {**{key: shown[key] for key in ("version", "groups", "note", "draft")}, **changes}


def test_a_shelf_shows_lines_marks_and_groups(mill: Path) -> None:
    shown = Shelf([mill.parent], mill.parent).open("mill")
    assert shown["lines"][5] == MILL
    assert shown["groups"][:2] == shown["guesses"][:2] == ["player", "player"]
    assert shown["marks"][0] == ("drop", "player/controls", "“abspielen”")
    assert shown["marks"][3][:2] == ("keep", "head/headline")
    assert shown["version"] == version(mill)


def test_broken_ones_and_drafts_come_first_then_the_worst(mill: Path) -> None:
    folder = mill.parent
    for name, dropped in (("right", {}), ("lost", {12: ""}), ("missed", {5: "promo"})):
        fixture = draft(DUMP, name, "de")
        write_fixture(fixture, folder / name)
        shelf = Shelf([folder / name], folder)
        groups = [dropped.get(n, g) for n, g in enumerate(shelf.open(name)["groups"])]
        shelf.save(name, sent(shelf, name, groups=groups, draft=False))
    write_fixture(draft(DUMP, "broken"), folder / "broken")
    (folder / "broken" / "note.toml").write_text("about = 3")
    found = Shelf([folder], folder).summaries()
    assert [one["name"] for one in found] == ["broken", "mill", "lost", "missed", "right"]
    assert "broken/note.toml: needs `lang`" in found[0]["error"]
    assert [(one["lost"], one["missed"]) for one in found[2:]] == [(1, 0), (0, 1), (0, 0)]


def test_a_save_is_refused_when_the_folder_changed(mill: Path) -> None:
    shelf = Shelf([mill], mill.parent)
    seen = sent(shelf)
    (mill / "note.toml").write_text((mill / "note.toml").read_text() + "# Mine.\n")
    before = version(mill)
    with pytest.raises(FixtureChanged, match="changed on disk since it was opened"):
        shelf.save("mill", seen)
    assert version(mill) == before


@pytest.mark.parametrize(
    "note", [{"about": ""}, {"lang": "German"}, {"split": "test"}, {"kind": 3}]
)
def test_a_note_that_could_not_be_read_is_not_saved(mill: Path, note: dict[str, Any]) -> None:
    shelf = Shelf([mill], mill.parent)
    before = version(mill)
    with pytest.raises(FixtureError, match=r"mill/note\.toml"):
        shelf.save("mill", sent(shelf, note={**shelf.open("mill")["note"], **note}))
    assert version(mill) == before


def test_a_file_becomes_a_fixture_when_it_is_saved(tmp_path: Path) -> None:
    dump, into = tmp_path / "Mühle.txt", tmp_path / "made"
    dump.write_text(DUMP)
    shelf = Shelf([dump], into)
    assert not into.exists()
    first = shelf.save("muhle", sent(shelf, "muhle"))
    assert read_fixture(into / "muhle").dump == DUMP
    assert sent(Shelf([dump], into), "muhle")["version"] == first
    dump.write_text(DUMP + "Teilen\n")
    with pytest.raises(CleanerError, match="muhle holds another dump; rename the file"):
        Shelf([dump], into)


def test_no_two_fixtures_of_one_name(mill: Path) -> None:
    with pytest.raises(FixtureError, match="'mill' is there twice"):
        Shelf([mill, mill.parent], mill.parent)


def test_each_group_has_a_letter_of_its_own_that_does_nothing_else() -> None:
    assert set(KEYS) == {*FURNITURE, *BODY_ONLY}
    assert len(set(KEYS.values())) == len(KEYS)
    assert all(key in group for group, key in KEYS.items())
    assert not set("jkzyox") & set(KEYS.values())
    colours = (WEB / "groups.css").read_text()
    assert all(f'[data-group="{group}"] {{ --hue' in colours for group in KEYS)


# --- the command


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["gone"], "gone: is no folder"),
        (["--port", "x"], "'x' is no port"),
        (["--port", "65536"], "'65536' is no port"),
        (["--prot"], "unrecognized arguments: --prot"),
    ],
)
def test_bad_usage(args: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(args) == 2
    assert capsys.readouterr().err.startswith("cleaner review: ")
    assert main(args) == 2
    assert message in capsys.readouterr().err


def test_what_is_missing_is_said_with_its_command(
    mill: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main([str(mill)]) == 2
    assert "run: pip install 'cleaner[review]'" in capsys.readouterr().err


@contextmanager
def serving(*args: str | Path) -> Iterator[str]:
    """Run the command as people do and yield the address that it prints."""
    command = [sys.executable, "-m", "cleaner", "review", *map(str, args)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.stdout.read()


@pytest.fixture
def address(mill: Path) -> Iterator[str]:
    with serving(mill) as found:
        yield found


def request(url: str, data: bytes | None = None, **headers: str) -> tuple[int, bytes]:
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, named)) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_a_port_in_use_is_said(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    port = address.split(":")[2].split("/")[0]
    assert main(["fixtures", "--port", port]) == 2
    assert "give another --port" in capsys.readouterr().err


def test_who_lacks_the_token_or_comes_from_elsewhere_is_refused(address: str, mill: Path) -> None:
    host = address.rsplit("/", 2)[0]
    body = json.dumps(sent(Shelf([mill], mill))).encode()
    before = version(mill)
    for url in (f"{host}/", f"{host}/fixtures", f"{host}/wrong/fixtures", address[:-1]):
        assert request(url) == (403, request(url)[1])
        assert b"token" in request(url)[1]
    assert b"token" in request(f"{host}/wrong/fixtures/mill", body)[1]
    elsewhere: list[dict[str, str]] = [
        {"Origin": "http://example.org"},
        {"Origin": "null"},
        {"Origin": host.replace("127.0.0.1", "localhost")},
        {"Host": "rebound.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ]
    for headers in elsewhere:
        assert request(f"{address}fixtures/mill", body, **headers)[0] == 403
        assert request(f"{address}fixtures/mill", **headers)[0] == 403
    assert version(mill) == before
    assert request(f"{address}fixtures/mill", body, Origin=host)[0] == 200


def test_only_loopback_is_bound(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    assert len(address.rsplit("/", 2)[1]) >= 32
    assert refusal({}, "/secret/", "secret", 80) == "host"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("fixtures/gone", None, 404),
        ("fixtures/gone", b"{}", 404),
        ("..%2freview.py", None, 404),
        ("fixtures/mill", b"{", 422),
        ("fixtures/mill", b"[]", 422),
        ("fixtures/mill", b"{}", 422),
    ],
)
def test_what_the_page_would_not_ask(
    address: str, mill: Path, path: str, body: bytes | None, status: int
) -> None:
    before = version(mill)
    assert request(f"{address}{path}", body)[0] == status
    assert version(mill) == before


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
