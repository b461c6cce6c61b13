"""What the command line needs for all but cleaning: subcommands have this in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import NoReturn

from cleaner.errors import CleanerError
from cleaner.rule import ContextRule, Rule


class Parser(argparse.ArgumentParser):
    """A parser that complains as the rest of the package does."""

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print.

        Raises:
            CleanerError: always.
        """
        raise CleanerError(f"{message}; `{self.prog} --help` lists what it takes")


def run(name: str, command: Callable[[], int]) -> int:
    """Run a subcommand and return its exit status, 2 for input that it cannot use."""
    try:
        return command()
    except CleanerError as error:
        print(f"cleaner {name}: {error}", file=sys.stderr)
        return 2


def listed_rules() -> str:
    """List every rule and what it finds, a line each."""
    from cleaner.rules import CONTEXT_RULES, RULES

    rules: tuple[Rule | ContextRule, ...] = (*RULES, *CONTEXT_RULES)
    width = max(len(rule.name) for rule in rules)
    return "".join(f"{rule.name:<{width}}  {rule.about}\n" for rule in rules)
