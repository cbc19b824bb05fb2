# make help tells what there is. The work behind run and test is in build/setup.

WINDOW_TAGS := desktop,production,webkit2_41
DEV_TAGS := dev,webkit2_41
LINT := go tool -modfile=build/tools/go.mod golangci-lint

# Without cgo the command line and every test but those of the window need no C compiler and no GTK.
WITHOUT_CGO := CGO_ENABLED=0

# A copy without its history, or one that belongs to somebody else, builds like any other.
export GOFLAGS := $(filter-out -buildvcs=%,$(GOFLAGS)) -buildvcs=false
export MAKE

# The browser goes by several names.
export CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.DEFAULT_GOAL := help

##@ Everyday
.PHONY: run
run: ## Install what is missing, build, and open the window; without a display, make the sample's dossiers
	@build/setup/languages.sh go
	@build/setup/run.sh

.PHONY: test
test: ## Install what is missing and check everything
	@build/setup/languages.sh go node
	@build/setup/packages.sh test
	@rm -rf out/steps
	@{ $(MAKE) --no-print-directory step/page && $(MAKE) --no-print-directory --jobs=2 --output-sync=target $(STEPS:%=step/%); }; \
	build/setup/summary.sh $$?

.PHONY: test-long
test-long: ## What takes minutes: the campaign of faults, all tests under the race detector, and fuzzing
	@build/setup/languages.sh go node
	@build/setup/packages.sh test
	@$(MAKE) --no-print-directory campaign
	go test -race -timeout 60m ./...
	go test -timeout 60m ./internal/library -run TestWhateverHappens -rapid.checks=3000
	go test -timeout 60m ./internal/dossier/seal -run TestAFlippedBit -full
	build/setup/fuzz.sh 60s

.PHONY: campaign
campaign: ## Disturb the program at its work in every way, and say what was lost; SEED=N for the same once more
	@build/setup/languages.sh go
	@build/setup/packages.sh test
	@mkdir -p out
	$(WITHOUT_CGO) go test -c -o out/faults.test ./internal/faults
	cd internal/faults && ../../out/faults.test -full $(if $(SEED),-seed $(SEED))

.PHONY: bench-record
bench-record: ## Hold appending and searching to their limits: one table, and what does not hold fails
	@build/setup/languages.sh go
	@build/setup/packages.sh test
	$(WITHOUT_CGO) go test -run '^$$' -bench '^BenchmarkRecord$$' -benchtime 1x -timeout 30m ./internal/library

.PHONY: bench-mail
bench-mail: ## Hold the import of mail to its limits beside mbsync; PART=near, far, memory or library for that alone
	@build/setup/languages.sh go
	@build/setup/packages.sh bench
	$(WITHOUT_CGO) go test -run '^$$' -bench '^BenchmarkMail$$$(if $(PART),/^$(PART)$$)' -benchtime 1x -timeout 60m ./internal/casework

.PHONY: bench-dossier
bench-dossier: build/bench/dossier/node_modules ## Hold the making of a dossier to its limits beside typst and others; PART=peers, growth or recordings for that alone
	@build/setup/languages.sh go node
	@build/setup/packages.sh bench
	$(WITHOUT_CGO) go test -run '^$$' -bench '^BenchmarkDossier$$$(if $(PART),/^$(PART)$$)' -benchtime 1x -timeout 60m ./internal/casework

# typst comes as a module of Node, with a package for each platform: npm ci wants all of them in the lock, npm install
# takes that of this one. Where it can't be had, the table says so.
build/bench/dossier/node_modules: build/bench/dossier/package-lock.json
	-npm --prefix build/bench/dossier install --no-save --silent && touch $@

.PHONY: bench-window
bench-window: window-build ## Hold the start of the window to that of an empty one
	CGO_ENABLED=1 go build -tags $(WINDOW_TAGS),inspect -o out/window/empty ./build/bench/empty
	node --no-warnings --experimental-websocket frontend/e2e/bench-window.mjs

.PHONY: pictures
pictures: window-build ## Take pictures of every screen into out/pictures; README=1 for those of the README
	npm --prefix frontend run --silent pictures -- $(if $(README),--readme)

.PHONY: bench-page
bench-page: window-build ## Hold the page to its limits on 10,000 contacts and on 5,000 found emails: two tables, and what does not hold fails
	node frontend/e2e/bench.mjs
	node frontend/e2e/bench-review.mjs

.PHONY: build
build: page ## Build the program with its window: bin/constancia
	@build/setup/packages.sh window
	CGO_ENABLED=1 go build -tags $(WINDOW_TAGS) -ldflags "-s -w" -o bin/constancia .

.PHONY: build-cli
build-cli: ## Build the program without a window, for which Go is enough: bin/constancia-cli
	$(WITHOUT_CGO) go build -ldflags "-s -w" -o bin/constancia-cli .

.PHONY: fmt
fmt: node_modules ## Format the Go code and the page
	gofmt -w $(GO_FOLDERS)
	npm --prefix frontend run --silent format

.PHONY: bindings
bindings: ## Generate again what the page calls the Go code by
	build/setup/bindings.sh write

.PHONY: clean
clean: ## Remove all that was built or installed here
	rm -rf bin out frontend/node_modules
	find frontend/dist -mindepth 1 ! -name .gitkeep -delete

.PHONY: help
help:
	@awk -F ':.*## ' '/^##@/ { printf "\n%s\n", substr($$0, 5) } /^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The steps of make test, the quick ones and those that others wait for first. Each is a target of its own below.
STEPS := format vet page-lint page-check page-size lint go-test page-test bindings-check demo window-build e2e window cross go-race
STEP := build/setup/step.sh

step/%: FORCE
	@$(STEP) $* $(MAKE) --no-print-directory $*
FORCE:

# e2e and window measure and take pictures: one after the other, and both after the builds.
step/e2e step/window: step/window-build
step/window: step/e2e

##@ The steps of make test
GO_FOLDERS := $(filter-out frontend,$(patsubst %/,%,$(wildcard app/ build/ internal/))) $(wildcard *.go)

.PHONY: format
format: ## Go code is formatted
	@unformatted=$$(gofmt -l $(GO_FOLDERS)); \
	[ -z "$$unformatted" ] || { echo "make fmt would change:"; echo "$$unformatted"; exit 1; }

.PHONY: vet
vet: ## go vet
	$(WITHOUT_CGO) go vet ./...
	CGO_ENABLED=1 go vet -tags $(WINDOW_TAGS) . ./app/...

.PHONY: lint
lint: ## golangci-lint, which holds the layers as well
	$(WITHOUT_CGO) $(LINT) run --allow-parallel-runners ./...
	$(LINT) run --allow-parallel-runners --build-tags $(WINDOW_TAGS) . ./app/...

# Some packages wait for other people's tools, minutes long while everything else runs beside them.
PATIENCE := -timeout 30m

.PHONY: go-test
go-test: ## All Go tests
	$(WITHOUT_CGO) go test $(PATIENCE) ./...

.PHONY: go-race
go-race: ## Go tests under the race detector, small cases
	CGO_ENABLED=1 go test $(PATIENCE) -race -short $$(go list ./... | grep -vE '/($(SLOW_UNDER_RACE))$$')
	CGO_ENABLED=1 go test $(PATIENCE) -race -short -run 'AtOnce|CalledOff' ./internal/library ./internal/casework

# SQLite, pictures and PDF are many times slower under the race detector. Of these packages only the tests of several at
# work at once run here; make test-long runs the rest.
SLOW_UNDER_RACE := library|casework|cli|pdf|sample|demo|faults

.PHONY: page
page: frontend/dist/index.html ## Build the page

.PHONY: page-lint
page-lint: node_modules ## The page's code: format and lint
	npm --prefix frontend run --silent lint

.PHONY: page-check
page-check: node_modules ## The page's code: types and catalogue
	npm --prefix frontend run --silent check

.PHONY: page-test
page-test: node_modules ## The page's unit tests
	npm --prefix frontend run --silent test

.PHONY: page-size
page-size: page ## The page's script is not heavier than it may be
	npm --prefix frontend run --silent size

.PHONY: bindings-check
bindings-check: ## What the page calls the Go code by is as generated
	$(WITHOUT_CGO) build/setup/bindings.sh check

.PHONY: demo
demo: ## The whole job on the sample dispute, without cgo
	build/setup/demo.sh

.PHONY: window-build
window-build: page ## The tests' builds of the window: as it is released, one to look into, one for a browser
	CGO_ENABLED=1 go build -tags $(WINDOW_TAGS) -o out/window/released .
	CGO_ENABLED=1 go build -tags $(WINDOW_TAGS),inspect -o out/window/constancia .
	CGO_ENABLED=1 go build -tags $(DEV_TAGS) -o out/constancia-dev .

.PHONY: e2e
e2e: ## The page in Chromium on the real Go side
	npm --prefix frontend run --silent e2e

.PHONY: window
window: ## The real window under Xvfb, and a picture of it
	npm --prefix frontend run --silent window

.PHONY: cross
cross: ## It compiles for Windows and macOS
	GOOS=windows GOARCH=amd64 $(WITHOUT_CGO) go build ./...
	GOOS=windows GOARCH=amd64 $(WITHOUT_CGO) go build -tags desktop,production -ldflags "-H windowsgui" -o out/constancia.exe .
	GOOS=darwin GOARCH=arm64 $(WITHOUT_CGO) go build ./...

# Built and installed things that only change with what they are made of.
PAGE_SOURCES := $(shell find frontend/src frontend/public frontend/index.html frontend/vite.config.ts \
	frontend/svelte.config.js frontend/scripts frontend/wailsjs internal/i18n/locales -type f 2>/dev/null)

frontend/dist/index.html: $(PAGE_SOURCES) frontend/node_modules/.installed
	npm --prefix frontend run --silent build

.PHONY: node_modules
node_modules: frontend/node_modules/.installed
frontend/node_modules/.installed: frontend/package-lock.json
	@build/setup/languages.sh node
	npm --prefix frontend ci --no-audit --no-fund
	@touch $@
