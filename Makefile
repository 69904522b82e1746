# The daily commands. Each one is a script of the same name under scripts/.
.DEFAULT_GOAL := help
.PHONY: help setup run dev build check test flows sqlx stop size bench

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Set up, build and serve the portal on 127.0.0.1:3000 with the demonstration set
	@scripts/run

dev: ## Watch loop: rebuild and restart on every change
	@scripts/dev

test: ## Everything a change must pass: format, lints, tests, .sqlx, release build, browser flows
	@scripts/test

check: ## Format and lints only
	@scripts/setup --tests
	@scripts/check

build: ## Release build: server, split wasm, pre-compressed site
	@scripts/setup
	@scripts/build

flows: build ## Browser flows only; ARGS="--project=phone" goes to Playwright
	@scripts/setup --tests
	@scripts/flows $(ARGS)

sqlx: ## Write .sqlx anew, after a change of a query or a migration
	@scripts/setup
	@scripts/sqlx

size: build ## Bytes of a first visit, against bench/budgets.toml
	@scripts/size

bench: build ## Requests a second and CPU time a request, each against pgbench
	@scripts/bench

setup: ## Install what is missing, nothing else
	@scripts/setup

stop: ## Stop the private Postgres
	@scripts/postgres stop
