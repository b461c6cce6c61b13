"""What the rules do to the development corpora: gold words lost, other lines removed."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from cleaner import explain
from cleaner.folding import make_key
from lab.corpora import read_corpus, words


def gold_words_lost(row: dict[str, Any], field: str) -> tuple[int, int, list[str]]:
    """Count the gold words that are in a dump and not in its cleaned text.

    Returns:
        words lost, gold words in the dump, the removed lines of which the gold holds a copy.
    """
    gold, dump = words(row["gold"]), words(row[field])
    cleaned = explain(row[field])
    there = gold & dump
    lost = sum((there - words(cleaned.text)).values())
    copies = {make_key(line) for line in row["gold"].split("\n")}
    wrong = [
        f"{line.text[:90]!r}  {mark.rule}  {mark.because}"
        for line, mark in cleaned.removed
        if line.key in copies or (len(line.text) > 60 and line.text.strip() in row["gold"])
    ]
    return lost, sum(there.values()), wrong


def other_lines_removed(row: dict[str, Any], field: str) -> tuple[int, int]:
    """Count the dump's lines that are not in the gold, and those of them that are removed."""
    gold = " ".join(words(row["gold"]))
    kept = set(gold.split())
    cleaned = explain(row[field])
    removed = {line.number for line, _ in cleaned.removed}
    copies = {make_key(line) for line in row["gold"].split("\n")}
    others = [
        line.number
        for line in cleaned.page.lines
        if line.text.strip()
        and line.key not in copies
        and not (len(line.text) > 60 and kept.issuperset(words(line.text)))
    ]
    return len(removed.intersection(others)), len(others)


def report(folder: Path, corpus: str, field: str) -> None:
    """Print both figures for one corpus, and the gold lines that rules remove."""
    lost = there = gone = others = 0
    wrong: list[str] = []
    by_group: Counter[str] = Counter()
    types: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in read_corpus(folder, corpus):
        if not row[field]:
            continue
        row_lost, row_there, row_wrong = gold_words_lost(row, field)
        row_gone, row_others = other_lines_removed(row, field)
        lost, there, gone, others = (
            lost + row_lost,
            there + row_there,
            gone + row_gone,
            others + row_others,
        )
        types[row["type"]][0] += row_lost
        types[row["type"]][1] += row_there
        wrong += [f"{row['id']}: {line}" for line in row_wrong]
        by_group.update(m.rule for _, m in explain(row[field]).removed)
    print(f"\n{corpus} {field}: gold words lost {lost} of {there}, {lost / there:.3%};")
    print(f"  lines outside the gold removed {gone} of {others}, {gone / max(1, others):.1%}")
    for kind, (kind_lost, kind_there) in sorted(types.items()):
        print(f"  {kind:14} {kind_lost / max(1, kind_there):.3%} of gold words lost")
    print("  removed by", dict(by_group.most_common(12)))
    if "--lines" in sys.argv:
        print(*wrong, sep="\n")


def main() -> None:
    """Report on both corpora, page dumps and main dumps; `--lines` lists the gold lines lost."""
    folders = [arg for arg in sys.argv[1:] if not arg.startswith("--")]
    folder = Path(folders[0] if folders else "../shared/bench")
    for corpus in ("fundus", "wcxb"):
        for field in ("dump_main", "dump", "gold"):
            report(folder, corpus, field)


if __name__ == "__main__":
    main()
