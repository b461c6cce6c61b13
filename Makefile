PYTHON ?= python3
DUMP ?= fixtures/de-tabloid-runaway-raft/dump.txt
BENCH ?= ../shared/bench
PACKAGES ?= .packages
BIN := .venv/bin

.PHONY: run test score floors mutants bench html-model line-model line-figures gold lexicon clean

run: .venv/run.done  ## clean a dump, then say what went and why: make run DUMP=path
	@$(BIN)/cleaner $(DUMP)
	@echo; echo "--- removed:"
	@$(BIN)/cleaner --explain $(DUMP) 2>&1 >/dev/null

test: .venv/test.done  ## lint, types, the suite
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

score: .venv/run.done  ## how close the rules come to the hand-cleaned fixtures
	$(BIN)/cleaner score

floors: .venv/run.done  ## raise fixtures/floors.toml to today's figures; refuses to lower one
	$(BIN)/cleaner score --raise-floors

mutants: .venv/test.done  ## disable each rule in turn: which fixtures notice; fails where too few do
	$(BIN)/python -m lab.mutants

bench: .venv/test.done  ## speed beside trafilatura, start-up, linearity
	$(BIN)/python -m lab.bench $(BENCH)
	$(BIN)/python -m lab.html_bench $(BENCH)

html-model: .venv/test.done  ## train the HTML model on the development corpora; needs torch
	$(BIN)/python -m pip install --quiet 'torch>=2.2,<3'
	$(BIN)/python -m lab.train_html $(BENCH) --write

line-model: .venv/test.done  ## train the line model on the development corpora's renderings
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	$(BIN)/python -m lab.train $(BENCH) --cache .renderings --write

line-figures: .venv/test.done  ## cross-validate the line model, draw the curve that the README shows
	$(BIN)/python -m pip install --quiet --editable '.[train]'
	$(BIN)/python -m lab.train $(BENCH) --cache .renderings

gold: .venv/test.done  ## what the rules do to the development corpora's gold
	$(BIN)/python -m lab.gold $(BENCH)

lexicon: .venv/test.done  ## rebuild phrases/lexicon from packages: make lexicon PACKAGES=dir
	$(BIN)/python -m lab.fetch_packages $(PACKAGES)
	$(BIN)/python -m lab.lexicon $(PACKAGES)

.venv/bin/python:
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'cleaner needs Python 3.11 or newer; try: make PYTHON=python3.11')"
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/run.done: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	$(BIN)/python -m compileall -q cleaner
	@touch $@

.venv/test.done: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@ .venv/run.done

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
