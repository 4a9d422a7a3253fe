# One definition of every job; people and CI call the same targets.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.PHONY: demo test check format lint types setup clean constraints known-parts audit bench-quality bench-reading bench-summaries bench-pages \
        bench-delivery bench-digests bench-finding bench-finding-quality bench-matching bench-instances bench-round bench-start

demo: $(READY)
	@$(BIN)/python -m bot demo

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY) lint types
	$(BIN)/python -m pytest

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

setup: $(READY)

# The environment: pinned versions with hashes, then this project without looking for anything else.
$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=…")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo "The venv module is missing: apt install python3-venv" >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

# Renew the pins (needs uv): versions and hashes of every platform, no addresses.
constraints:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate --upgrade -o constraints.txt

# After a change of topics, addressees or laws: their words, taken apart beforehand (feeds/known_parts.json).
known-parts: $(READY)
	$(BIN)/python -m feeds.learn_parts

# How much of the documents' facts is found, and how our summaries and our web pages do against other libraries'.
bench-quality: $(READY)
	$(BIN)/python -m benchmarks.reading_quality

bench-reading: $(READY)
	$(BIN)/python -m benchmarks.reading

bench-summaries: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target .bench-packages \
	    -r benchmarks/requirements-summaries.txt
	PYTHONPATH=.bench-packages $(BIN)/python -m benchmarks.summaries

bench-pages: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target .bench-packages \
	    -r benchmarks/requirements-pages.txt
	PYTHONPATH=.bench-packages $(BIN)/python -m benchmarks.pages

# How fast messages go out beside python-telegram-bot's own means, and how long an answer waits meanwhile. CHATS=10000 is
# the full broadcast, which takes six minutes for each of the two.
CHATS ?= 1000
bench-delivery: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target .bench-packages \
	    -r benchmarks/requirements-delivery.txt
	PYTHONPATH=.bench-packages $(BIN)/python -m benchmarks.delivery speed
	PYTHONPATH=.bench-packages $(BIN)/python -m benchmarks.delivery answers
	PYTHONPATH=.bench-packages $(BIN)/python -m benchmarks.delivery broadcast --chats $(CHATS)

bench-digests: $(READY)
	$(BIN)/python -m benchmarks.digests

# Look-ups over 100,000 resolutions; how near they come to what a reader would name; news against 1,000,000 subscriptions.
bench-finding: $(READY)
	$(BIN)/python -m benchmarks.finding

bench-finding-quality: $(READY)
	$(BIN)/python -m benchmarks.finding_quality

bench-matching: $(READY)
	$(BIN)/python -m benchmarks.matching

# Three instances on one PostgreSQL, one of them killed. RATE: commands a second.
RATE ?= 200
bench-instances: $(READY)
	$(BIN)/python -m benchmarks.instances --rate $(RATE)

# 1,000 sources that answer “not modified”, beside a bare loop; the program's start and memory beside the smallest bot.
bench-round: $(READY)
	$(BIN)/python -m benchmarks.round

bench-start: $(READY)
	$(BIN)/python -m benchmarks.start

# Known holes in the pinned versions, as far as the package index knows them.
audit: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade --target .audit-packages pip-audit==2.10.1
	PYTHONPATH=.audit-packages $(BIN)/python -m pip_audit --disable-pip --require-hashes -r constraints.txt --progress-spinner off

clean:
	rm -rf $(VENV) .bench-packages .audit-packages .mypy_cache .ruff_cache .pytest_cache *.egg-info build
