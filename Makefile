# Hamaynk: everything by one word. `make` alone shows what there is.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh
export PYTHONPATH := $(CURDIR):$(CURDIR)/platform
PY := .venv/bin/python

.PHONY: help up down reset install lint test format bench chaos dev-check browser

help: ## Show these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: install ## Start everything on this machine and show the addresses (Ctrl-C stops it)
	@exec $(PY) -m infra.local.supervisor up

down: ## Stop everything that `make up` or manage.py started; the data are kept
	@if [ -x $(PY) ]; then exec $(PY) -m infra.local.supervisor down; else echo "Nothing is installed, nothing runs."; fi

reset: ## Stop everything and remove all data of this checkout (asks nothing)
	@if [ -x $(PY) ]; then exec $(PY) -m infra.local.supervisor reset; else rm -rf var; fi

install: .venv/.installed ## Install the packages of uv.lock into .venv and compile the translations
	@$(PY) -m infra.local.compile_messages

.venv/.installed: uv.lock pyproject.toml infra/local/uv-requirements.txt infra/local/install.sh
	@sh infra/local/install.sh

lint: install ## Check style, types, templates, imports, migrations, deployment settings and infra files (offline)
	@$(PY) -m infra.local.lint

test: install ## Run all tests against a real PostgreSQL and a real Chromium (E2E=0 leaves the browser out)
	@chromium=$$($(PY) -m infra.local.browser) || exit 1; \
	if [ -n "$$chromium" ]; then export CHROMIUM="$$chromium"; fi; \
	exec $(PY) -m pytest -n auto --dist loadgroup $(TESTS)

format: install ## Rewrite the code in the project's style
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

bench: install ## Measure against the figures to reach; writes var/bench.json
	@exec $(PY) -m infra.bench

chaos: install ## kill -9 during 1,000 submissions: nothing confirmed may be lost, doubled or mailed twice
	@exec $(PY) -m infra.chaos

dev-check: lint ## Lint and the quick tests (no browser), before a commit
	@E2E=0 exec $(PY) -m pytest -n auto --dist loadgroup -m "not slow" $(TESTS)

browser: install ## Find or fetch the Chromium that the tests use
	@$(PY) -m infra.local.browser
