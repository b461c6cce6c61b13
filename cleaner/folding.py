"""Folding text for matching: keys, and the letters that an index can look up fast."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import is_normalized, normalize

ACCENTS = 0.15
"""Bytes beyond one a character, as a share, up to which text counts as Latin script."""

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
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("’‘‛′`´ʼ", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("–—‒―−‐‑", "-"),
        "ı": "i",
        "\u0307": None,  # Turkish: "I" and "İ" are both "i" where no language is known
    }
)
_EDGE = " .:!|*-_,;/\\<>=+~^•·‧∙▪●○■□◆►▶▸▷◀◄‹›«»→←↑↓↗⇒➜➔➤✓✔✕✖×★☆…#。：！、，・।،؛"
# First bytes of letters of other scripts in UTF-8: U+0370 and up, without U+2000-2FFF.
_FOREIGN = bytes([*range(0xCD, 0xE2), *range(0xE3, 0xEE)])
_NOT_FOREIGN = bytes(set(range(256)).difference(_FOREIGN))
_SPELLED = (("ß", "ss"), ("ı", "i"), ("İ", "i"))  # what `spell` does to letters beyond ASCII
_NOT_LATIN = "[\u0370-\u1dff\u2e80-\ud7ff\uf900-\ufaff\ufe70-\ufefe\uff66-\uffdc]"
_QUOTED = re.compile(r"[«»‹›].*[«»‹›]\Z", re.DOTALL)


def spell(phrase: str) -> str:
    """Spell a phrase as a key does: case, quotes, dashes, dotless i.

    >>> spell("Straße – YAZILIM"), spell("yazılım")
    ('strasse - yazilim', 'yazilim')
    """
    return phrase.casefold().translate(_FOLDED)


def make_key(text: str) -> str:
    """Fold a line for matching, see `fold_key`; labels recur from page to page, so it is cached."""
    return _cached_key(text) if len(text) <= _CACHED else fold_key(text)


def fold_key(text: str) -> str:
    """Fold a line for matching: case, width, blanks, typographic quotes, edge punctuation.

    Question and quotation marks stay, since „Abspielen“ in quotes is speech, not a button.

    >>> fold_key("  ▶ Jetzt Abspielen … ")
    'jetzt abspielen'
    >>> fold_key("„Abspielen“?")
    '"abspielen"?'
    """
    if text.isascii():
        return " ".join(text.lower().split()).strip(_EDGE)
    text = spell(normalize("NFKC", _INVISIBLE.sub("", text)))
    text = " ".join(text.split())
    if _QUOTED.match(text):
        return text
    return text.strip(_EDGE)


_CACHED = 80
_cached_key = lru_cache(maxsize=2**14)(fold_key)


def fold(text: str) -> bytes:
    """Lower text of any number of lines for `letters_of` and `words_of`.

    Text in Latin script is cut down to ASCII, which is ten times as fast as folding every accent
    and symbol. Phrases are cut down likewise, see `foldings`, and a hit is checked against the key.

    >>> fold("Für Sie"), fold("Для вас") == "для вас".encode()
    (b'fr sie', True)
    """
    spelled_out = text
    for letter, spelled in _SPELLED:
        if letter in spelled_out:
            spelled_out = spelled_out.replace(letter, spelled)
    cut_down = spelled_out.encode("ascii", "ignore")
    accents = len(spelled_out) - len(cut_down)
    most = len(text) * ACCENTS
    # No character has more than three bytes beyond one, so most pages need no exact count.
    if not accents:
        return cut_down.lower()
    encoded = text.encode("utf-8", "surrogatepass")
    if 3 * accents > most and len(encoded) - len(text) > most:
        return _fold_fully(text)
    if encoded.translate(None, _NOT_FOREIGN):
        return b"\n".join([_fold_line(line) for line in spelled_out.split("\n")])
    return cut_down.lower()


def _fold_line(text: str) -> bytes:
    """Fold a line that stands among lines of another script."""
    if re.search(_NOT_LATIN, text):
        return _fold_fully(text)
    return text.encode("ascii", "ignore").lower()


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
    r"""Return every way in which `fold` may fold a phrase, whatever page it stands on.

    >>> sorted(foldings("für"))
    [b'fr', b'fur', b'f\xc3\xbcr']
    """
    full = _fold_fully(phrase)
    if re.search(_NOT_LATIN, phrase):
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
