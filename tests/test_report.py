from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cleaner.fixture_writing import draft, regrouped
from cleaner.fixtures import Fixture
from cleaner.mark import Cleaned, Mark, Verdict
from cleaner.report import render_report
from cleaner.score import Scored
from cleaner.score_changes import Changed
from cleaner.whole import write_whole

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LINES = ["Abspielen", "Ein </script><b>Satz</b>.", *"abcdefgh", "Lies auch", "Ein Teil.", "Teilen"]
PLAYER, WRONG, TEASER = 0, 1, 10


def scored(name: str = "mill", split: str = "develop") -> Scored:
    """Line 2 of the article goes, the teaser stays."""
    groups = [""] * len(LINES)
    groups[PLAYER], groups[TEASER], groups[-1] = "player", "related", "share"
    fixture = regrouped(draft("\n".join(LINES), name, "de"), groups)
    judged = Fixture(**{**vars(fixture), "split": split, "draft": False})
    marks = (
        Mark(0, 1, "player/controls", "“abspielen”"),
        Mark(1, 2, "nav/menu", "“<b>”"),
        Mark(10, 11, "body/subhead", "over a paragraph", Verdict.KEEP),
        Mark(12, 13, "share/buttons", "“teilen”"),
    )
    cleaned = Cleaned(judged.page, marks)
    return Scored(judged, cleaned, cleaned)


CHANGED = Changed(
    "mill",
    broken=({"line": 2, "text": "Ein", "wrongly": "removed", "rule": "nav/menu", "because": "x"},),
    fixed=({"line": 12, "text": "Ein Teil.", "wrongly": "kept", "group": "player"},),
    before=1.0,
    after=0.8,
)


def lines_of(page: str) -> list[list[object]]:
    return [json.loads(data) for data in re.findall(r'application/json">(.*?)</script>', page)]


def test_each_wrong_line_names_what_became_of_it_and_the_mark_responsible() -> None:
    [lines] = lines_of(render_report([scored()], [], [CHANGED], ["mill"]))
    assert lines == [
        ["Abspielen", "right", "player", "player/controls “abspielen”", ""],
        ["Ein </script><b>Satz</b>.", "lost", "nav", "nav/menu “<b>”", "broken"],
        *"abcdefgh",
        ["Lies auch", "missed", "related", "kept by body/subhead over a paragraph", ""],
        ["Ein Teil.", "", "", "", "fixed"],
        ["Teilen", "right", "share", "share/buttons “teilen”", ""],
    ]


def test_no_text_of_a_dump_becomes_markup() -> None:
    page = render_report([scored()], ["[develop] exact is <0>"], [CHANGED], ["mill"])
    assert "<b>Satz" not in page
    assert "exact is &lt;0&gt;" in page
    assert page.count("<script") == page.count("</script>") == 2


def test_lines_of_held_out_fixtures_are_not_in_the_file() -> None:
    page = render_report([scored("held", "held-out"), scored()], [], None, ["mill"])
    assert len(lines_of(page)) == 1
    assert "No rule may be made looking at its lines" in page
    assert 'id="changes"' not in page


def test_the_file_asks_for_nothing_else() -> None:
    page = render_report([scored()], [], [CHANGED], ["mill"])
    assert re.findall(r'(?:src|href)="(?!#|data:)', page) == []
    assert "url(" not in page
    assert "{{" not in page


def test_a_special_file_is_written_in_place_and_others_whole(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_whole(path, "one")
    write_whole(path, "two")
    assert path.read_text() == "two"
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
    write_whole(Path("/dev/null"), "three")
    assert not Path("/dev/.null.part").exists()


@pytest.mark.slow
def test_the_page_lays_lines_out_and_filters(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    fixtures = [scored(), scored("held", "held-out"), scored("raft")]
    path.write_text(render_report(fixtures, [], [CHANGED], ["mill", "raft"]))
    page = browser.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: problems.append(request.url))
    page.goto(path.as_uri())
    assert page.locator(".line").count() == 0  # nothing is laid out before it is opened
    page.click("#fixture-mill summary")
    numbers = page.locator("#fixture-mill .number").all_inner_texts()
    assert numbers == ["1", "2", "3", "4", "9", "10", "11", "12", "13"]
    assert page.locator("#fixture-mill .gap").inner_text() == "4 lines"
    assert page.locator("#fixture-mill .is-lost .text").inner_text() == LINES[WRONG]
    assert page.locator("#fixture-mill .is-missed .why").inner_text().startswith("related kept by")
    page.check("#whole")
    assert page.locator("#fixture-mill .line").count() == len(LINES)
    page.fill("#filter", "RAFT")
    assert page.locator("details:visible").count() == 1
    page.fill("#filter", "")
    page.check("#changed")
    assert page.locator("details:visible").get_attribute("id") == "fixture-mill"
    page.uncheck("#changed")
    page.select_option("#split", "held-out")
    assert page.locator("details:visible").get_attribute("id") == "fixture-held"
    page.close()
    assert problems == [path.as_uri()]
