# Two commands on a fresh machine: `make demo` and `make test`. Everything goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check eval docs clean lock

$(VENV)/.installed: requirements/dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing kronika and its locked dependencies into $(VENV): a minute or two, this once"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The demo ends by serving its record, until Ctrl-C; SERVE=0 leaves that out.
SERVE ?= 1
DEMO := out/demo.kronika

demo: $(VENV)/.installed
	@mkdir -p out && rm -f $(DEMO)*
	@echo "== reading the 34 articles of examples/ into $(DEMO)"
	@$(BIN)/kronika add $(DEMO) examples/articles
	@echo "== what is said to have happened at Ryazan in 2025, each with the sentence it rests on"
	@$(BIN)/kronika incidents $(DEMO) --facility Ryazan --since 2025 --limit 12
	@echo "== what the checks found: figures that contradict each other or what is known, and that agree"
	@$(BIN)/kronika check $(DEMO)
	@echo "== go on with"
	@echo "  $(BIN)/kronika incidents $(DEMO)"
	@echo "  $(BIN)/kronika documents $(DEMO) --search 'storage tanks'"
	@echo "  $(BIN)/kronika read examples/articles/2025-01-24-meridian-wire.html"
ifneq ($(SERVE),0)
	-@$(BIN)/python hatch_build.py
	@echo "== the same in the browser; Ctrl-C ends it"
	@$(BIN)/kronika serve $(DEMO)
endif

check: $(VENV)/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The browser tests need the site's scripts, built anew where frontend/ has changed, and a browser.
test: check
	@$(BIN)/python hatch_build.py
	@$(BIN)/python -m scripts.browser
	$(BIN)/python -m pytest

# Measures what there is labelled data for (KRONIKA_BENCH) and fails under a floor: make eval EVAL=--update raises floors.
eval: $(VENV)/.installed
	$(BIN)/python -m evals.gate $(EVAL)

docs: $(VENV)/.installed
	$(BIN)/mkdocs build --strict

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --group dev pyproject.toml -o requirements/dev.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header pyproject.toml -o requirements/run.lock

clean:
	rm -rf $(VENV) build dist site
