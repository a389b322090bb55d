# `make` alone prints what there is.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
PORTAL_VAR ?= var
VENV := .venv
BIN := $(VENV)/bin
export PORTAL_VAR

help: ## Print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/installed: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/installed

messages-compiled: $(VENV)/installed
	@$(BIN)/python -m portal.messages compile

demo: $(VENV)/installed messages-compiled ## Set up everything and serve the demonstration (PORT=8000, PORTAL_VAR=var)
	PORTAL_DEMO=yes $(BIN)/python manage.py demo --port $(PORT)

test: $(VENV)/installed-dev messages-compiled browser ## Set up everything and run the tests
	$(BIN)/pytest -n 2

check: $(VENV)/installed-dev messages-compiled browser ## Everything that must hold before a change is handed in
	PYTHON=$(BIN)/python sh bin/check

mutate-access: $(VENV)/installed-dev messages-compiled ## Take out each permission check in turn; the access table or a test must notice
	$(BIN)/pytest -n 2 -p tests.without --held
	ACCESS_MUTATIONS=all $(BIN)/pytest -n 2 tests/test_access_removed.py

bench: $(VENV)/installed-dev messages-compiled browser ## Measure, and write docs/performance.md
	PORTAL_DEMO=yes $(BIN)/python -m bench

browser: $(VENV)/installed-dev
	@$(BIN)/python -m tests.browser.install

messages: $(VENV)/installed-dev ## Collect the interface's texts into locale/ (needs gettext)
	PORTAL_DEMO=yes $(BIN)/python -m portal.messages collect

format: $(VENV)/installed-dev ## Put code and templates into the house format
	$(BIN)/ruff check --fix --quiet . && $(BIN)/ruff format --quiet .

lock: ## Write the lock files anew (needs uv)
	uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate requirements.in -o requirements.txt
	uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-dev.in -o requirements-dev.txt

clean: ## Remove what make made, except the data under PORTAL_VAR
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

.PHONY: help demo test check mutate-access bench browser messages messages-compiled format lock clean
