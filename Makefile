# Two commands matter: `make demo` and `make test`. Both start from a machine with Python 3.11, git and make.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
PYTHON ?= python3.11
BIN := .venv/bin
SERVE ?= yes
PORT ?= 8000
# Without what Python keeps of compiled modules, each process that starts compiles nine hundred of them.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test bench check lint dependencies types style browser-test environment dev-environment static clean

help: ## Say what each command does
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 18

demo: environment ## Set everything up, load the demonstration and serve it (SERVE=no stops before serving)
	@$(BIN)/tracker demo --serve=$(SERVE) --port=$(PORT)

test: dev-environment check ## Run every test, on SQLite and on PostgreSQL, with a browser
	@scripts/test-all.sh

bench: dev-environment ## Measure what is quick to measure and print every figure (BENCH="plan search" chooses)
	@scripts/bench.sh $(BENCH)

check: dev-environment lint ## The fast half: style, types, import contracts, unit tests
	@$(BIN)/pytest -q -n 2 tests/unit tests/architecture tracker reports

lint: dev-environment ## Style, types, templates and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet templates reports/documents
	@scripts/check-dependencies.sh --licences

dependencies: dev-environment ## Licences of every library, and known faults where they can be asked for
	@scripts/check-dependencies.sh

environment: .venv/.runtime ## Install what running needs

dev-environment: .venv/.development ## Install what testing needs

.venv/.runtime: requirements.lock pyproject.toml scripts/install-system.sh scripts/install-python.sh
	@scripts/install-system.sh run
	@scripts/install-python.sh $(PYTHON) requirements.lock
	@touch $@

.venv/.development: requirements-dev.lock pyproject.toml scripts/install-system.sh scripts/install-python.sh
	@scripts/install-system.sh test
	@scripts/install-python.sh $(PYTHON) requirements-dev.lock
	@touch $@ .venv/.runtime

static: ## Build tracker/static/dist again (needs Node; the result is committed)
	@scripts/build-static.sh

clean: ## Remove the environment and everything the demonstration made
	@rm -rf .venv var brent-self-evaluation.pdf
