# Crossborder: `make` alone prints the commands.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PY ?= $(shell command -v python3.11 || command -v python3)
UV := $(shell command -v uv)
V := .venv/bin
PIP := $(V)/python -m pip --disable-pip-version-check --quiet

LOCK = $(V)/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	--python-version 3.11 $(LOCK_OPTIONS)

# Options of `make lock`, for instance: make lock LOCK_OPTIONS=--upgrade
LOCK_OPTIONS ?=
# Options of `make start`, for instance: make start OPTIONS="--no-browser --port 9000"
OPTIONS ?=

# The browser's half of a served page: its sources, and where it is built to
FRONT := lib/crossborder/serve/front
BUILT := lib/crossborder/serve/share/jupyter/voila/templates/crossborder/static/built

.PHONY: help start lab test check lock bench soak clean browser

help: ## print this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-8s %s\n' "$$name" "$$text"; done

start: .venv/.warm .venv/.front ## open the workbench in the browser (first time: builds .venv)
	@exec $(V)/python -m crossborder.serve $(OPTIONS)

lab: .venv/.warm ## open the same notebooks in JupyterLab, to read and change the code
	@exec $(V)/python -m jupyterlab --notebook-dir=notebooks --ServerApp.ip=127.0.0.1 \
		$(if $(filter 0,$(shell id -u)),--allow-root) $(OPTIONS)

test: .venv/.dev .venv/.warm .venv/.front browser ## run every test: library, notebooks, server, browser, house rules
	@failed=0; \
	$(V)/python -m pytest lib tests $(wildcard notebooks) --ignore=tests/browser --ignore=tests/serve \
		--doctest-modules --nbval-lax -n 2 --dist loadfile -q || failed=1; \
	$(V)/python -m pytest tests/serve tests/browser -q || failed=1; \
	exit $$failed

check: .venv/.dev ## style, types, import contracts, spelling
	$(V)/ruff check .
	$(V)/ruff format --check .
	$(V)/mypy
	$(V)/lint-imports
	$(V)/codespell

lock: .venv/.dev ## write the hash-locked files again after a change of requirements*.in
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-dev.in --output-file requirements-dev.txt --constraint requirements.txt
	$(LOCK) requirements-build.in --output-file requirements-build.txt
	$(V)/python binder/write_environment.py

bench: .venv/.dev .venv/.warm .venv/.front ## measure speed side by side with other libraries (minutes)
	$(V)/python benchmarks/run.py $(OPTIONS)

soak: .venv/.dev .venv/.warm .venv/.front browser ## the long versions of load, coverage and fuzz tests (an hour)
	$(V)/python -m pytest tests -m soak -q

clean: ## remove .venv and everything that was built
	rm -rf .venv build dist $(BUILT) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- set-up: one stamp per step, each depending on what it was made from ---------------------------------------------

# uv is faster where it is at hand; where it cannot reach the packages, pip may know the way
define install
	$(if $(UV),$(UV) pip install --quiet --compile-bytecode --python $(V)/python --require-hashes -r $(1) || )$(PIP) install --require-hashes -r $(1)
endef

$(V)/python:
	@test -n "$(PY)" || { echo "Python 3.11 or newer is needed and was not found. On Debian: apt-get install python3.11-venv"; exit 1; }
	@"$(PY)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; $(PY) is $$("$(PY)" --version 2>&1). Name another one: make start PY=/path/to/python3.11"; exit 1; }
	@"$(PY)" -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "$(PY) cannot make a virtual environment. On Debian: apt-get install python3.11-venv"; exit 1; }
	@echo "Making .venv with $$("$(PY)" --version)."
	@"$(PY)" -m venv .venv

.venv/.run: requirements.txt pyproject.toml | $(V)/python
	@echo "Installing the packages named in requirements.txt; the first time takes a minute or two."
	@$(call install,requirements.txt)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(V)/python -m crossborder.serve.assets
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Installing the test tools named in requirements-dev.txt."
	@$(call install,requirements-dev.txt)
	@touch $@

.venv/.warm: .venv/.run $(wildcard lib/crossborder/market/*.py)
	@echo "Compiling the simulation; this happens once."
	@$(V)/python -m crossborder.market.warm
	@touch $@

# Where this cannot be built the workbench serves Voila's own front end, and says why
.venv/.front: requirements-build.txt $(wildcard $(FRONT)/*.json $(FRONT)/*.mjs $(FRONT)/src/*) lib/crossborder/serve/build.py .venv/.run
	@echo "Building the pages' front end; this happens once."
	@($(call install,requirements-build.txt)) || echo "Node could not be installed."
	@$(V)/python -m crossborder.serve.build
	@touch $@

# Browser tests need Chromium, Firefox and a Chinese font from Debian. Where they cannot be installed the tests say so and fail.
browser:
	@missing=""; \
	command -v chromium >/dev/null || missing="chromium"; \
	command -v firefox-esr >/dev/null || command -v firefox >/dev/null || missing="$$missing firefox-esr"; \
	fc-list :lang=zh-cn 2>/dev/null | grep -q . || missing="$$missing fonts-noto-cjk fontconfig"; \
	test -z "$$missing" && exit 0; \
	if test "$$(id -u)" = 0; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else as_root="none"; fi; \
	if command -v apt-get >/dev/null && test "$$as_root" != none; then \
		echo "Installing from Debian:$$missing" | tr -s ' '; \
		$$as_root env DEBIAN_FRONTEND=noninteractive sh -c "apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing" >/dev/null && exit 0; \
	fi; \
	echo "The browser tests will fail: please install $$missing (Debian: apt-get install $$missing)." | tr -s ' '
