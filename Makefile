# `make help` lists what there is. Nothing here needs an environment variable set by hand.

SWIFT ?= swift
SWIFT_BUILD_FLAGS ?= --explicit-target-dependency-import-check error
export SWIFT

sources = $(wildcard Sources Tests Benchmarks Package.swift)
# The suites that compare with checked-in files, which `generate` writes anew.
recording = $(basename $(notdir $(shell grep -rl --include='*.swift' expectSnapshot Tests 2>/dev/null)))
# Suites of whole servers that are stopped and killed: beside all others they would wait for the machine and not for
# each other.
alone = ServerFaultTests
empty :=
space := $(empty) $(empty)
any-of = '(^|\.)($(subst $(space),|,$(strip $(1))))[./]'

.DEFAULT_GOAL := help
.PHONY: help setup build demo test quick verify lint format ci conformance bench bench-access bench-board bench-connections bench-gate bench-scenario generate clean build-tests
# One build at a time: they share a folder.
.NOTPARALLEL:

help: ## list these targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '  make %-11s %s\n' "$$name" "$$text"; done

setup: ## install what is missing to build and test
	@Scripts/setup

build: setup ## build the release executable, .build/release/slipway
	$(SWIFT) build -c release $(SWIFT_BUILD_FLAGS)

demo: build ## build, then show a whole cutover on a private PostgreSQL
	.build/release/slipway demo

build-tests: setup
	$(SWIFT) build --build-tests $(SWIFT_BUILD_FLAGS)

test: build-tests ## everything, on SQLite and on a PostgreSQL it starts itself
	Scripts/test $(SWIFT_BUILD_FLAGS) --skip $(call any-of,$(alone))
	Scripts/test $(SWIFT_BUILD_FLAGS) --filter $(call any-of,$(alone))

quick: build-tests ## seconds: the domain, SQL on SQLite, and tidiness
	SLIPWAY_TEST_BACKENDS=sqlite Scripts/test $(SWIFT_BUILD_FLAGS) \
		--filter $(call any-of,SlipwayDomainTests SlipwaySQLTests TidyTests)

lint:
	$(SWIFT) format lint --strict --recursive --parallel $(sources)

verify: lint build-tests ## formatting, tidiness, and generated files up to date
	CI=true Scripts/test $(SWIFT_BUILD_FLAGS) --filter $(call any-of,TidyTests $(recording))

format: ## format the sources in place
	$(SWIFT) format --in-place --recursive --parallel $(sources)

conformance: build-tests ## check the running server by its document, a storm of starts and sign-ins in a browser; the lab, keys and packets
	@Scripts/setup conformance
	Tests/Conformance/api
	Tests/Conformance/storm
	Tests/Conformance/login
	Tests/Conformance/lab
	Tests/Conformance/keys
	Tests/Conformance/packets

# `verify` is formatting and some of the tests; all of the tests hold the rest of it.
ci: export CI = true
ci: lint test conformance ## verify, test and check the running server, building once

bench: build ## compare a large cutover with the usual loader
	@Scripts/setup bench
	Benchmarks/cutover

bench-gate: build ## compare starts, drain and dispatch with the queues that install from PyPI
	@Scripts/setup bench-gate
	Benchmarks/gate

bench-access: build ## measure decisions a second, and whether a 404 tells by its time what is hidden
	Benchmarks/access

bench-board: build ## compute boards of 500 checks, with more and more ways to choose among
	.build/release/gate-bench board

bench-connections: build ## rotate the key under 100,000 credentials that are read, and change defaults from many sides
	Benchmarks/connections

bench-scenario: build ## append to the Scenario Store, in batches and one by one
	Benchmarks/scenario

generate: build-tests ## write the checked-in snapshots anew; read the difference before you keep it
	env -u CI SLIPWAY_RECORD=1 $(SWIFT) test --skip-build --disable-xctest $(SWIFT_BUILD_FLAGS) --filter $(call any-of,$(recording))

clean: ## remove what was built
	$(SWIFT) package clean
