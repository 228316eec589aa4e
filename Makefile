.PHONY: run test check bench nightly lock

run: ## Start coprod on 127.0.0.1:8000 with demo data
	@./dev run

test: ## Every test a fresh machine can run
	@./dev test

check: ## Lint, types, import contracts
	@./dev check

bench: ## Figures beside the peers
	@./dev bench

nightly: ## The long counts: faults, races, attacks, half an hour under load
	@./dev nightly

lock: ## Pin the Python packages anew
	@./dev lock

help: ## This list
	@grep -hE "^[a-z]+:.*## " Makefile | sed "s/:.*## /\t/"
