# Victim ID. Two commands do everything on a fresh machine: make run, make test.
PY := .venv/bin/python

.PHONY: help setup run test check full strings build gallery pictures codebook crash fuzz bench

help:           ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 12

setup:          ## what run and test share: system libraries, .venv, fonts, catalogues
	@python3 tools/setup.py

run: setup      ## open the program; without a display, walk a training case and leave everything in demo-out/
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then exec $(PY) -m victim_id; else exec $(PY) -m victim_id demo --out demo-out; fi

test:           ## set up and pass the tests
	@python3 tools/setup.py --test
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	.venv/bin/lint-imports --no-cache
	$(PY) -m victim_id check
	$(PY) -m pytest -q -n auto --dist worksteal -m "not full"

check: setup    ## read the content and say what is wrong in it
	@$(PY) -m victim_id check

full: test      ## everything, also what takes longer
	$(PY) -m pytest -q -m full

strings: setup  ## bring the translation catalogues up to date with the sources and the content
	@$(PY) tools/strings.py

codebook: setup ## make the codebook of the content, HTML and PDF, in build/codebook/
	@$(PY) tools/codebook.py

build: setup    ## make the one-folder program in dist/victim-id, and let it test itself
	SOURCE_DATE_EPOCH=1767225600 PYTHONHASHSEED=1 $(PY) -m PyInstaller --noconfirm --clean --log-level ERROR build.spec
	env -i dist/victim-id/victim-id self-test
	@du -sh dist/victim-id

gallery: setup  ## draw every page in every look, language and size into gallery/
	@$(PY) tools/gallery.py

N ?= 50
SECONDS ?= 60
crash: setup    ## kill the program N times at random moments and count what is lost (N=50)
	@PYTHONPATH=. $(PY) tools/crash.py $(N)

fuzz: setup     ## feed every reader of outside bytes with nonsense for SECONDS (60)
	@PYTHONPATH=. $(PY) tools/fuzz.py $(SECONDS)

bench: setup    ## measure, beside the peers that are installed (docs/performance.md has the last run)
	@-cd bench/peers && npm install --silent --no-package-lock --no-audit --no-fund
	@for one in bench/*.py; do echo "== $$one"; PYTHONPATH=. $(PY) $$one || exit 1; done

pictures: setup ## draw the pictures of the guide out of the running program
	@$(PY) tools/pictures.py
