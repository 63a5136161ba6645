# make run   sets up .venv and runs the main job over corpus/pages into output/
# make test  sets up .venv with the test tools and runs every test
# make check what CI runs beside the tests: format, lint, types, layers
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test check clean

run: .venv/.run
	$(BIN)/svodka run "corpus/pages/*/page.*" --to output

test: .venv/.dev
	$(BIN)/python -m pytest

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

.venv/.run: requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/.dev: .venv/.run requirements-dev.txt requirements-followthemoney.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-followthemoney.txt \
	|| echo "followthemoney cannot be installed here (its pyicu wants g++ and libicu-dev): its tests are skipped"
	touch $@

clean:
	rm -rf .venv build dist *.egg-info
