# Lantern's commands. Each sets up what it needs; `make` alone lists them.

PYTHON ?= python3
MACHINE = exec $(PYTHON) -m vod.machine

.DEFAULT_GOAL := help
.PHONY: help run test check bench format schema lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: python ## Start Lantern here (PORT, HOST, VOD_HOME, VOD_ADMIN_EMAIL, VOD_ADMIN_PASSWORD, VOD_DEMO=0)
	@$(MACHINE) run

test: python ## Run every test (ARGS="-k name" for some of them)
	@$(MACHINE) test

check: python ## Format, lint, types, import rules, schema, migrations, deployment
	@$(MACHINE) check

bench: python ## Run the benchmarks
	@$(MACHINE) bench

format: python ## Format all sources in place
	@$(MACHINE) format

schema: python ## Print the API's schema anew
	@$(MACHINE) schema

lock: python ## Pin requirements*.in into requirements*.txt (UPGRADE=1 for the newest)
	@$(MACHINE) lock

clean: python ## Remove the environment and the build, never the library
	@$(MACHINE) clean

.PHONY: python
python:
	@command -v $(PYTHON) >/dev/null || { echo "Lantern needs Python 3.11 or newer, and there is no $(PYTHON) here. Install one, or name one: make run PYTHON=python3.12" >&2; exit 1; }
