"""Which rules look at a page: what a caller chose, in the order of the passes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from cleaner.model.rule import unlikely
from cleaner.own import OWN
from cleaner.rule import ContextRule, Find, FindInContext, Rule, select
from cleaner.rules import CONTEXT_RULES, RULES, markup, model, site
from cleaner.rules.apart import above_body
from cleaner.rules.shapes import hashtags

APART = frozenset({"head", "caption", "credit"})
"""Groups that are no furniture: kept, unless only the body is wanted."""

PROTECTING = APART | {"body"}
"""Groups whose rules keep lines; `only` does not silence them, `skip` does."""

LAST = (model, unlikely, above_body)
"""What looks at a page when all other rules have; it sees their marks too."""


class Plan(NamedTuple):
    """What looks at a page, and what of it is wanted.

    Attributes:
        finds: of pass one.
        finds_own: what takes marks of pass one back, see `cleaner.own`.
        finds_in_context: of pass two, without `LAST`.
        silent: names of the rules that shall not be heard.
        apart: names of the rules that find what stands apart from the body.
        body_only: whether that goes too.
    """

    finds: tuple[Find, ...]
    finds_own: tuple[FindInContext, ...]
    finds_in_context: tuple[FindInContext, ...]
    silent: frozenset[str]
    apart: frozenset[str]
    body_only: bool


@lru_cache(maxsize=64)
def plan_of(skip: tuple[str, ...], only: tuple[str, ...], body_only: bool) -> Plan:
    """Choose the rules; arguments as `cleaner.clean`.

    Raises:
        CleanerError: an unknown group or rule.
    """
    rules: tuple[Rule | ContextRule, ...] = (*RULES, *CONTEXT_RULES)
    protecting = frozenset(rule.name for rule in rules if rule.group in PROTECTING)
    wanted = select(only, rules) | protecting if only else frozenset(rule.name for rule in rules)
    active = wanted - select(skip, rules)
    return Plan(
        finds=_finds(RULES, active, (hashtags, site, markup)),
        finds_own=tuple(find for find in _finds(CONTEXT_RULES, active, ()) if find in OWN),
        finds_in_context=_finds(CONTEXT_RULES, active, (*OWN, *LAST)),
        silent=frozenset(rule.name for rule in rules) - active,
        apart=frozenset(rule.name for rule in rules if rule.group in APART),
        body_only=body_only,
    )


def _finds(
    rules: Iterable[Rule | ContextRule], active: frozenset[str], apart: tuple[object, ...]
) -> tuple[Any, ...]:
    """Collect what active rules find, without those that are called apart."""
    return tuple(dict.fromkeys(r.find for r in rules if r.name in active and r.find not in apart))
