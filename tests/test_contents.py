"""Tables of contents, with a label and without."""

from __future__ import annotations

import cleaner

HEADS = ("Testsieger: Splitt aus Ton", "So wurde geprüft", "Tipps für den Gehweg")
PARTS = tuple(
    f"Die Sanierung der {place} dauert zwei Monate länger als geplant, teilte die Stadt mit. "
    "Der Grund sind Schäden am dritten Pfeiler, die erst beim Abtragen auffielen."
    for place in ("Brücke", "Bahn", "Allee")
)
BODY = "\n\n".join(f"{head}\n\n{part}" for head, part in zip(HEADS, PARTS, strict=True))
LEAD = PARTS[0].replace("Brücke", "Straße")


def cleaned(*entries: str) -> str:
    return cleaner.clean("\n\n".join((LEAD, "\n".join(entries), BODY, "Teilen")))


def test_subheads_listed_above_their_sections_need_no_label() -> None:
    assert cleaned(*HEADS) == f"{LEAD}\n\n{BODY}"


def test_their_numbers_may_stand_before_them() -> None:
    assert cleaned(*(f"{n} {head}" for n, head in enumerate(HEADS, 1))) == f"{LEAD}\n\n{BODY}"


def test_two_such_lines_are_no_table_of_contents() -> None:
    assert cleaned(*HEADS[1:]) == f"{LEAD}\n\n{HEADS[1]}\n{HEADS[2]}\n\n{BODY}"


def test_lines_said_again_in_a_row_are_a_list() -> None:
    page = "\n\n".join((LEAD, "\n".join(HEADS), PARTS[1], "\n".join(HEADS), PARTS[2]))
    assert cleaner.clean(page) == page
