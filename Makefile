# The two commands a newcomer needs are `make run` and `make test`; each sets up .venv by itself.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
export DO_NOT_TRACK := 1

.PHONY: help setup run test lint check bench docs examples lock clean

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

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

test: setup ## run every test
	@$(BIN)/python -m pytest

lint: setup ## ruff, mypy --strict, import-linter
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## what CI runs

bench: setup ## measure speed, as ratios within one run
	@$(BIN)/python tests/bench/normalise.py

docs: setup ## write what the documentation takes from the code and the examples
	@$(BIN)/python docs/write_docs.py

examples: setup ## write examples/inbox again
	@$(BIN)/python examples/make_inbox.py

lock: setup ## resolve requirements.lock anew, with hashes and without host names
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --quiet --upgrade --group build --group dev pyproject.toml -o requirements.lock

clean: ## remove .venv and everything a run made
	@rm -rf .venv data .mypy_cache .ruff_cache .pytest_cache .hypothesis
