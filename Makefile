# Two commands matter: `make demo` runs the main job, `make test` passes the tests. Both install what they need.

PYTHON ?= python3
BACKEND ?= embedded
BIN := .venv/bin
STAMPS := .venv/.stamps

.PHONY: demo test lint verify bench clean

demo: $(STAMPS)/$(if $(filter elasticsearch,$(BACKEND)),server,base)
	$(BIN)/questarium demo --backend $(BACKEND)

test: lint
	$(BIN)/questarium elasticsearch install
	$(BIN)/pytest -m "not campaign" --numprocesses logical --dist worksteal

lint: $(STAMPS)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

# Long fault, fuzz and kill campaigns; loopback only, they stop by themselves.
verify: $(STAMPS)/dev
	$(BIN)/questarium elasticsearch install
	$(BIN)/pytest -m campaign --timeout 3600
	$(BIN)/python -P tests/mutation_score.py --sample 15

bench: $(STAMPS)/dev
	for each in benchmarks/bench_*.py; do echo "== $$each"; $(BIN)/python -m benchmarks.$$(basename $$each .py) || exit 1; done

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# An environment is made again when pyproject.toml changed.
$(STAMPS)/base: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Questarium needs Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/server: $(STAMPS)/base
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[server]'
	@touch $@

$(STAMPS)/dev: $(STAMPS)/base
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(STAMPS)/server
