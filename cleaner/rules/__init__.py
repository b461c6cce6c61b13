"""Every rule: `RULES` look at each line alone, `CONTEXT_RULES` at its neighbours too."""

from __future__ import annotations

from cleaner.phrase_cache import shipped_index
from cleaner.rule import ContextRule, Rule

RULES: tuple[Rule, ...] = tuple(
    Rule(name, shipped_index().find, about) for name, about in shipped_index().rules.items()
)

CONTEXT_RULES: tuple[ContextRule, ...] = ()
