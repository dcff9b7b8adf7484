# The two commands a newcomer needs are `make run` and `make test`; each sets up .venv by itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
DUCKDB_2 := .venv/duckdb-2.0
export DO_NOT_TRACK := 1

.PHONY: help setup run serve test test-duckdb-2 lint check bench audit docs examples lock clean

help: ## show this list
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 16

setup: $(READY) ## make .venv with the protibedon command in it

# Stock pip, so that a fresh machine needs nothing else; --no-deps because the lock is complete, and
# `pip check` proves that it is (docs/decisions/0003-lock-and-setup.md).
$(READY): requirements.lock pyproject.toml
	@echo "Setting up .venv (about a minute the first time) ..."
	@$(PYTHON) -m venv .venv 2>/dev/null || $(PYTHON) -m venv --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python install -qq --disable-pip-version-check \
		--no-deps --require-hashes --only-binary :all: -r requirements.lock
	@$(PYTHON) -m pip --python $(BIN)/python install -qq --disable-pip-version-check \
		--no-deps --no-build-isolation --editable .
	@$(PYTHON) -m pip --python $(BIN)/python check >/dev/null
	@touch $@

run: setup ## take the bundled examples through to the divisional summaries, under Prefect
	@$(BIN)/protibedon run examples/inbox

serve: setup ## let everything run by itself: Prefect's UI, schedules and a worker, until Ctrl-C
	@exec $(BIN)/protibedon serve

test: setup $(DUCKDB_2)/.ready ## run every test, on all cores, and show which lines they have run
	@$(BIN)/python -m pytest -n auto --dist loadfile --cov

# What is left out writes papers from answers that the others ask for too, or starts runs in an environment of its own;
# properties are tried on fewer draws than by `test`.
test-duckdb-2: setup $(DUCKDB_2)/.ready ## run the tests of the warehouse on the other DuckDB
	@PROTIBEDON_TEST_ROUNDS=3 PYTHONPATH=$(DUCKDB_2) $(BIN)/python -m pytest tests/warehouse -n auto --dist loadfile \
		--ignore-glob='*/test_page*' --ignore-glob='*/test_matrix_*' --ignore-glob='*/test_papers.py' \
		--ignore-glob='*/test_killed_runs.py'

$(DUCKDB_2)/.ready: tests/warehouse/duckdb-2.lock $(READY)
	@$(PYTHON) -m pip --python $(BIN)/python install -qq --disable-pip-version-check \
		--no-deps --require-hashes --only-binary :all: --upgrade --target $(DUCKDB_2) -r $<
	@touch $@

lint: setup ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## what CI runs

bench: setup .venv-bench/.ready ## measure speed, as ratios within one run
	@$(BIN)/python tests/bench/normalise.py
	@$(BIN)/python tests/bench/speed.py
	@$(BIN)/python tests/bench/speed.py --docx --repeats 3

audit: setup .venv-audit/.ready ## ask the advisories about every package of the lock, where the network allows it
	@.venv-audit/bin/pip-audit --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off

# Environments beside our own, locked as it is: the peers that we are measured against, and the auditor.
.venv-%/.ready: tests/%/requirements.lock
	@$(PYTHON) -m venv $(@D) 2>/dev/null || $(PYTHON) -m venv --without-pip $(@D)
	@$(PYTHON) -m pip --python $(@D)/bin/python install -qq --disable-pip-version-check \
		--no-deps --require-hashes --only-binary :all: -r $<
	@touch $@

docs: setup ## write what the documentation takes from the code and the examples
	@$(BIN)/python docs/write_docs.py

examples: setup ## write examples/inbox again
	@$(BIN)/python examples/make_inbox.py

lock: setup ## resolve requirements.lock anew, with hashes and without host names
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --quiet --upgrade --group build --group dev pyproject.toml -o requirements.lock

clean: ## remove .venv and everything a run made
	@rm -rf .venv .venv-bench .venv-audit data .mypy_cache .ruff_cache .pytest_cache .hypothesis
