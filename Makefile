# Every task of the project, the same on a laptop and in CI. `make` lists them.
# Needed: Python 3.11 or newer with its venv module, and git. Everything else goes into .venv/.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
HEARING := .venv/.ready-hearing
JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup site serve check schemas test lint types unit browser format snapshots pictures bench lock clean

help:       ## list the tasks
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /  make \1\t/' | expand -t 18

setup: $(READY) ## make .venv/ with everything in it

# Made again when what has to be in it changes.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Casebook needs Python 3.11 or newer as '$(PYTHON)'; name another one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "'$(PYTHON)' has no venv module; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test,lint]'
	@touch $@

# The engines that transcribe, and weights to test them with: several gigabytes that only the tests and `transcribe` need.
$(HEARING): $(READY) tests/weights.txt tests/support/weights.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt \
	  -e '.[faster-whisper,whisper,speakers,cluster,storage]'
	$(BIN)/python -m tests.support.weights
	@touch $@

site: $(READY) ## check the cases and build the site into site/
	$(BIN)/casebook build

serve: $(READY) ## preview the site; it is built again when a file changes
	$(BIN)/casebook serve

check: $(READY) ## report everything that is wrong in cases/
	$(BIN)/casebook check

schemas: $(READY) ## write schemas/ and docs/reference/ anew from the model
	$(BIN)/casebook schemas
	$(BIN)/casebook reference

test: lint types unit ## everything that CI runs

lint: $(READY) ## look for mistakes and untidy code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## check all types of the program
	$(BIN)/mypy

unit: browser $(HEARING) ## run all tests, those in a real browser and with real speech too
	$(BIN)/python -m pytest -n $(JOBS)

browser: $(READY) ## find Chromium and nginx for the tests, or install them
	@$(BIN)/python -m tests.support.chromium
	@$(BIN)/python -m tests.support.nginx

format: $(READY) ## tidy the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

snapshots: $(HEARING) ## renew the stored pages and texts that tests compare with; read the difference before committing it
	UPDATE_SNAPSHOTS=1 $(BIN)/python -m pytest -n $(JOBS) -q -m "not browser"

pictures: browser site ## take the README's pictures anew (needs a Japanese font)
	$(BIN)/python -m tests.support.pictures

bench: $(READY) ## measure builds beside plain Material for MkDocs on the same text, and each station by itself
	$(BIN)/python -m benchmarks.build
	$(BIN)/python -m benchmarks.parts

lock: ## renew constraints.txt with the newest versions that fit together
	rm -rf .cache/lock && $(PYTHON) -m venv .cache/lock
	.cache/lock/bin/python -m pip install --quiet 'pymdown-extensions<13' \
	  '.[test,lint,faster-whisper,whisper,speakers,cluster,storage]'
	{ grep '^#' constraints.txt; .cache/lock/bin/python -m pip freeze --exclude casebook --exclude triton | \
	  sed -E 's/^(torch==[0-9.]+)\+.*/\1/'; } > .cache/constraints.txt
	mv .cache/constraints.txt constraints.txt

clean: ## remove what was built; .venv/ and the cache of recordings stay
	rm -rf site site.new-* site.old-* .pytest_cache .mypy_cache .ruff_cache .hypothesis
