# The only door. `make help` prints what there is.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= python3
DOCKER ?= docker
UV := .tools/bin/uv
RUN := $(UV) run --frozen --no-sync
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := $(PYTHON)
export UV_NO_PROGRESS := 1
export PYTHONWARNINGS :=

WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' 2>/dev/null)

.PHONY: help run test check bench fmt setup unit e2e openapi infra clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: setup ## Start a whole shop at http://localhost:3000 (PORT= and XPRESSBUY_DATA_DIR= change it)
	@$(RUN) python -m xpressbuy.local

test: setup .tools/browser ## Set up, then every check and every test, browser included
	@$(MAKE) --no-print-directory check
	@cd web && npm test --silent
	@$(RUN) pytest -n 2 -m "not e2e"
	@$(RUN) pytest -m e2e

check: setup ## Linters, types, import contracts, size limits, generated files up to date
	@$(RUN) ruff format --check -q .
	@$(RUN) ruff check -q .
	@$(RUN) mypy
	@$(RUN) lint-imports
	@$(RUN) python -m tools.openapi --check
	@cd web && npm run --silent check

unit: setup ## The Python tests without the browser
	@$(RUN) pytest -n 2 -m "not e2e"

e2e: setup .tools/browser ## Only the browser tests
	@$(RUN) pytest -m e2e

soak: setup ## The tests that take minutes: fifty replacements under load, a connection that rests
	@$(RUN) pytest -m soak

image: ## Build the container image with a container engine (DOCKER=podman for another one)
	@$(DOCKER) info >/dev/null 2>&1 || { echo "No container engine answers to $(DOCKER). Start one; \`make test\` checks the image without."; exit 2; }
	$(DOCKER) build --pull --tag xpressbuy .

bench: setup ## Measure, and write bench/results/*.json
	@$(RUN) python -m bench

fmt: setup ## Format everything
	@$(RUN) ruff format -q .
	@$(RUN) ruff check -q --fix .
	@cd web && npm run --silent fix

openapi: setup ## Write the generated files anew: API description, web client types, settings page
	@$(RUN) python -m tools.openapi
	@$(RUN) python -m tools.settings_page
	@cd web && npm run --silent generate

infra: setup ## Write the CloudFormation templates anew from infra/
	@$(RUN) python -m infra

setup: .tools/ready .venv/ready tools/local-aws/.venv/ready web/storefront/dist/ready ## Install and build what is missing (the others call it)

.tools/ready: tools/bootstrap.py
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Python 3.11 or newer is needed: install it, or say where it is with PYTHON=."; exit 2; }
	@$(PYTHON) tools/bootstrap.py
	@touch $@

.venv/ready: .tools/ready pyproject.toml uv.lock
	@echo "Installing the Python packages …"
	@$(UV) sync --frozen --quiet
	@touch $@

tools/local-aws/.venv/ready: .tools/ready tools/local-aws/pyproject.toml tools/local-aws/uv.lock
	@echo "Installing the local AWS …"
	@$(UV) sync --frozen --quiet --project tools/local-aws
	@touch $@

web/node_modules/.ready: .tools/ready web/package.json web/package-lock.json $(wildcard web/*/package.json web/packages/*/package.json)
	@echo "Installing the web packages …"
	@cd web && npm ci --silent --no-audit --no-fund
	@touch $@

web/storefront/dist/ready: web/node_modules/.ready $(WEB_SOURCES)
	@echo "Building the storefront …"
	@cd web && npm run --silent build
	@touch $@

.tools/browser: .tools/ready tools/browser.py
	@$(PYTHON) tools/browser.py

clean: ## Remove what was installed and built; the shop's data in .xpressbuy/ stays
	rm -rf .tools .venv tools/local-aws/.venv web/node_modules web/*/dist build
