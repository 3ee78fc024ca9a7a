# Everything a newcomer needs: `make run` and `make test`. Each target makes its own environment in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run call text check test fuzz audit bench format clean

run: $(VENV)/run.stamp
	@$(BIN)/python -m ivr run

call: $(VENV)/run.stamp
	@$(BIN)/python -m ivr call

check: $(VENV)/run.stamp
	@$(BIN)/python -m ivr check

# Two files of tests at a time: mostly they wait for servers.
test: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m ivr check
	$(BIN)/pytest -n 2 --dist loadfile

# The tests of hostile input, many times longer: some minutes.
fuzz: $(VENV)/test.stamp
	FUZZ_TIMES=$${FUZZ_TIMES:-20} $(BIN)/pytest tests/hostile

# Known weaknesses of what the line runs on and is tested with. Needs the network; a package that could not be
# looked up counts as a failure.
audit: $(VENV)/audit.stamp
	$(BIN)/pip-audit --strict --no-deps --disable-pip -r requirements-dev.txt

bench: $(VENV)/test.stamp
	@PYTHONPATH=tests $(BIN)/python -m bench

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) data tests/api/node_modules

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ $(VENV)/run.stamp

$(VENV)/audit.stamp: requirements-audit.txt | $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-audit.txt
	touch $@
