PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
# A lock with hashes to install from first: make LOCK=requirements/ci.txt test
LOCK ?=

.PHONY: example test docs bench fuzz lock audit clean

example: $(VENV)/installed
	$(BIN)/tagger tag examples/brightwater-2008q2/release.txt \
		-o out/brightwater-2008q2.htm -o out/brightwater-2008q2.xml -o out/brightwater-2008q2.json -o out/brightwater-2008q2.csv

test: $(VENV)/installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

docs: $(VENV)/installed
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: $(VENV)/installed
	$(BIN)/python -m benchmarks

# What fails is put into fuzzed/, made small: it belongs into tests/fuzzed/ when it is mended.
fuzz: $(VENV)/installed
	$(BIN)/python -m benchmarks.fuzz --number 20000 --keep fuzzed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check atheris
	$(BIN)/python -m benchmarks.fuzz --guided --seconds 3600 --keep fuzzed

# An editable install with everything the checks need, in an environment of the project's own.
$(VENV)/installed: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tagger needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip "setuptools>=77"
	$(if $(LOCK),$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement $(LOCK))
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

# The versions that the checks run with, for every supported Python, each with the hashes of its files.
lock: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --extra dev --quiet --no-header --no-annotate --upgrade \
		--output-file requirements/ci.txt setup.cfg

# What is known of them to be unsafe; this asks the network.
audit: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/pip-audit --requirement requirements/ci.txt --disable-pip --require-hashes

clean:
	rm -rf .venv* build dist out *.egg-info
