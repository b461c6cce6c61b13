"""`clean` and `explain`: their options, what they refuse, the guard."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

import pytest

from cleaner import CleanerError, Verdict, clean, explain
from cleaner.errors import UnknownRule, UnreadableInput
from cleaner.guard import GUARD_SHARE
from cleaner.rule import select
from cleaner.rules import CONTEXT_RULES, RULES

BODY = (
    "Die Brücke wird später fertig als gedacht, teilte die Stadt am Montag bei einem Termin mit.",
    "„Wir haben das Geld, aber nicht die Leute“, sagte der Bürgermeister den Reportern vor Ort.",
    "Wer über die Brücke will, muss warten; wer nicht will, wartet auch, denn einen anderen Weg "
    "gibt es seit dem Hochwasser im Mai nicht mehr, sagt die Feuerwehr.",
)
CAPTION = "Das Rathaus am Abend (Foto: dpa)"
DUMP = "\n\n".join(
    (
        *("Lokales", "Neue Brücke lässt weiter auf sich warten", "20.05.2021 07:47"),
        *(BODY[0], CAPTION, BODY[1], "(Bild: AFP)", "Es wird teuer", BODY[2]),
        *("Abspielen", "00:00 / 00:00", "Kommentare", "Auf Facebook teilen"),
    )
)
FURNITURE = ("Abspielen", "00:00 / 00:00", "Kommentare", "Auf Facebook teilen")
APART = (*DUMP.split("\n\n")[:3], CAPTION, "(Bild: AFP)")


def left(dump: str = DUMP, **options: object) -> list[str]:
    return [line for line in clean(dump, **cast(Any, options)).split("\n") if line]


def all_but(*lines: str) -> list[str]:
    return [line for line in DUMP.split("\n\n") if line not in lines]


# --- options


def test_by_default_furniture_goes_and_nothing_else() -> None:
    assert left() == all_but(*FURNITURE)


def test_clean_is_the_text_of_explain_with_the_same_options() -> None:
    assert (
        str(inspect.signature(clean)).split(" -> ")[0]
        == (str(inspect.signature(explain)).split(" -> ")[0])
    )
    for options in ({}, {"body_only": True}, {"skip": "player"}, {"only": "comments"}):
        assert clean(DUMP, **options) == explain(DUMP, **options).text


def test_options_are_given_by_name() -> None:
    for function in (clean, explain):
        parameters = list(inspect.signature(function).parameters.values())
        names = ["text", "skip", "only", "body_only", "lang", "site", "threshold"]
        assert [p.name for p in parameters] == names
        assert {p.kind for p in parameters[1:]} == {inspect.Parameter.KEYWORD_ONLY}


def test_body_only_leaves_out_head_captions_and_credits_and_nothing_else() -> None:
    assert left(body_only=True) == all_but(*FURNITURE, *APART)
    gone = {line.text: mark.group for line, mark in explain(DUMP, body_only=True).removed}
    assert {gone[text] for text in APART} == {"head", "caption", "credit"}
    assert [gone[text] for text in APART[-2:]] == ["caption", "credit"]


def test_body_only_tells_the_head_that_it_leaves_out() -> None:
    head = [line.text for line in explain(DUMP).head]
    assert head == list(APART[:3])
    assert [line.text for line in explain(DUMP, body_only=True).head] == head


@pytest.mark.parametrize("as_given", [str, lambda name: [name], lambda name: (n for n in [name])])
def test_names_come_as_a_text_or_any_iterable(as_given: Callable[[str], Iterable[str]]) -> None:
    assert left(skip=as_given("player")) == all_but("Kommentare", "Auf Facebook teilen")
    assert left(only=as_given("player")) == all_but("Abspielen", "00:00 / 00:00")


@pytest.mark.parametrize(
    ("options", "gone"),
    [
        ({"skip": "player/clock"}, ("Abspielen", "Kommentare", "Auf Facebook teilen")),
        ({"skip": ["player", "share"]}, ("Kommentare",)),
        ({"only": "player/clock"}, ("00:00 / 00:00",)),
        ({"only": ["player", "share"]}, ("Abspielen", "00:00 / 00:00", "Auf Facebook teilen")),
        ({"only": "player", "skip": "player/clock"}, ("Abspielen",)),
        ({"only": "player", "skip": "player"}, ()),
        ({"skip": [], "only": []}, FURNITURE),
        ({"only": "player", "body_only": True}, ("Abspielen", "00:00 / 00:00", *APART)),
        ({"body_only": True, "skip": "head"}, (*FURNITURE, *APART[3:])),
        ({"body_only": True, "skip": ("caption", "credit")}, (*FURNITURE, *APART[:3])),
    ],
)
def test_skip_and_only_choose_groups_and_rules(
    options: dict[str, Any], gone: tuple[str, ...]
) -> None:
    assert left(**options) == all_but(*gone)


def test_what_is_skipped_leaves_no_mark() -> None:
    rules = {mark.rule for mark in explain(DUMP, skip=("player", "head/date")).marks}
    assert rules
    assert not [rule for rule in rules if rule.startswith("player/") or rule == "head/date"]


@pytest.mark.parametrize("option", ["skip", "only"])
@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("plaier", "player"),
        ("player/clok", "player/clock"),
        ("Share", "share"),
        ("coments", "comments"),
    ],
)
def test_an_unknown_name_is_refused_with_near_ones(option: str, name: str, near: str) -> None:
    with pytest.raises(UnknownRule, match="did you mean") as raised:
        clean("x", **{option: ["ads", name]})
    assert repr(name) in str(raised.value)
    assert near in str(raised.value)


@pytest.mark.parametrize("name", ["", "/", "ß9_!", "player/"])
def test_a_name_unlike_any_is_refused_with_advice(name: str) -> None:
    with pytest.raises(UnknownRule, match=r"did you mean|cleaner --rules"):
        clean("x", skip=(name,))


def test_select_resolves_groups_and_names() -> None:
    rules = (*RULES, *CONTEXT_RULES)
    players = select("player", rules)
    assert players == {rule.name for rule in rules if rule.group == "player"}
    assert select(["player", "player/clock", "ads/label"], rules) == players | {"ads/label"}
    assert select((), rules) == frozenset()


@pytest.mark.parametrize("lang", ["de", "DE", "de-AT", "de_CH", "gsw"])
def test_a_language_is_two_or_three_letters_and_what_follows(lang: str) -> None:
    assert clean("Abspielen", lang=lang) == ("Abspielen" if lang == "gsw" else "")


@pytest.mark.parametrize("lang", ["", "d", "deutsch", "de AT", "1", "d-e", "*", "de\n", " de"])
def test_what_is_no_language_is_refused(lang: str) -> None:
    with pytest.raises(CleanerError, match="language") as raised:
        clean("x", lang=lang)
    assert repr(lang) in str(raised.value)


def test_a_language_leaves_the_phrases_of_others_out() -> None:
    assert clean("Abspielen\nEin Satz", lang="fr") == "Abspielen\nEin Satz"
    assert clean("Play\nEin Satz", lang="fr") == "Ein Satz"


def test_a_site_file_is_heeded_beside_all_else(tmp_path: Path) -> None:
    site = tmp_path / "example.org.txt"
    site.write_text("Es wird teuer\n", encoding="utf-8")
    assert left(site=site) == left(site=str(site)) == all_but(*FURNITURE, "Es wird teuer")
    with pytest.raises(UnreadableInput, match="missing"):
        clean("x", site=tmp_path / "missing.txt")


@pytest.mark.parametrize("given", [b"Abspielen", None, 3, ["Abspielen"]])
def test_what_is_no_text_is_not_taken_for_one(given: object) -> None:
    with pytest.raises((TypeError, AttributeError)):
        clean(given)  # type: ignore[arg-type]


# --- rules see pass one and nothing else


def test_no_plan_is_mixed_up_with_another() -> None:
    first = clean(DUMP), clean(DUMP, skip="player"), clean(DUMP, body_only=True)
    again = clean(DUMP), clean(DUMP, skip="player"), clean(DUMP, body_only=True)
    assert first == again
    assert len(set(first)) == 3


# --- the guard

GUARDED = "\n".join(
    line
    for entry in ("Ein Haus am See", "Ein Turm am Meer", "Ein Weg im Tal")
    for line in ("Abspielen", entry, "Aufklappen")
)


def test_a_second_pass_that_leaves_too_little_is_taken_back() -> None:
    cleaned = explain(GUARDED)
    assert cleaned.text == "Ein Haus am See\nEin Turm am Meer\nEin Weg im Tal"
    marks = [mark for mark in cleaned.marks if mark.group == "guard"]
    assert {mark.verdict for mark in marks} == {Verdict.KEEP}
    assert {cleaned.page.texts[mark.start] for mark in marks} >= set(cleaned.text.split("\n"))
    size = len("".join(cleaned.text.split("\n")))
    for mark in marks:
        assert mark.rule == "guard/too-little"
        assert f"would leave 0 of {size} characters" in mark.because


def test_the_guard_is_silent_where_enough_stays() -> None:
    cleaned = explain(f"{BODY[2]}\n\n{GUARDED}")
    assert cleaned.text == BODY[2]
    assert not [mark for mark in cleaned.marks if mark.group == "guard"]


def test_the_guard_takes_back_nothing_of_pass_one() -> None:
    dump = "Abspielen\nKommentare\nAbspielen"
    assert explain(dump).text == ""
    assert not [mark for mark in explain(dump).marks if mark.group == "guard"]


def test_the_guard_takes_back_nothing_that_pass_one_drops_too() -> None:
    dump = "Ein Haus am See\nAbspielen\nAnzeige\nAbspielen"
    first_pass = explain(dump, only=[rule.name for rule in RULES])
    assert set(explain(dump).text.split("\n")) <= set(first_pass.text.split("\n"))


def test_body_only_may_leave_nothing_and_is_not_guarded() -> None:
    dump = f"Lokales\n\nNeue Brücke\n\n20.05.2021 07:47\n\n{CAPTION}\n\n{BODY[0]}"
    assert clean(dump, body_only=True) == BODY[0]


def test_the_guard_stands_at_a_seventh() -> None:
    assert pytest.approx(1 / 7) == GUARD_SHARE


@pytest.mark.parametrize(
    ("caption", "line"),
    [("Anna Möller (Foto: dpa)", "Anna Müller"), ("Haus 12 (Foto: dpa)", "Haus 13")],
)
def test_a_line_that_differs_from_a_caption_is_no_alt_text(caption: str, line: str) -> None:
    assert line in clean(f"Abspielen\n\n{BODY[0]}\n\n{caption}\n{line}\n\n{BODY[1]}").split("\n")
