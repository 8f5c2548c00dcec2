# make report   build the story, run the notebooks, write reports/<story>/index.html
# make test     every test, and every notebook's committed outputs compared
# make lab      JupyterLab on the story's notebooks
# make env      only the environment (.venv)
STORY ?= data/sample
PYTHON ?= python3
BIN := .venv/bin
LOCK := requirements.lock

.DEFAULT_GOAL := report
.PHONY: env report test lab lock

env: .venv/.ready

.venv/.ready: $(LOCK) pyproject.toml
	@if command -v uv >/dev/null; then \
	  uv venv --quiet --clear --python $(PYTHON) .venv && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r $(LOCK) && \
	  uv pip install --quiet --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(PYTHON) -m venv --clear .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch $@

report: env
	@$(BIN)/ontherecord report $(STORY)

test: env
	$(BIN)/ruff check src tests
	$(BIN)/pytest tests
	$(BIN)/pytest --nbval --nbval-current-env --nbval-sanitize-with tests/notebooks.cfg notebooks

lab: env
	@$(BIN)/ontherecord lab $(STORY)

lock:
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o $(LOCK)
