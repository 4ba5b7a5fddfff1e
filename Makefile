# From a fresh checkout: `make run` serves the demo, `make test` runs the whole suite.
# Another Python: `make run PYTHON=python3.13`. Another port: `make run PORT=8080`.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2

BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest
# Neighbours stay together, and share a site, until somebody has nothing left to do.
AT_ONCE := -n $(WORKERS) --dist worksteal
LOCK := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile \
	--quiet --upgrade --strip-extras --allow-unsafe --generate-hashes --no-annotate --build-deps-for wheel \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.PHONY: run test test-sqlite test-postgresql test-browser check bench proof audit lock messages pictures

run: .venv/run
	@$(BIN)/verite demo --port $(PORT)

test: test-sqlite test-postgresql test-browser

test-sqlite: .venv/development
	VERITE_TEST_DATABASE=sqlite $(PYTEST) $(AT_ONCE) -m "not browser and not proof"

# Only what asks a database: all else has been tried with SQLite.
test-postgresql: .venv/development
	VERITE_TEST_DATABASE=postgresql $(PYTEST) $(AT_ONCE) -m "not browser and not proof"

test-browser: .venv/development
	$(PYTEST) $(AT_ONCE) -m browser

check: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

bench: .venv/development
	$(BIN)/python -m bench

proof: .venv/development
	$(PYTEST) --hypothesis-profile=proof -m "proof or (hypothesis and not browser)"

# Asks the public advisory database, so it needs a network.
audit: .venv/development
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements/development.lock

# Newest allowed versions of everything, for the oldest Python we run on.
lock: .venv/development
	$(LOCK) --output-file requirements/run.lock pyproject.toml
	$(LOCK) --extra dev --constraint requirements/run.lock --output-file requirements/development.lock pyproject.toml

# Every word that visitors read, from the source into the catalogues; docs/recipes/translation.md goes on from there.
messages: .venv/development
	$(BIN)/python -m scripts.messages

pictures: .venv/development
	$(BIN)/python -m scripts.pictures

# The environment is made anew in place only when its lock has changed. What is installed for developing
# contains what is installed for running, so one environment serves both.
.venv/run: requirements/run.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes --requirement requirements/run.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/development: requirements/development.lock pyproject.toml | $(BIN)/python
	$(INSTALL) --require-hashes --requirement requirements/development.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ .venv/run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Vérité needs Python 3.11 or newer, and $(PYTHON) is not. Name another: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "The virtual environment could not be made. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
