"""Folding text for matching: keys, and the letters that an index can look up fast."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize

from cleaner.patterns import pattern

# Symbols, spaces, arrows, bullets, emoji and the digits that `bytes.translate` cannot reach. Zero-
# width characters and bidirectional marks lie in U+2000-2BFF, soft hyphen and no-break space in
# U+00A0-BF.
_SYMBOLS = (
    "[\u0080-\u00a9\u00ab-\u00b1\u00b4-\u00b9\u00bb-\u00bf\u00d7\u00f7\u0600-\u0605\u060c\u061b\u061f\u066a-\u066d\u0660-\u0669"
    "\u06d4\u06f0-\u06f9\u0964-\u096f\u2000-\u2bff\u3000-\u3004\u3008-\u301f\u30fb\ufe00-\ufe0f\ufeff"
    "\uff01-\uff1f\U0001f000-\U0001faff]+"
)
_NOT_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha() and code != 10)
_TO_BLANK = bytes.maketrans(_NOT_LETTERS, b" " * len(_NOT_LETTERS))
_INVISIBLE = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF)
_FOLDED = {
    **dict.fromkeys(map(chr, (*_INVISIBLE, *range(0xFE00, 0xFE10))), ""),
    **dict.fromkeys("’‘‛′`´ʼ", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **dict.fromkeys("–—‒―−‐‑", "-"),
    "ı": "i",
    "\u0307": "",  # Turkish: "I" and "İ" are both "i" where no language is known
}
_UNFOLDED = pattern(f"[{re.escape(''.join(_FOLDED))}]")
_EDGE = " .:!|*-_,;/\\<>=+~^•·‧∙▪●○■□◆►▶▸▷◀◄‹›«»→←↑↓↗⇒➜➔➤✓✔✕✖×★☆…#。：！、，・।،؛"
# First bytes of letters of other scripts in UTF-8: U+0370 and up, without U+2000-2FFF.
_FOREIGN = bytes([*range(0xCD, 0xE2), *range(0xE3, 0xEE), 0xEF])
_NOT_FOREIGN = bytes(set(range(256)).difference(_FOREIGN))
_ASCII_EDGE = "".join(filter(str.isascii, _EDGE))
_SPELLED = (("ß", "ss"), ("ı", "i"), ("İ", "i"))  # what `spell` does to letters beyond ASCII
_QUOTES = ("«", "»", "‹", "›")


def spell(phrase: str) -> str:
    """Spell a phrase as a key does: case, quotes, dashes, dotless i.

    >>> spell("Straße – YAZILIM"), spell("yazılım")
    ('strasse - yazilim', 'yazilim')
    """
    # `str.translate` makes an exception of each letter that stays as it is.
    return _UNFOLDED.sub(_refold, phrase.casefold())


def _refold(found: re.Match[str]) -> str:
    return _FOLDED[found[0]]


def make_key(text: str) -> str:
    """Fold a line for matching, see `fold_key`; labels recur from page to page, so it is cached."""
    return _cached_key(text) if len(text) <= _CACHED else fold_key(text)


def fold_key(text: str) -> str:
    """Fold a line for matching: case, width, blanks, typographic quotes, edge punctuation.

    Question and quotation marks stay, since „Abspielen“ in quotes is speech, not a button. A colon
    closes up with the word before it, from which French parts it.

    >>> fold_key("  ▶ Jetzt Abspielen … ")
    'jetzt abspielen'
    >>> fold_key("À lire aussi : le moulin")
    'à lire aussi: le moulin'
    >>> fold_key("„Abspielen“?")
    '"abspielen"?'
    """
    if text.isascii():
        return " ".join(text.lower().split()).replace(" :", ":").strip(_ASCII_EDGE)
    text = " ".join(spell(normalize("NFKC", text)).split()).replace(" :", ":")
    if len(text) > 1 and text.startswith(_QUOTES) and text.endswith(_QUOTES):
        return text
    return text.strip(_EDGE)


_CACHED = 300
_cached_key = lru_cache(maxsize=2**14)(fold_key)


def fold(text: str) -> bytes:
    r"""Lower lines for `letters_of` and `words_of`, each the way it would be folded alone.

    Lines in Latin script are cut down to ASCII, which is ten times as fast as folding every accent
    and symbol. Phrases are cut down likewise, see `foldings`, and a hit is checked against the key.

    >>> fold("Für Sie"), fold("Für Sie\nДля вас") == "fr sie\nдля вас".encode()
    (b'fr sie', True)
    """
    spelled_out = text
    for letter, spelled in _SPELLED:
        if letter in spelled_out:
            spelled_out = spelled_out.replace(letter, spelled)
    cut_down = spelled_out.encode("ascii", "ignore").lower()
    if len(cut_down) == len(spelled_out):
        return cut_down
    if not _is_foreign(text):
        return cut_down
    folded, lines = cut_down.split(b"\n"), text.split("\n")
    foreign = [n for n, line in enumerate(lines) if _is_foreign(line)]
    fully = _fold_fully("\n".join([lines[n] for n in foreign])).split(b"\n")
    for number, line in zip(foreign, fully, strict=True):
        folded[number] = line
    return b"\n".join(folded)


def _is_foreign(text: str) -> bool:
    """Tell whether text holds a letter of a script other than Latin; a few symbols count too."""
    if text.isascii():
        return False
    return bool(text.encode("utf-8", "surrogatepass").translate(None, _NOT_FOREIGN))


def _fold_fully(text: str) -> bytes:
    symbols = re.compile(_SYMBOLS)  # here, since most processes never come by
    text = symbols.sub(" ", text)
    if not is_normalized("NFKC", text):
        # Line by line, since normalising costs ten times as much as finding that there is no need.
        lines = text.split("\n")
        lines = [x if is_normalized("NFKC", x) else normalize("NFKC", x) for x in lines]
        text = symbols.sub(" ", "\n".join(lines))
    return spell(text).encode("utf-8", "surrogatepass")


def foldings(phrase: str) -> set[bytes]:
    r"""Return every way in which `fold` may fold a phrase, whatever a slot in it is filled with.

    >>> sorted(foldings("für"))
    [b'fr', b'fur', b'f\xc3\xbcr']
    """
    full = _fold_fully(phrase)
    if _is_foreign(phrase):
        return {full}
    spelled = spell(phrase)
    return {full, *(normalize(form, spelled).encode("ascii", "ignore") for form in ("NFC", "NFD"))}


def letters_of(folded: bytes) -> bytes:
    r"""Reduce folded text to its letters, line by line: what an index can look up fast.

    Lines with one key have one run of letters; a run that hits is checked against the key.

    >>> letters_of(fold("1.0x Geschwindigkeit\n00:00 / 00:00"))
    b'xgeschwindigkeit\n'
    """
    return folded.translate(None, _NOT_LETTERS)


def words_of(folded: bytes) -> list[bytes]:
    """Split folded text into runs of letters.

    >>> words_of(fold("12 Kommentare, alle lesen!"))
    [b'kommentare', b'alle', b'lesen']
    """
    return folded.translate(_TO_BLANK).split()
