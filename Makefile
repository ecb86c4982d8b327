# Everything a person does here, from an empty clone: `make demo`, `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

# Any Python from 3.11 on; constraints.txt was locked on 3.11.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
# On Linux, PyPI's torch is a CUDA build of several GB. `make setup TORCH_INDEX=https://download.pytorch.org/whl/cpu`
# takes the small CPU build instead.
TORCH_INDEX ?=
# Where `make demo` writes its page, and the article it reads.
OUT ?= out
ARTICLE ?= samples/article.txt
# The file or folder of articles that `make bench` reads.
ARTICLES ?= samples
PYTEST_ARGS ?=

BIN := $(VENV)/bin
# Modules are compiled at their first import, which is quicker than compiling all of torch here.
PIP := $(BIN)/pip --disable-pip-version-check install -q --no-compile -c constraints.txt
RUN_STAMP := $(VENV)/.stamp-run
DEV_STAMP := $(VENV)/.stamp-dev
TRAIN_STAMP := $(VENV)/.stamp-train

.PHONY: help
help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.PHONY: setup
setup: $(RUN_STAMP)  ## what the program needs, in its own .venv

# pip is the last thing that venv puts there, so half an environment is made again.
$(BIN)/pip:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "Hadath needs Python 3.11 or newer: install it, or name it with make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "this Python has no venv: sudo apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) (once)"
	@"$(PYTHON)" -m venv "$(VENV)"

$(RUN_STAMP): pyproject.toml constraints.txt | $(BIN)/pip
	@echo "Installing what the program needs"
	@$(PIP) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX) torch && $(PIP)) -e .
	@touch $@

$(DEV_STAMP): $(RUN_STAMP)
	@echo "Installing what the tests need"
	@$(PIP) -e '.[dev]'
	@touch $@

$(TRAIN_STAMP): $(RUN_STAMP)
	@$(PIP) -e '.[train]'
	@touch $@

.PHONY: demo
demo: $(RUN_STAMP)  ## the sample article: its triples, a Cypher question, a graph to open
	@$(BIN)/python -m scripts.demo $(ARTICLE) --output $(OUT)

.PHONY: serve
serve: $(RUN_STAMP)  ## the API and the explorer
	@$(BIN)/python -m scripts.serve

.PHONY: test
test: $(DEV_STAMP) browser  ## all tests, with models, server and browser
	@$(BIN)/pytest $(PYTEST_ARGS)

.PHONY: check
check: lint  ## what to run before a commit: lint and the fast tests
	@$(BIN)/pytest -q -m "not models and not server and not browser" $(PYTEST_ARGS)

.PHONY: lint
lint: $(DEV_STAMP)  ## ruff, mypy, and that the generated files are current
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/python -m scripts.generate --check

.PHONY: format
format: $(DEV_STAMP)  ## ruff's fixes and form
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

.PHONY: generate
generate: $(RUN_STAMP)  ## schema/generated and docs/ontology.md from schema/ontology.yaml
	@$(BIN)/python -m scripts.generate

.PHONY: bench
bench: $(RUN_STAMP)  ## words per second, start-up, memory
	@$(BIN)/python -m scripts.benchmark $(ARTICLES)

.PHONY: train-setup
train-setup: $(TRAIN_STAMP)  ## what training the models needs

# A page test needs Chromium and an Arabic font. As root on Debian they are installed; elsewhere a line says how.
.PHONY: browser
browser:
	@if command -v chromium >/dev/null && [ -n "$$(fc-list :lang=ar family 2>/dev/null)" ]; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium and an Arabic font for the page tests"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium fonts-noto-core fontconfig >/dev/null; \
	elif [ "$${CI:-}" = true ]; then \
	  echo "the page tests need Chromium: apt-get install chromium fonts-noto-core fontconfig" >&2; exit 1; \
	else \
	  echo "No Chromium or Arabic font here, so the page tests will be skipped; to run them:" \
	       "sudo apt-get install chromium fonts-noto-core fontconfig" >&2; \
	fi

.PHONY: clean
clean:  ## stop the graph server; remove what was made here (the environment, the graph, the page)
	@[ ! -x $(BIN)/python ] || $(BIN)/python -m scripts.status --stop >/dev/null 2>&1 || true
	@rm -rf "$(VENV)" .hadath "$(OUT)" *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
