"""Lines whose shape alone gives them away: symbols, copyright notices, rows of labels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby

from cleaner.folding import fold, make_key, words_of
from cleaner.letters import TAIL, tails
from cleaner.mark import Mark
from cleaner.page import Page
from cleaner.patterns import pattern
from cleaner.phrase_cache import shipped
from cleaner.rules.vocabulary import vocabulary

ROW = 160
"""Longest row of links, in characters."""

ROW_SHARE = 0.5
"""Share of a row's entries that phrases must name."""

BAR = 100
"""Longest bar of labels without separators, in characters."""

BAR_WORDS = 12
"""Most words of such a bar."""

LABEL_WORDS = 4
"""Most words of a label in it."""

LETTERS = 4
"""Most letters of a label that by itself is no sign of a bar."""

HASHTAGS = 2
"""Fewest hashtags in a row; a lone one may be a line of code."""

QUESTION = 140
"""Longest question, in characters."""

ASKS = ("?", "？", "؟")
"""What ends a question."""

_SECTION_BREAK = pattern(r"(?:([*\-–—_~#=·•.+⁂§◇◆※])\s*)+\Z")
_STARS = pattern(r"[★☆⭐✩✪✮\s]+\Z")
_COPYRIGHT = pattern(
    r"(?:(?:©|\(c\)|copyright)\s*(?:©|\(c\)|by)?\s*|\A\W*(?:©|\(c\)|copyright).{0,80}\b)"
    r"(?:19|20)\d\d\b(?-i:(?!\s(?!all|by|the)[a-z]+\s[a-z]))",  # no sentence goes on
    re.IGNORECASE,
)
_AFTER_LEAD = " .…»›→>])"
_SENTENCE_ENDS = (*".!?…|:»)]", '"', "”", "“")
_GLUED = (b"facebook", b"whatsapp")
_HASHTAGS = pattern(r"(?:#[^\W\d_]\w*(?:[\s,]+|\Z))+")
_SEPARATORS = ("|", "•", "·", "●")


def symbols(page: Page) -> Iterator[Mark]:
    """Mark a line without any letter or digit that is no section break: “✓”, “|”, “›”."""
    for number in [n for n, ls in zip(page.short, page.letter_lines, strict=True) if not ls]:
        text = page.texts[number].strip()
        bare = not any(map(str.isalnum, text))
        if bare and not _SECTION_BREAK.match(text) and not _STARS.match(text):
            yield Mark(number, number + 1, "label/symbols", f"no letter in “{text[:20]}”")


def asks(text: str) -> bool:
    """Tell whether a line is a question: “Haben Sie Angst vor Bienen?”."""
    return text.rstrip().endswith(ASKS)


def hashtags(page: Page) -> Iterator[Mark]:
    """Mark two hashtags or more, in one line or in lines that follow each other.

    So it looks at a page as it stands, and not at lines each alone.
    """
    if "#" not in page.source:
        return
    texts, filled = page.texts, page.filled
    held = [at for at, number in enumerate(filled) if "#" in texts[number]]
    tags = [at for at in held if _is_row_of_tags(texts[filled[at]].strip())]
    for _, row in groupby(enumerate(tags), key=lambda place: place[1] - place[0]):
        numbers = [filled[at] for _, at in row]
        count = sum(texts[number].count("#") for number in numbers)
        if count >= HASHTAGS:
            because = f"{count} hashtags in a row"
            yield from (Mark(number, number + 1, "nav/hashtags", because) for number in numbers)


def _is_row_of_tags(text: str) -> bool:
    return len(text) <= ROW and _HASHTAGS.fullmatch(text) is not None


def copyright_notice(page: Page) -> Iterator[Mark]:
    """Mark a short line that holds a copyright sign and a year: “© 2024 Tageblatt”."""
    for number in {*page.signed, *page.lines_with(b"copyright")}:
        text = page.texts[number]
        if len(text) <= ROW and _COPYRIGHT.search(text):
            yield Mark(number, number + 1, "footer/copyright-year", "a copyright sign and a year")


def link_row(page: Page) -> Iterator[Mark]:
    """Mark a line that is several labels in a row: “Impressum | Datenschutz | AGB”."""
    for separator in _SEPARATORS:
        if separator in page.source:
            texts = page.texts
            for number in [n for n in page.short if separator in texts[n]]:
                if len(texts[number]) <= ROW:
                    yield from _row(number, texts[number].strip().split(separator))
    for number in {number for words in _labels_on(page) for number in _lines_saying(page, words)}:
        if _is_bar(page.texts[number]):
            yield Mark(number, number + 1, "nav/link-row", "nothing but labels in a row")


def _labels_on(page: Page) -> list[tuple[bytes, ...]]:
    """List the labels of rows whose words the page holds."""
    by_word, present = _row_labels(), page.words
    likely = [label for word in present & _row_starts() for label in by_word[word]]
    return [label for label in likely if present.issuperset(label)]


def _lines_saying(page: Page, words: tuple[bytes, ...]) -> Iterator[int]:
    """Yield the lines no longer than a bar that hold some words."""
    for number in page.lines_with(b"".join(words)):
        text = page.texts[number]
        # Letters may run on from word to word, and what a line is must not hang on other lines.
        if len(text) <= BAR and not {*words}.difference(words_of(fold(text))):
            yield number


@cache
def _row_labels() -> dict[bytes, list[tuple[bytes, ...]]]:
    """First word -> the words of each label of a row that begins so, but for the shortest."""
    labels: dict[bytes, list[tuple[bytes, ...]]] = {}
    for line in fold("\n".join(_row_words())).split(b"\n"):
        words = words_of(line)
        if len(b"".join(words)) > LETTERS:
            labels.setdefault(words[0], []).append(tuple(words))
    return labels


@cache
def _row_starts() -> frozenset[bytes]:
    return frozenset(_row_labels())  # two sets are intersected three times as fast as set and keys


@cache
def _row_words() -> frozenset[str]:
    return vocabulary("row") | vocabulary("network")


def _is_bar(text: str) -> bool:
    """Tell whether a line falls into labels and nothing else: “Share Print E-Mail”."""
    key = make_key(text)
    words = key.split()
    if not 1 < len(words) <= BAR_WORDS:
        return False
    reached = {0}
    for stop in range(1, len(words) + 1):
        if stop - max(reached) > LABEL_WORDS:
            return False
        for start in range(max(0, stop - LABEL_WORDS), stop):
            part = start in reached and (start, stop) != (0, len(words))
            if part and _is_label(" ".join(words[start:stop])):
                reached.add(stop)
                break
    return len(words) in reached and not _is_label(key)  # one label; its own rule names it


@lru_cache(maxsize=2**12)
def _is_label(words: str) -> bool:
    return words in _row_words() or shipped().index.names(words)


def _row(number: int, parts: list[str]) -> Iterator[Mark]:
    entries = [part for part in parts if part.strip()]
    named = sum(map(shipped().index.names, entries))
    if named >= max(2, len(entries) * ROW_SHARE):
        because = f"{named} of {len(entries)} entries are labels"
        yield Mark(number, number + 1, "nav/link-row", because)


def teaser(page: Page) -> Iterator[Mark]:
    """Mark a sentence that ends in a link to the rest: “Der Weg ist frei. mehr”."""
    ends = tails("lead-on")
    lines = zip(page.short, page.letter_lines, strict=True)
    for number in [number for number, line in lines if line[-TAIL:] in ends]:
        lead = _lead_on(page.texts[number].casefold())
        if lead:
            yield Mark(number, number + 1, "related/teaser", f"ends in “{lead}”")


def _lead_on(lowered: str) -> str | None:
    bare = lowered.rstrip(_AFTER_LEAD)
    if bare[-2:] not in _lead_ends() or not bare.endswith(_leads()):
        return None
    lead = max((lead for lead in _leads() if bare.endswith(lead)), key=len)
    before = bare[: -len(lead)].rstrip(" [(")
    return lead if before.endswith(_SENTENCE_ENDS) else None


@cache
def _lead_ends() -> frozenset[str]:
    return frozenset(lead[-2:] for lead in _leads())


@cache
def _leads() -> tuple[str, ...]:
    return tuple(f" {words}" for words in vocabulary("lead-on"))


def glued_networks(page: Page) -> Iterator[Mark]:
    """Mark names of networks that a dump has run together: “FacebookX.comWhatsAppE-Mail”."""
    for network in _GLUED:
        for number in page.lines_with(network):
            text = page.texts[number].strip()
            if " " not in text and len(text) <= BAR and _networks().fullmatch(text.casefold()):
                yield Mark(number, number + 1, "share/networks-glued", "names of networks")


@cache
def _networks() -> re.Pattern[str]:
    longest_first = sorted(vocabulary("network"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))}){{3,}}")
