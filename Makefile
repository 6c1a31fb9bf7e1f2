# Everything a person types. `make run` and `make test` need nothing but Python 3.11 and a network.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY := .venv/bin/python
INSTALLED := .venv/.installed
RUNS := .venv/.runs
SAMPLE := build/sample.pressmark
WORKERS ?= 2

.PHONY: help run test check format shot bench faults lock libraries qt clean

help:  ## say what can be made
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## */\1\t/' | expand -t 12

run: $(RUNS) qt  ## open the window on the sample project
	@mkdir -p build
	@[ -e $(SAMPLE) ] || $(PY) -m app sample $(SAMPLE)
	@$(PY) -m app open $(SAMPLE)

test: libraries  ## run the whole test suite
	$(PY) -m pytest -n $(WORKERS)

check: libraries  ## format, lint, types, imports, tests with branch coverage
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	@packaging/test_tools.sh
	rm -f .coverage .coverage.*
	$(PY) -m pytest -n $(WORKERS) --cov --cov-report=term

format: $(INSTALLED)  ## put the code into its one form
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

shot: $(RUNS) qt  ## draw every main view into build/screenshots, without a screen
	@mkdir -p build/screenshots
	QT_QPA_PLATFORM=offscreen $(PY) docs/screenshots.py build/screenshots

bench: libraries  ## measure every speed claim, as a table
	QT_QPA_PLATFORM=offscreen $(PY) -m benchmarks

faults: libraries  ## kill, cut, fill, flip and fail, at length
	PRESSMARK_LONG=1 PRESSMARK_FLIPS=5000 PRESSMARK_KILLS=200 $(PY) -m pytest tests/faults tests/e2e/test_kill.py -s --timeout=3600

lock:  ## resolve the dependencies of pyproject.toml anew, with hashes and without addresses
	packaging/lock.sh

libraries: $(INSTALLED) qt

qt: | $(RUNS)
	@packaging/qt_libraries.sh

$(RUNS): requirements.lock packaging/make_venv.sh
	@packaging/make_venv.sh run

$(INSTALLED): requirements-dev.lock packaging/make_venv.sh | $(RUNS)
	@packaging/make_venv.sh dev

clean:  ## remove what was made, the environment included
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
