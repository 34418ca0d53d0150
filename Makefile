# Every command a newcomer needs. `make demo` and `make test` set everything up first.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# The newest CPython from 3.11 on that is on the PATH and really runs.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# Twice quiet: a newcomer need not read which of this machine's own package sources pip passed over; errors are shown.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet
EVIDENCE ?=
# Compiling is half of a cold start: containers that forbid bytecode would pay for it at every command.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup setup-dev demo up test check test-services coverage deploy-check sbom proofs bench hybrid-bench load web-scan nightly docs fuzz contact-sheet format lock clean

help: ## show these lines
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(VENV)/.core: requirements.lock pyproject.toml setup.py
	@test -n "$(PYTHON)" || { echo "SGD needs Python 3.11 or newer on the PATH" >&2; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the core from requirements.lock (about a minute, once) ..."
	@$(PIP) install --no-deps --no-compile --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.core
	@echo "Installing the development tools from requirements-dev.lock ..."
	@$(PIP) install --no-deps --no-compile --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.core ## install what running needs
setup-dev: $(VENV)/.dev ## install what developing needs

demo: setup ## two orgs, real brand kits, end to end (EVIDENCE=dir for your own files)
	@$(BIN)/sgd demo $(if $(EVIDENCE),--evidence '$(subst ','\'',$(value EVIDENCE))')

up: setup ## serve until Ctrl-C: Dagster UI on 3000, API on 8000
	@$(BIN)/sgd up

check: setup-dev ## format, lint, types, import rules, unused code, fast tests
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache
	@{ $(BIN)/mypy && $(BIN)/vulture && $(BIN)/python -m sgd_api.http.openapi --check; } > .mypy.log 2>&1 & types=$$!; tests=0; \
	$(BIN)/pytest -q -n 2 --dist loadfile --ignore tests/services --hypothesis-profile check -m "not slow and not services and not embedded" || tests=$$?; \
	wait $$types || { cat .mypy.log; exit 1; }; rm -f .mypy.log; exit $$tests

test: setup-dev ## all tests against the real embedded services
	@$(BIN)/pytest -q -n 2 --dist loadfile --ignore tests/services -m "not services"

test-services: setup-dev ## tests that need Debian packages (ClamAV, Chromium) or local servers
	@bash tests/services/install.sh
	@$(BIN)/pytest -q -n 2 --dist loadfile tests/services

coverage: setup-dev ## all tests once more, with how much of the code they reach; less than 85 % is a failure
	@mkdir -p reports
	@code=0; $(BIN)/pytest -q -n 2 --dist loadfile --ignore tests/services -m "not services" --junit-xml reports/pytest.xml \
	--cov sgd_resources --cov sgd_assets --cov sgd_api --cov-report xml:reports/coverage.xml --cov-report "" --cov-fail-under 85 || code=$$?; \
	$(BIN)/coverage report --skip-covered --sort cover > reports/coverage.txt || true; tail -n 1 reports/coverage.txt; exit $$code

deploy-check: setup-dev ## image, compose, gateway, manifests, infrastructure, workflows: linted and against their schemas
	@$(BIN)/pytest -q tests/deploy tests/tools/api_examples

proofs: setup-dev ## the acceptance criteria, each by really running its tests: reports/proofs.json
	@bash tests/services/install.sh
	@$(BIN)/python -m tests.proofs

sbom: ## bill of materials of requirements.lock, CycloneDX (needs uv)
	@mkdir -p reports
	@uvx --quiet --from cyclonedx-bom==7.5.0 cyclonedx-py requirements requirements.lock --pyproject pyproject.toml \
	--output-format JSON --output-file reports/sbom.cdx.json --output-reproducible

bench: setup-dev ## speed beside a peer, in the same run
	@$(BIN)/python -m tests.benchmarks

hybrid-bench: setup ## canons with and without a model's help, scored against truths (EVIDENCE=dir for your own brands)
	@$(BIN)/sgd canon evaluate $(if $(EVIDENCE),'$(subst ','\'',$(value EVIDENCE))')

contact-sheet: setup-dev ## pictures of every format and task in var/contact-sheet, to be looked at
	@$(BIN)/python -m tools.contact_sheet var/contact-sheet $(if $(BRANDS),--brands $(BRANDS))

load: setup-dev ## soak, spike, users, analyses and a backfill beside renders here; reports/load.html (SHORT=1: a minute)
	@nice $(BIN)/python -m tests.load $(if $(SHORT),--short) $(LOADS)

web-scan: setup-dev ## a packaged scanner against every operation and page; reports/web_scan.html (wapiti, uv, or its own environment)
	@$(BIN)/python -m tests.web_scan $(if $(SHORT),--seconds 60)

# A part that fails is told and the others run: one night tells of all of them.
nightly: setup-dev ## what is too long for every commit: load, faults, scan, restore drill, standby, runbooks, search, other engines
	@failed=0; part() { echo "=== $$*"; "$$@" || { echo "=== failed: $$*" >&2; failed=1; }; }; \
	part nice $(BIN)/python -m tests.load $(if $(SHORT),--short); \
	part $(BIN)/python -m tests.web_scan $(if $(SHORT),--seconds 60); \
	part nice $(BIN)/python -m tests.load.faults $(if $(SHORT),--seconds 15); \
	part $(BIN)/pytest -q tests/services/test_restore_drill.py tests/services/test_postgres_standby.py tests/services/test_runbooks.py; \
	part $(BIN)/python -m tests.benchmarks.search_languages; \
	part $(BIN)/python -m tests.nightly; \
	part $(BIN)/python -m tests.kills; \
	exit $$failed

docs: setup-dev ## the site of docs/ in var/site, strict: a link to nowhere fails
	@NO_MKDOCS_2_WARNING=1 PYTHONPATH=. $(BIN)/mkdocs build --quiet

fuzz: setup-dev ## a short coverage-guided run against the evidence gate
	@$(BIN)/python -m tests.fuzz

format: setup-dev ## rewrite the sources in the house format
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .

# tokenizers names a hub client that only downloads; nothing is downloaded at run time, so it is not installed (30 MB).
LOCK := uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
	--python-version 3.11 --no-emit-package huggingface-hub --no-emit-package hf-xet -q
lock: ## re-pin every dependency with hashes (needs uv)
	@$(LOCK) -o requirements.lock
	@$(LOCK) --group dev -o requirements-dev.lock
	@$(LOCK) --extra otel --extra documentai -c requirements.lock -o requirements-image.lock
	@$(LOCK) --extra otel --extra documentai --extra k8s -c requirements.lock -o requirements-k8s.lock

clean: ## stop what runs here and remove var/ and the environment
	@test ! -x $(BIN)/sgd || $(BIN)/sgd down --quiet || true
	@rm -rf var $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
