# The few commands of the house. `make run` and `make test` are all a newcomer needs.
SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python
.DEFAULT_GOAL := help
.PHONY: help install run demo test check soak bench judge mutants lock clean

help:
	@echo "make run      serve the playground on http://127.0.0.1:8765"
	@echo "make demo     play one whole conversation in the terminal (LANG_=zh for Chinese)"
	@echo "make test     install what the tests need and run all of them"
	@echo "make check    lint, types, import rules, locks, docs, playbooks"
	@echo "make soak     ten minutes of servers, workers and faults at random (ARGS='--seed 9 --shrink')"
	@echo "make bench    measure speed and print a table"
	@echo "make judge    learn what the coach's judge knows from the labelled texts"
	@echo "make mutants  how many changes its tests notice (ARGS='emptiness --sample 60 --seed 7')"
	@echo "make install  only prepare .venv, with the candor command in it"

install: $(VENV)/.installed

$(VENV)/.installed: requirements/run.txt pyproject.toml
	@sh deploy/venv.sh $(VENV)
	@$(PY) -m pip install --quiet --require-hashes -r requirements/run.txt
	@$(PY) -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements/dev.txt $(VENV)/.installed
	@$(PY) -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

run: install
	@$(VENV)/bin/candor serve

demo: install
	@$(VENV)/bin/candor play --language "$(or $(LANG_),en)"

test: $(VENV)/.installed-dev
	@sh deploy/chromium.sh $(PY) > .chromium || { cat .chromium >&2; rm -f .chromium; exit 2; }
	@CANDOR_CHROMIUM="$$(cat .chromium)" $(PY) -m pytest -q -n 3 --dist worksteal $(ARGS)

check: $(VENV)/.installed-dev
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-cache
	@$(PY) -m tests.docs.checks
	@$(VENV)/bin/candor check

soak: $(VENV)/.installed-dev
	@$(PY) -m tests.soak $(ARGS)

bench: $(VENV)/.installed-dev
	@$(PY) -m bench

judge: $(VENV)/.installed-dev
	@$(PY) -m pip install --quiet --require-hashes -r requirements/learn.txt
	@$(PY) -W ignore -m tests.coaching.learning

mutants: $(VENV)/.installed-dev
	@$(PY) -u -m tests.mutants $(ARGS)

lock:
	@$(PY) -m uv pip compile --universal --generate-hashes --no-header --no-annotate -q \
	  --python-version 3.11 pyproject.toml --group build -o requirements/run.txt
	@$(PY) -m uv pip compile --universal --generate-hashes --no-header --no-annotate -q \
	  --python-version 3.11 pyproject.toml --extra postgres --group build -c requirements/run.txt -o requirements/server.txt
	@$(PY) -m uv pip compile --universal --generate-hashes --no-header --no-annotate -q \
	  --python-version 3.11 pyproject.toml --extra postgres --extra traces --group dev -c requirements/run.txt -o requirements/dev.txt
	@$(PY) -m uv pip compile --universal --generate-hashes --no-header --no-annotate -q \
	  --python-version 3.11 --group learn -o requirements/learn.txt

clean:
	@rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
