"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import importlib
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cleaner
from cleaner import errors
from cleaner.folding import make_key
from cleaner.phrase_files import read_tables
from cleaner.rule import ContextRule, Rule
from cleaner.rules import CONTEXT_RULES, RULES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "cleaner"
MODULES = sorted([*PACKAGE.rglob("*.py"), *(ROOT / "lab").rglob("*.py")])
ALL_RULES: tuple[Rule | ContextRule, ...] = (*RULES, *CONTEXT_RULES)

GROUPS = frozenset(
    {
        *("player", "comments", "promo", "share", "newsletter", "consent", "paywall", "sign-in"),
        *("nav", "related", "ads", "footer", "label", "repeat", "model", "site"),
        *("head", "caption", "credit", "body", "guard"),
    }
)
"""The groups of the design, `body` for what protects the article, `guard` for what takes back."""

LONGEST_FILE = 300
LONGEST_FUNCTION = 40

HEAVY = (
    *("numpy", "lxml", "trafilatura", "rich", "charset_normalizer", "tomllib", "starlette"),
    *("uvicorn", "pytest"),
)
"""What cleaning one text dump must not wait for."""

each_module = pytest.mark.parametrize(
    "path", MODULES, ids=[str(path.relative_to(ROOT)) for path in MODULES]
)
each_rule = pytest.mark.parametrize("rule", ALL_RULES, ids=[rule.name for rule in ALL_RULES])


def test_there_is_something_to_look_at() -> None:
    assert len(MODULES) > 20
    assert len(ALL_RULES) > 20


# --- rules


def test_no_two_rules_have_one_name() -> None:
    names = [rule.name for rule in ALL_RULES]
    assert sorted(set(names)) == sorted(names)


@each_rule
def test_a_rule_is_named_after_its_group_and_the_furniture(rule: Rule | ContextRule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.group in GROUPS
    assert rule.name.startswith(f"{rule.group}/")


@each_rule
def test_a_rule_says_in_one_sentence_what_it_finds(rule: Rule | ContextRule) -> None:
    assert rule.about == rule.about.strip()
    assert rule.about.endswith(".")
    assert "\n" not in rule.about
    assert not re.search(r"[.!?] [A-Z]", rule.about.removesuffix("."))
    assert rule.about[0].isupper() or not rule.about[0].isalpha()


def modules_of_the_package() -> Iterator[tuple[str, object]]:
    for found in pkgutil.walk_packages(cleaner.__path__, "cleaner."):
        if not found.name.endswith("__main__"):
            yield found.name, importlib.import_module(found.name)


def test_rules_stand_in_two_tuples_and_nowhere_else() -> None:
    registered = set(map(id, ALL_RULES))
    for name, module in modules_of_the_package():
        for word, value in vars(module).items():
            held = value if isinstance(value, (tuple, list, set)) else [value]
            loose = [r for r in held if isinstance(r, Rule | ContextRule)]
            assert registered.issuperset(map(id, loose)), f"{name}.{word}"
    assert isinstance(RULES, tuple)
    assert isinstance(CONTEXT_RULES, tuple)
    assert {type(rule) for rule in RULES} == {Rule}
    assert {type(rule) for rule in CONTEXT_RULES} == {ContextRule}


def test_every_table_is_a_rule() -> None:
    assert {table.rule for table in read_tables()} <= {rule.name for rule in RULES}


def strings_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "rules").glob("*.py")), ids=lambda path: path.name
)
def test_no_phrase_stands_in_code(path: Path) -> None:
    phrases = {
        phrase
        for table in read_tables()
        for held in table.langs.values()
        for phrase in (*held.whole, *held.starts, *held.holds)
        if len(phrase.split()) > 1
    }
    assert len(phrases) > 1000
    tree = ast.parse(path.read_text(encoding="utf-8"))
    twice = [(line, text) for line, text in strings_of(tree) if make_key(text) in phrases]
    assert twice == []


# --- files and functions


@pytest.mark.parametrize(
    "path",
    [*MODULES, *sorted((ROOT / "tests").glob("*.py"))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_a_file_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@each_module
def test_a_function_is_short(path: Path) -> None:
    functions = (
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    sizes = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


# --- errors


def test_every_error_is_raised_somewhere() -> None:
    defined = {
        name
        for name, thing in vars(errors).items()
        if isinstance(thing, type) and issubclass(thing, Exception)
    }
    raised: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                raised.add(ast.unparse(node.exc.func).rpartition(".")[2])
            elif isinstance(node, ast.FunctionDef) and node.returns is not None:
                raised.add(ast.unparse(node.returns))  # makes an error for its caller to raise
    assert defined
    assert defined <= raised


def test_every_error_is_a_cleaner_error_and_a_value_error() -> None:
    assert issubclass(cleaner.CleanerError, ValueError)
    for thing in vars(errors).values():
        if isinstance(thing, type):
            assert issubclass(thing, cleaner.CleanerError)


# --- what a clean imports


@pytest.mark.parametrize("how", ["import", "command"])
def test_a_clean_imports_nothing_heavy(how: str) -> None:
    dump = (ROOT / "fixtures" / "de-tabloid-runaway-raft" / "dump.txt").read_text(encoding="utf-8")
    begin = {
        "import": "import cleaner; cleaner.clean(sys.stdin.read())",
        "command": "from cleaner.cli import main; main(['--explain'])",
    }[how]
    code = f"import sys; {begin}; print('heavy:', *sorted(sys.modules), file=sys.stderr)"
    cleaner.clean("Abspielen")  # fills the store of phrases, should it be stale
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=dump,
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    imported = done.stderr.rpartition("heavy: ")[2].split()
    assert "cleaner.pipeline" in imported
    assert [name for name in HEAVY if name in imported] == []


def test_the_public_names_are_there() -> None:
    assert {"clean", "explain", "Cleaned", "CleanerError", "Mark", "Verdict"} <= set(
        cleaner.__all__
    )
    for name in cleaner.__all__:
        assert hasattr(cleaner, name)
