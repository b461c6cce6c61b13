"""Lines that furniture on either side gives away: a menu, a player's labels, a furniture block."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, takewhile

from cleaner.mark import Mark, Marks
from cleaner.page import Page, is_prose
from cleaner.rules.dates import has_date
from cleaner.rules.edges import body_start
from cleaner.rules.picture import picture_lines
from cleaner.rules.sections import sections
from cleaner.rules.vocabulary import openers, vocabulary

IN_FURNITURE = "label/in-furniture"

LABEL = 40
"""Longest label, in characters; the longest of the players' translation files has 38."""

PLAYER_GAP = 3
"""Most lines in a row, between two controls of one player, that are neither control nor setting."""

COMPANY = 3
"""Fewest controls that make the plain words beside the first and the last of them a player's."""

LABEL_WORDS = 4
"""Most words of a label amid furniture; a headline has more."""

NAME_WORDS = 4
"""Most words of an author's name beside a date."""

TITLE = 100
"""Longest title of a piece to play, in characters."""

FURNITURE_SHARE = 0.6
"""Share of a block's lines that rules must name before its other lines count as furniture."""

MENU_ITEM = 30
"""Longest entry of a menu, in characters."""

MENU_LINES = 3
"""Fewest lines that make a menu where a piece of it is recognised."""

BARE_MENU_LINES = 5
"""Fewest lines that make a menu where none is."""

ARROW_LINE = 100
"""Longest line, in characters, that an arrow makes a link."""

_ARROWS = ("←", "→", "»", "|")
_POINTS = re.compile(r"\A(?:←|\|)\s*\w|\w[^|]*\s(?:→|»)\Z")
_SENTENCE_ENDS = (".", "?", "!", ":", '"', "“", "”", "»", "«", ",", ";")
_SENTENCE_END = re.compile(r"[.?!:\"“”»«,;]\s*$", re.MULTILINE)
_DASHES = ("– ", "— ", "- ")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_MENU_GROUPS = frozenset({"nav", "sign-in", "promo", "ads", "paywall", "player", "newsletter"})
_BESIDE_PLAYER = re.compile(
    r"[-−(]?(?:\d{1,3}(?::\d\d){1,2}|\d[.,]\d+[x×]?|\d[x×]"
    r"|\d+(?:\.\d+)? ?(?:%|min\w*\.?|sec\w*|sek\w*|mb))\)?"
)
_PATH_SIGNS = {">": 2, "›": 2, "»": 2, "→": 2, "/": 3, "|": 3, "  ": 4}  # sign -> fewest sections
_PATH_STEP = {
    sign: re.compile(rf"(?:^|\s){re.escape(sign)}(?:\s|$)" if sign.strip() else r"\s{2,}")
    for sign in _PATH_SIGNS
}
_COUNT = re.compile(r"\(?\d{1,3}(?:[.,]?\d{3})?[kKmM]?\)?|\d{1,3} ?/ ?\d{1,3}|[★☆⭐✩✪✮ ]+")
_NO_ENTRY = re.compile(r"[\d:.?!]")


def is_label(text: str, limit: int = LABEL) -> bool:
    """Tell whether a line could be a button or a heading: short and no sentence."""
    return len(text) <= limit and not text.rstrip().endswith(_SENTENCE_ENDS)


def runs(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark what every rule of this module finds."""
    yield from marks.once(_run_marks)


def run_lines(page: Page, marks: Marks) -> dict[int, str]:
    """Collect the lines that `runs` marks, with the rule; the head keeps clear of them."""
    found = marks.once(_run_marks)
    return {mark.start: mark.rule for mark in sorted(found, key=lambda m: m.rule != IN_FURNITURE)}


def _run_marks(page: Page, marks: Marks) -> list[Mark]:
    rules = (player_run, furniture_block, menu, sections, path, arrow, counter)
    return [mark for rule in rules for mark in rule(page, marks)]


def _is_author(page: Page, number: int) -> bool:
    """Tell whether a line could be a name, “Anna Berg”, beside a date or below a paragraph."""
    words = _WORD.findall(page.texts[number])
    if not 2 <= len(words) <= NAME_WORDS or any(word[0].islower() for word in words):
        return False
    if number > 1 and not page.texts[number - 1].strip() and is_prose(page.texts[number - 2]):
        return True
    beside = [n for n in (number - 1, number + 1) if 0 <= n < len(page.texts)]
    return any(_DIGIT.search(page.texts[n]) and has_date(page.key(n)) for n in beside)


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
            beside = control + step
            while belongs(page, marks, beside):
                because = f"a time or a setting beside “{page.key(control)}”"
                yield Mark(beside, beside + 1, "player/run", because)
                beside += step


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
    opener = openers("medium").match(page.key(number))
    return opener is not None and page.key(number)[opener.end() :].startswith(":")


def _is_time_or_speed(page: Page, marks: Marks, number: int) -> bool:
    if not 0 <= number < len(page.texts) or number in marks.dropped:
        return False
    return _BESIDE_PLAYER.fullmatch(page.texts[number].strip().lower()) is not None


def _is_setting(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a line is a plain word that players use, or a time or a speed."""
    if not 0 <= number < len(page.texts) or len(page.texts[number]) > LABEL:
        return False
    return page.key(number) in vocabulary("settings") or _is_time_or_speed(page, marks, number)


def furniture_block(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark the unnamed labels of a block that is mostly furniture."""
    dropped, blocks = marks.dropped, page.blocks
    starts = [block.start for block in blocks]
    for place, named in Counter([bisect_right(starts, n) - 1 for n in dropped]).items():
        block = blocks[place]
        if len(block) * FURNITURE_SHARE <= named < len(block):
            because = f"{named} of {len(block)} lines of its block are furniture"
            names = [n for n in block if n in dropped]
            for number in range(names[0], names[-1]) if _in_body(marks, block) else block:
                if number not in dropped and _unclaimed(page, marks, number):
                    yield Mark(number, number + 1, IN_FURNITURE, because)


def _in_body(marks: Marks, block: range) -> bool:
    """Tell whether a block stands between paragraphs or holds one; its ends may be article."""
    before, after = (bisect_left(marks.prose, edge) for edge in (block.start, block.stop))
    return before != after or 0 < before < len(marks.prose)


def _unclaimed(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether a label is no date, no credit and no signature, which may stand by buttons."""
    text = page.texts[number]
    return (
        is_label(text)
        and len(text.split()) <= LABEL_WORDS
        and not text.startswith(_DASHES)
        and not (_DIGIT.search(text) and has_date(page.key(number)))
        and number not in marks.once(picture_lines)
        and not _is_author(page, number)
    )


def menu(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a block of short lines above the head that reads as a menu."""
    top, paths = marks.once(body_start), {mark.start: mark for mark in marks.once(_paths)}
    above = list(takewhile(lambda block: block.start < top, page.blocks))
    for block in [block for block in above[:-1] if len(block) >= MENU_LINES]:
        because = _menu_reason(page, block, marks.dropped, paths)
        if because:
            for number in block:
                if number not in marks.dropped and number not in paths:
                    yield Mark(number, number + 1, "nav/menu-block", because)


def _menu_reason(
    page: Page, block: range, dropped: dict[int, Mark], paths: dict[int, Mark]
) -> str | None:
    rest = [page.texts[n] for n in block if n not in dropped and n not in paths]
    if not rest or max(map(len, rest)) > MENU_ITEM or _SENTENCE_END.search("\n".join(rest)):
        return None
    named = [n for n in block if n in paths or (n in dropped and dropped[n].group in _MENU_GROUPS)]
    if named:
        return f"in a menu with “{page.key(named[0])}”"
    if len(rest) >= BARE_MENU_LINES and not any(map(_NO_ENTRY.search, rest)):
        return f"{len(rest)} short lines above the head"
    return None


def path(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a path of sections above the first paragraph: “Home > Lokales > Wesselburg”."""
    yield from marks.once(_paths)


def _paths(page: Page, marks: Marks) -> list[Mark]:
    texts, standing, found = page.texts, marks.standing, []
    above = standing[: bisect_left(standing, marks.once(body_start))]
    for sign, least in _PATH_SIGNS.items():
        for number in [n for n in above if sign in texts[n]]:
            steps = [step for step in _PATH_STEP[sign].split(texts[number]) if step.strip()]
            if len(steps) >= least and all(len(step) <= MENU_ITEM for step in steps[:-1]):
                because = f"a path of {len(steps)} sections"
                found.append(Mark(number, number + 1, "nav/path", because))
    return found


def arrow(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a short line outside the body that an arrow leads or ends: “← Der erste Frost”."""
    texts, prose = page.texts, marks.prose
    standing, first, last = marks.standing, prose[0] if prose else 0, prose[-1] if prose else 0
    outside = standing[: bisect_left(standing, first)] + standing[bisect_right(standing, last) :]
    for sign in [sign for sign in _ARROWS if sign in page.source]:
        for number in [n for n in outside if sign in texts[n]]:
            text = texts[number].strip()
            alone = text.count(sign) == 1 and "«" not in text  # no table row, no quotation
            if alone and len(text) <= ARROW_LINE and _POINTS.search(text):
                yield Mark(number, number + 1, "nav/arrow", f"led or ended by “{sign}”")


def counter(page: Page, marks: Marks) -> Iterator[Mark]:
    """Mark a bare number, or stars, beside a picture or a button to share or to comment."""
    buttons = (
        *marks.groups.get("share", ()),
        *marks.groups.get("comments", ()),
        *marks.once(picture_lines),
    )
    for number in {n + step for n in buttons for step in (-1, 1)}.difference(marks.dropped):
        if 0 <= number < len(page.texts) and _COUNT.fullmatch(page.texts[number].strip()):
            yield Mark(number, number + 1, "share/counter", "a bare number beside a label")
