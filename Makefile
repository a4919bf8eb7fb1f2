# Industry Brain. `make` alone lists what can be made.

PYTHON ?= python3
BIN := .venv/bin
STAGES := $(PYTHON) tools/stages.py

.DEFAULT_GOAL := help
.PHONY: help demo test setup lint types check messages benchmark screenshots api clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

demo:  ## set up, build the reference cluster once, and serve it at http://127.0.0.1:8000 (BRAIN_PORT=… for another port)
	@$(STAGES) demo
	@exec $(BIN)/brain demo

test: setup  ## set up and run every check and test, on SQLite and, where there is one, on PostgreSQL
	@$(BIN)/python -m tools.checks all

setup:  ## everything a developer needs in .venv, front-end built
	@$(STAGES) test

lint: setup  ## ruff, formatting, import contracts
	@$(BIN)/python -m tools.checks lint format imports

types: setup  ## mypy --strict
	@$(BIN)/python -m tools.checks types

check: setup  ## everything but the tests: lint, types, messages
	@$(BIN)/python -m tools.checks lint format types imports messages

messages: setup  ## merge and compile the Chinese messages, then name what is missing or unused
	@$(BIN)/python -m tools.catalogue
	@$(BIN)/python -m tools.catalogue --check

api: setup  ## write the OpenAPI document that the tests compare with (docs/reference/openapi.json)
	@$(BIN)/python -m tools.openapi

benchmark: setup  ## measure awards, shares, imports and pages; results in benchmarks/results
	@$(BIN)/python -m benchmarks

screenshots: setup  ## take the pictures of the documentation from a running demo, with Chromium
	@$(BIN)/python -m tools.screenshots

clean:  ## remove everything that was built (the demo's data in var/ stays)
	rm -rf .venv node_modules src/industry_brain/web/static/dist src/industry_brain/web/ssr staticfiles
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	rm -f src/industry_brain/locale/*/LC_MESSAGES/django.mo src/industry_brain/locale/*/LC_MESSAGES/django.po
	find src tests tools benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
