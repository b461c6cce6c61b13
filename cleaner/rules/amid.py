"""Labels that phrases take for furniture and an article sets amid text of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cleaner.mark import Marks
from cleaner.page import STANDS, Page
from cleaner.patterns import DIGIT, pattern
from cleaner.rules import headed
from cleaner.rules.author import is_initials
from cleaner.rules.edges import body_start
from cleaner.rules.headed import (
    INTERRUPTING,
    SIBLINGS,
    above,
    below_block,
    group_of,
    is_article,
    is_only,
    is_text,
    pairs,
    suits,
)
from cleaner.rules.labels import is_label
from cleaner.rules.repeats import repeat_marks
from cleaner.rules.shapes import asks
from cleaner.traits import WORDY

TURNS = 4
"""Fewest labels that take turns with texts."""

LONE_WORDS = 3
"""Most words of a lone label: “Report abuse”."""

_LONE_GROUPS = ("comments", "sign-in", "newsletter", "nav")
_INITIALS = pattern(r"(?:[^\W\d_]\.[ \u00a0]?){2,3}")
_LEXICON = "/lexicon"
_HEADING = "comments/heading"
_REPLY = "comments/reply-buttons"
_BOX_END = "newsletter/sign-up"


def labels_of_text(page: Page, marks: Marks) -> Iterator[tuple[int, str]]:
    """Find labels that are a short dump's article's own, each with what speaks for it."""
    if is_article(page):
        for find, because in _FINDS:
            yield from ((number, because) for number in find(page, marks))


def _in_turn(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels where for a while each text has one label above it and no text has none."""
    for run in marks.once(_turns):
        for number in suits(page, marks, run) if len(run) >= TURNS else ():
            over = above(page, number)
            if group_of(marks, over) in ("", *INTERRUPTING):
                yield number


def _between(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels between two texts where enough others of the article stand so, as far apart."""
    alike = dict[tuple[bool, bool], list[int]]()
    for number in marks.once(pairs):
        if is_text(page, marks, above(page, number)):
            block = page.block(number)
            alike.setdefault((block.start == number, block.stop == number + 1), []).append(number)
    for numbers in alike.values():
        if sum(number not in marks.dropped for number in numbers) >= SIBLINGS:
            yield from (
                n for n in suits(page, marks, numbers) if group_of(marks, n) not in INTERRUPTING
            )


def _turns(page: Page, marks: Marks) -> list[list[int]]:
    """List runs of labels that take turns with texts, advertisements between them aside."""
    filled, runs, expected = page.filled, list[list[int]](), -1
    places = {number: at for at, number in enumerate(filled)}
    for number in marks.once(pairs):
        at = places[number]
        while 0 <= expected < at and group_of(marks, filled[expected]) in INTERRUPTING:
            expected += 1
        if at == expected:
            runs[-1].append(number)
        else:
            runs.append([number])
        expected = at + 2
    return runs


def _broken(page: Page, marks: Marks) -> Iterator[int]:
    """Find lines that the next one of their block goes on with in lower case, as verse does."""
    verses = [n for block in page.blocks for n in block[:-1] if _goes_on(page, n)]
    if len(verses) >= SIBLINGS and not all(n in marks.dropped for n in verses):
        for number in verses:
            if is_only(page, marks, number):
                yield number


def _goes_on(page: Page, number: int) -> bool:
    """Tell whether the next line of its block goes on with a label in lower case."""
    text, below = page.texts[number], page.texts[number + 1]
    verse = below[:1].islower() and below.count(" ") > 1 and is_label(text)
    return verse and not DIGIT.search(text + below)


def _lone(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels alone amid the text, each the first of its rule: “Report abuse”, of reporting.

    Where a button to reply recurs, the page is a forum or a thread.
    """
    seen, body = set[str](), range(marks.prose[0] + 1, marks.prose[-1])
    for number in sorted(n for group in _LONE_GROUPS for n in marks.groups.get(group, ())):
        _, _, rule, because, _ = marks.dropped[number]
        first = rule not in seen
        seen.add(rule)
        key = page.key(number)
        if first and number in body and key.count(" ") < LONE_WORDS and not DIGIT.search(key):
            recurs = rule == _REPLY and any(
                n != number and marks.dropped[n].because == because
                for n in marks.groups["comments"]
            )
            if not recurs and _is_amid_text(page, marks, number):
                yield number


def _is_amid_text(page: Page, marks: Marks, number: int) -> bool:
    """Tell whether blank lines and text are around a label, or the end of a newsletter's form."""
    over, below = above(page, number), below_block(page, number)
    if page.block(number) != range(number, number + 1) or marks.state[below] != STANDS:
        return False
    parted = marks.state[over] == STANDS or group_of(marks, over) in ("ads", "related")
    parted = parted or marks.dropped[over].rule == _BOX_END != marks.dropped[number].rule
    return parted and bool(page.traits[below] & WORDY)


def _said_again(page: Page, marks: Marks) -> Iterator[int]:
    """Find a heading of comments over a paragraph, furniture above it, where the real one follows.

    Where the furniture has gone the paragraph alone tells it.
    """
    top, dropped = marks.once(body_start), marks.dropped
    repeated = {mark.start for mark in marks.once(repeat_marks)}
    headings = [
        n for n in marks.groups.get("comments", ()) if n > top and dropped[n].rule == _HEADING
    ]
    for at, number in enumerate(headings):
        key, parted = page.key(number), group_of(marks, number - 1) not in ("", "comments")
        again = any(page.key(n).startswith(key) for n in headings[at + 1 :])
        if again and parted and number + 1 in marks.prose_set and number + 1 not in repeated:
            yield number


def _signed(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels over a sentence and the initials that sign the article: “L. A.”."""
    for number in marks.dropped:
        text, signature = (page.texts[n : n + 1] for n in (number + 1, number + 2))
        if text and signature and is_text(page, marks, number + 1):
            bare = signature[0].strip()
            if _INITIALS.fullmatch(bare) or (bare and is_initials(bare)):
                yield number


def _over_sentence(page: Page, marks: Marks) -> Iterator[int]:
    """Find the only label of the body that would sign somebody in, right over a sentence."""
    top = marks.once(body_start)
    labels = [n for n in marks.groups.get("sign-in", ()) if n > top]
    if len(labels) == 1 and is_label(page.texts[labels[0]]):
        below = labels[0] + 1
        if below < len(page.texts) and is_text(page, marks, below):
            yield labels[0]


def _from_lexicon(page: Page, marks: Marks) -> Iterator[int]:
    """Find the only label of its kind, one word of a translation file, right over a text."""
    body = range(marks.once(body_start) + 1, marks.prose[-1] if marks.prose else 0)
    for number, mark in marks.dropped.items():
        word = number in body and mark.rule.endswith(_LEXICON) and " " not in page.key(number)
        if word and marks.groups[mark.group] == [number] and is_text(page, marks, number + 1):
            yield number


def _over_question(page: Page, marks: Marks) -> Iterator[int]:
    """Find labels of the foot right above a question: “Häufige Fragen”."""
    for question in page.having(asks) if "footer" in marks.groups else ():
        number = above(page, question)
        if question not in marks.dropped and group_of(marks, number) == "footer":
            yield number


_FINDS: tuple[tuple[Callable[[Page, Marks], Iterable[int]], str], ...] = (
    (headed.set_over, "heads a text as other labels do"),
    (headed.heading, "heads a block as other labels do"),
    (headed.in_rows, "on top of a row as long as others"),
    (headed.sections, "alone over a headed block, as others are"),
    (_in_turn, "labels and texts take turns around it"),
    (_between, "between texts, as other labels are"),
    (_broken, "the line below goes on with it"),
    (_lone, "alone amid the text, the first of its kind"),
    (_said_again, "over a paragraph; it comes again below"),
    (_signed, "over a sentence that is signed"),
    (_over_sentence, "over a sentence; nothing else signs in"),
    (_over_question, "heads a question"),
    (_from_lexicon, "over a text, the only one of its kind"),
)
