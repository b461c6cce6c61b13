"""What stands amid and beside the controls of a player: times, settings, titles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cleaner.mark import Mark, Marks
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.rules.above import is_headline
from cleaner.rules.edges import body_start
from cleaner.rules.labels import LABEL, is_label
from cleaner.rules.picture import picture_lines
from cleaner.rules.vocabulary import opener, vocabulary

PLAYER_GAP = 3
"""Most lines in a row, between two controls of one player, that are neither control nor setting."""

COMPANY = 3
"""Fewest controls that make the plain words beside the first and the last of them a player's."""

TITLE = 100
"""Longest title of a piece to play, in characters."""

MOST_HOURS = 2
"""Most hours or running times, a line each, of a page that is no ticker."""

_BESIDE_PLAYER = pattern(
    r"[-−(]?(?:\d{1,3}(?::\d\d){1,2}|\d[.,]\d+[x×]?|\d[x×]"
    r"|(?:\d+:)?\d+(?:\.\d+)? ?(?:%|min\w*\.?|se[ck]\w*\.?|mb|m)|x\d)\)?"
)


def player_run(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark short lines between two controls of one player, times and settings beside it."""
    controls = marks.groups.get("player", [])
    players = [controls[:1]] if controls else []
    for before, after in pairwise(controls):
        between = _labels_between(page, marks, before, after)
        if between is None:
            players.append([after])
            continue
        players[-1].append(after)
        because = f"between “{page.key(before)}” and “{page.key(after)}”"
        yield from (Mark(n, n + 1, "player/run", because) for n in between)
    for before, control in pairwise([-PLAYER_GAP, *controls]):
        title = control - 1
        if title > before and _titles(page, marks, title):
            because = f"a title above “{page.key(control)}”"
            yield Mark(title, title + 1, "player/run", because)
    for player in players:
        belongs = _is_setting if len(player) >= COMPANY else _is_time_or_speed
        for control, step in ((player[0], -1), (player[-1], 1)):
            beside = _next_filled(page, control, step)
            while belongs(page, marks, beside):
                because = f"a time or a setting beside “{page.key(control)}”"
                yield Mark(beside, beside + 1, "player/run", because)
                beside = _next_filled(page, beside, step)
        yield from _piece_below(page, marks, player[-1])
        yield from _title_at_end(page, marks, player)


def _piece_below(page: Page, marks: Marks, control: int) -> Iterator[Mark]:
    """Mark a title right below a control and its running time; a ticker's label and hour are none.

    The body has begun: above it the title may be the headline.
    """
    title, time = control + 1, control + 2
    if control > marks.once(body_start) and _is_title(page, marks, title):
        clocks = sum(map(_is_hour, page.texts))
        if _is_time_or_speed(page, marks, time) and clocks <= MOST_HOURS:
            yield Mark(
                title, time + 1, "player/run", f"a piece to play below “{page.key(control)}”"
            )


def _title_at_end(page: Page, marks: Marks, player: list[int]) -> Iterator[Mark]:
    """Mark the title below a player's controls that a block ends in, below the headline."""
    last = player[-1] + 1
    if len(player) < COMPANY or page.block(player[-1]).stop != last + 1:
        return
    headed = any(is_headline(page, n) for n in page.filled if n < player[0])
    if headed and last != page.filled[-1] and _is_title(page, marks, last):
        yield Mark(last, last + 1, "player/run", f"a title below “{page.key(player[-1])}”")


def _is_title(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line that no rule names could be the title of a piece to play."""
    text = page.unblanked[number] if number < len(page.texts) else ""
    pictured = number in marks.once(picture_lines)
    return text != "" and number not in marks.dropped and not pictured and is_label(text, TITLE)


def _is_hour(text: str) -> bool:
    hours, _, minutes = text.strip().removesuffix(" Uhr").replace(".", ":").partition(":")
    return len(hours) < 3 and hours.isdigit() and len(minutes) == 2 and minutes.isdigit()


def _next_filled(page: Page, number: int, step: int) -> int:
    """Find the line beside another one, a blank line between them or none."""
    beside = number + step
    blank = 0 <= beside < len(page.texts) and not page.texts[beside].strip()
    return beside + step if blank else beside


def _labels_between(page: Page, marks: Marks, before: int, after: int) -> list[int] | None:
    """Return the lines between two controls if they are of one player: labels, few unknown."""
    between, unknown = [], 0
    for number in range(before + 1, after):
        text = page.texts[number]
        if not text or text.isspace():
            continue
        unknown = 0 if _is_setting(page, marks, number) else unknown + 1
        if unknown > PLAYER_GAP or not (unknown == 0 or is_label(text)):
            return None
        between.append(number)
    return between


def _titles(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line names a piece to play: “Video: Die Stimmen zur Halbzeit”."""
    if number < 0 or number in marks.dropped or len(page.texts[number]) > TITLE:
        return False
    medium = opener("medium", page.key(number))
    return medium is not None and page.key(number).startswith(":", len(medium))


def _is_time_or_speed(page: Page, marks: Marks, number: int) -> bool:
    if not 0 <= number < len(page.texts) or number in marks.dropped:
        return False
    return _BESIDE_PLAYER.fullmatch(page.texts[number].strip().lower()) is not None


def _is_setting(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line is a plain word that players use, or a time or a speed."""
    if not 0 <= number < len(page.texts) or len(page.texts[number]) > LABEL:
        return False
    return page.key(number) in vocabulary("settings") or _is_time_or_speed(page, marks, number)
