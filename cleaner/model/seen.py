"""A page and the marks of the rules -> what the features are read from."""

from __future__ import annotations

import numpy as np

from cleaner.mark import Marks, Verdict
from cleaner.model.places import GROUPS, KEEPING, Seen
from cleaner.page import Page

_PLACE = {group: place for place, group in enumerate((*GROUPS, *KEEPING))}
_OTHER = _PLACE["label"]  # a group that training has not seen


def see(page: Page, marks: Marks) -> Seen:
    """Collect the filled lines of a page, the blank lines between them, and what rules say."""
    texts, filled = page.texts, np.array(page.filled)
    gaps = np.diff(filled, prepend=-1, append=len(texts)) - 1
    groups = np.full(len(texts), -1)
    keep = Verdict.KEEP
    for start, stop, rule, _, verdict in marks:
        if verdict is keep:
            groups[start:stop] = _PLACE.get(rule.partition("/")[0], -1)
    for group, numbers in marks.groups.items():
        groups[numbers] = _PLACE.get(group, _OTHER)
    prose = np.zeros(len(texts), bool)
    prose[marks.prose] = True
    return Seen([texts[n] for n in page.filled], gaps, groups[filled], prose[filled])
