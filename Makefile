# Each command sets up .venv by itself; ARGS are handed on: make debate ARGS="article.md --language en"
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help debate test accept golden record check format lint types contracts full wheel bench lock readme screens clean

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1@\2/p' Makefile | tr '@' '\t' | expand -t 20

debate:  ## hold the debate on the bundled brief (or on ARGS) and show the strategy
	@sh .ci/venv requirements.txt
	@.venv/bin/jemaa debate $(ARGS)

test:  ## run the tests
	@sh .ci/venv requirements-dev.txt
	@.venv/bin/python -m pytest -n auto $(ARGS)

accept:  ## take what comes of the suites in tests/suites now as their reference, after showing it
	@sh .ci/venv requirements-dev.txt
	@.venv/bin/jemaa regress tests/suites --accept

golden:  ## record the debates of transcripts/golden anew, where they no longer come out as they are kept
	@sh .ci/venv requirements-dev.txt
	@.venv/bin/python -m tests.golden

record:  ## hold the recorded debates of tests/suites again, with MODEL=FILE.gguf: some minutes
	@sh .ci/venv requirements-full.txt
	@mkdir -p tests/suites/models
	@test -z "$(MODEL)" || ln -sf "$(abspath $(MODEL))" tests/suites/models/qwen.gguf
	@.venv/bin/jemaa regress tests/suites/small-model.yaml --mode record --accept

check: lint types contracts full  ## everything that must hold before a change is sent in

lint:  ## style
	@sh .ci/venv requirements-dev.txt
	.venv/bin/ruff check
	.venv/bin/ruff format --check

format:  ## put style right
	@sh .ci/venv requirements-dev.txt
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

types:  ## strict type check
	@sh .ci/venv requirements-dev.txt
	.venv/bin/mypy

contracts:  ## who may import whom
	@sh .ci/venv requirements-dev.txt
	.venv/bin/lint-imports --no-cache

full:  ## run the tests with all that is optional: every provider, a second opinion on votes (700 MB more)
	@sh .ci/venv requirements-full.txt
	@.venv/bin/python -m pytest -n auto $(ARGS)

wheel:  ## build the wheel and try it in an empty environment outside the checkout
	@sh .ci/venv requirements-dev.txt
	@.venv/bin/python -m pytest -m wheel tests/packaging $(ARGS)

bench:  ## measure
	@sh .ci/venv requirements-dev.txt
	@status=0; for script in benchmarks/*.py; do .venv/bin/python -P $$script || status=1; done; exit $$status

lock:  ## write the lock files from pyproject.toml; ARGS=--upgrade takes up new versions (needs uv)
	@.ci/lock $(ARGS)

readme:  ## put what the two commands print into the README
	@sh .ci/venv requirements-dev.txt
	@.venv/bin/python .ci/excerpts.py

screens:  ## make the pictures of the README anew
	@sh .ci/venv requirements-dev.txt
	@.venv/bin/python .ci/screens.py

clean:  ## forget the environment and what tools left behind
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
