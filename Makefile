# Targets of the project; `make` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
TESTED := $(VENV)/.installed-dev

.DEFAULT_GOAL := help

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(TESTED): pyproject.toml | $(INSTALLED)
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

.PHONY: serve
serve: build ## install, build the release from data/, and serve it on port 8000
	$(BIN)/lod serve

.PHONY: build
build: $(INSTALLED) ## install, check data/ and build the release
	$(BIN)/lod build

.PHONY: test
test: $(TESTED) ## install and run the whole suite
	$(BIN)/python -m pytest

.PHONY: lint
lint: $(TESTED) ## format, style, types, import layers, records
	$(BIN)/ruff format --check lod tests
	$(BIN)/ruff check lod tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/lod check

.PHONY: check
check: lint test ## everything that runs in CI but `bench-smoke`

.PHONY: bench
bench: $(TESTED) ## measure small sizes beside peers, which are installed; some minutes
	$(BIN)/python -m tests.benchmarks run --mode short

.PHONY: bench-full
bench-full: $(TESTED) ## measure all sizes, row by row, and write docs/performance.md; hours
	$(BIN)/python -m tests.benchmarks run --mode full
	$(BIN)/python -m tests.benchmarks table

.PHONY: bench-smoke
bench-smoke: $(TESTED) ## fail where a ratio has fallen to half of tests/benchmarks/smoke.json
	$(BIN)/python -m tests.benchmarks smoke

.PHONY: screenshots
screenshots: build $(TESTED) ## picture every kind of page of the release for docs/pages.md
	$(BIN)/python -m tests.screenshots

.PHONY: format
format: $(TESTED) ## format the code
	$(BIN)/ruff format lod tests
	$(BIN)/ruff check --fix lod tests

.PHONY: reference
reference: $(INSTALLED) ## write what is generated: JSON Schemas, the tables in docs/model.md
	$(BIN)/lod schema --out data/schema
	$(BIN)/lod schema --format markdown | $(BIN)/python -W ignore::RuntimeWarning:runpy -m lod.cli.model_table docs/model.md

.PHONY: editor
editor: ## bundle the editor of the query page anew, from the version pinned in scripts/editor
	cd scripts/editor && npm ci --silent && npm run --silent build

.PHONY: map
map: ## make the outlines of the map anew, from the packages pinned in scripts/map
	cd scripts/map && npm ci --silent && npm run --silent build

.PHONY: fonts
fonts: ## cut the fonts of the pictures anew, from the packages pinned in scripts/fonts
	cd scripts/fonts && npm ci --silent && npm run --silent build

.PHONY: translations
translations: $(INSTALLED) ## extract the texts of the pages, and compile their translations
	$(BIN)/python -m lod.web.catalogs

.PHONY: clean
clean: ## delete what was installed and built
	rm -rf $(VENV) releases dist *.egg-info
