# livesession: `make` alone lists the targets.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8080
SPEED ?= 1
READERS ?= 10000
PYTEST := $(BIN)/python -m pytest

# Where it is set, every one of some hundred servers that tests start would compile the whole program anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check fast lint types contracts unit unit-first unit-rest browser bench wheel constraints clean

help: ## list the targets
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed (Debian: apt install python3 python3-venv)"; exit 2; }
	@echo "Installation dans $(VENV), une minute environ… / Installing into $(VENV), about a minute…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip

$(VENV)/.demo: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[demo]'
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@ $(VENV)/.demo

demo: $(VENV)/.demo ## a whole sitting that plays by itself (PORT=8080 SPEED=1)
	@$(BIN)/livesession demo --port $(PORT) --speed $(SPEED)

test: $(VENV)/.test ## everything, browsers included where they can be installed
	@sh tests/install_services.sh
	@$(MAKE) --no-print-directory lint types contracts
	$(PYTEST) -n logical --maxprocesses 4 --dist worksteal -m 'not load' tests

check: $(VENV)/.test ## the fast loop: lint, types, import contracts, unit tests
	@$(MAKE) --no-print-directory -j4 --output-sync=target lint types contracts unit

lint: $(VENV)/.test ## ruff: rules and format
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

types: $(VENV)/.test ## mypy, strict
	@$(BIN)/mypy --no-error-summary

contracts: $(VENV)/.test ## import-linter: which package may import which
	@$(BIN)/lint-imports --no-logo > $(VENV)/contracts.log || { cat $(VENV)/contracts.log; exit 1; }

# Two processes that read half of the tests each: workers of one would each import and collect them all,
# which is half of what so many short tests cost.
QUICK := $(PYTEST) -q --no-header -p no:cacheprovider -m 'not exhaustive and not hypothesis'
FIRST := accounts agendas desk domain minutes phrases thread

unit: unit-first unit-rest ## unit tests by example, without those that try everything or generate their cases

unit-first: $(VENV)/.test
	@$(QUICK) $(FIRST:%=tests/unit/%)

unit-rest: $(VENV)/.test
	@$(QUICK) tests/unit $(FIRST:%=--ignore=tests/unit/%)

browser: $(VENV)/.test ## browser tests only
	@sh tests/install_services.sh
	$(PYTEST) tests/browser

bench: $(VENV)/.test ## measure the fan-out beside C and nginx with nchan (READERS=10000 GROWTH=1 DEFLATE=1 PROCESSES=1)
	@$(BIN)/python -m tests.load.bench --readers $(READERS) $(if $(GROWTH),--growth) $(if $(DEFLATE),--deflate) $(if $(PROCESSES),--processes)

wheel: $(VENV)/.test ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

constraints: $(VENV)/.test ## write constraints.txt from the environment that was tested
	@$(BIN)/python -m pip freeze --exclude-editable | grep -E '^[A-Za-z0-9._-]+==' > constraints.txt

clean: ## remove what was built or installed here
	rm -rf $(VENV) dist build demo-data test-output .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
