"""A page and pass one's marks -> what the features are read from."""

from __future__ import annotations

import numpy as np

from cleaner.mark import Marks
from cleaner.model.features import GROUPS, Seen
from cleaner.page import Page

_PLACE = {group: place for place, group in enumerate(GROUPS)}


def see(page: Page, marks: Marks) -> Seen:
    """Collect the filled lines of a page, the blank lines between them, and pass one's marks."""
    filled = np.array(page.filled)
    gaps = np.diff(filled, prepend=-1, append=len(page.texts)) - 1
    groups = np.full(len(page.texts), -1)
    for group, numbers in marks.groups.items():
        groups[numbers] = _PLACE.get(group, -1)
    prose = np.zeros(len(page.texts), bool)
    prose[marks.prose] = True
    texts = page.texts
    return Seen([texts[n] for n in page.filled], gaps, groups[filled], prose[filled])
