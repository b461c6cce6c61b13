"""`Rule` and `ContextRule`; choosing rules by name or group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from cleaner.errors import UnknownRule
from cleaner.mark import Mark, Marks
from cleaner.page import Page

Find = Callable[[Page], Iterable[Mark]]
FindInContext = Callable[[Page, Marks], Iterable[Mark]]


class Rule(NamedTuple):
    """A rule that looks at each line alone; it marks and changes nothing.

    Attributes:
        name: ``group/noun-of-the-furniture``, kebab-case.
        find: yields the marks; rules may share one, each mark names its rule.
        about: one sentence for `--rules`.
    """

    name: str
    find: Find
    about: str

    @property
    def group(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]


class ContextRule(NamedTuple):
    """A rule that also sees what the rules of the first pass marked; else as `Rule`."""

    name: str
    find: FindInContext
    about: str

    @property
    def group(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]


def select(names: Iterable[str], rules: Sequence[Rule | ContextRule]) -> frozenset[str]:
    """Resolve groups and rule names to the full names of the rules that they mean.

    Raises:
        UnknownRule: a name that is neither a group nor a rule; the message lists near ones.
    """
    known = {rule.name: (rule.name,) for rule in rules}
    for rule in rules:
        known[rule.group] = (*known.get(rule.group, ()), rule.name)
    chosen: set[str] = set()
    for name in (names,) if isinstance(names, str) else names:
        if name not in known:
            raise UnknownRule(_unknown(name, known))
        chosen.update(known[name])
    return frozenset(chosen)


def _unknown(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=4, cutoff=0.5)
    hint = f"did you mean {', '.join(near)}?" if near else "`cleaner --rules` lists them all."
    return f"unknown group or rule {name!r}: {hint}"
