# `make` prints what there is to make. The first target you run installs what it needs, into .tools/ and .venv/.

MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
PY := .venv/bin/python
COVERAGE := $(PY) -m coverage
INSTALLED := .venv/.installed
# The Python that .venv/ is made with: PYTHON=/opt/…/bin/python3.13 names another one, once.
PYTHON ?= $(firstword $(shell .venv/bin/python -c 'import sys; print(sys._base_executable)' 2>/dev/null; \
	command -v python3.13; echo python3))
SYNC = UV_PYTHON_DOWNLOADS=never .tools/bin/uv sync --locked --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')"
# Each part is a hook too, in .pre-commit-config.yaml.
CHECKS := check-code check-types check-imports check-templates check-settings check-deploy check-licences

.PHONY: help install demo rehearsal test prove check $(CHECKS) migrations hooks bench clean

help:
	@echo "make demo    de site op deze computer, met echte inhoud: http://127.0.0.1:8000 (PORT=8001 voor een andere poort)"
	@echo "make rehearsal  zet de oefenvraag van de demo die draait terug: alles ongesorteerd"
	@echo "make install what a server needs, also after git pull: the libraries, and all of it compiled"
	@echo "make test    the test suite (make test ARGS='tests/posts -x' for a part of it)"
	@echo "make prove   the long proofs, up to half an hour (ARGS as above)"
	@echo "make check   linters, types, contracts of imports, licences, migrations complete, deployment checks"
	@echo "make migrations  writes the first migration of each app anew, after a change of its models"
	@echo "make hooks   has git run the parts of make check that a commit touches, before it"
	@echo "make bench   the load benchmark"
	@echo "make clean   remove everything that make made, the demo's database and mails too"

# Who runs the site on a server may not write here: what is not compiled now is compiled anew at each start.
install: $(INSTALLED)
	@$(SYNC) --quiet --compile-bytecode
	@$(PY) -m compileall -q manage.py werkplaats posts polls events plan inviting live

demo: $(INSTALLED)
	@$(PY) manage.py demo

rehearsal: $(INSTALLED)
	@$(PY) manage.py loadrehearsal --opnieuw

test: $(INSTALLED)
	@$(if $(ARGS),$(PY) -m pytest,$(COVERAGE) run -m pytest) -n 2 --dist worksteal -m "not prove" $(ARGS)
	@$(if $(ARGS),,$(COVERAGE) combine --quiet && $(COVERAGE) report)

# Two by two; what measures, crashes or fills a server has the machine to itself.
prove: $(INSTALLED)
	@$(if $(ARGS),$(PY) -m pytest -m prove $(ARGS),$(PY) -m pytest -n 2 --dist worksteal -m "prove and not alone")
	@$(if $(ARGS),,$(PY) -m pytest -m "prove and alone")

bench: $(INSTALLED)
	@$(PY) -m bench $(ARGS)

# What a production server has in its environment. No database is asked: the checks only read the settings.
PRODUCTION := SECRET_KEY=$$(head -c 48 /dev/urandom | base64) SITE_URL=https://werkplaats.example \
	DATABASE_URL=postgresql://werkplaats@127.0.0.1:9/werkplaats EMAIL_URL=smtp+tls://mail.example:587 DATABASE_POOL=0 DEMO=0

check: $(CHECKS)

check-code: $(INSTALLED)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

check-types: $(INSTALLED)
	@echo mypy
	@$(PRODUCTION) .venv/bin/mypy

check-imports: $(INSTALLED)
	.venv/bin/lint-imports --no-cache --no-logo

# Until something is deployed: after it, `make check` sees that the models and their migrations agree.
migrations: $(INSTALLED)
	@$(PRODUCTION) DJANGO_SETTINGS_MODULE=werkplaats.settings $(PY) -m tests.helpers.first_migrations

check-templates: $(INSTALLED)
	.venv/bin/djlint --lint --quiet templates

check-settings: $(INSTALLED)
	@echo "makemigrations --check"
	@$(PRODUCTION) $(PY) -W "ignore:Got an error checking a consistent migration history" \
		manage.py makemigrations --check --dry-run
	@echo "check --deploy"
	@$(PRODUCTION) $(PY) manage.py check --deploy --fail-level WARNING

check-deploy:
	@deploy/check.sh

# Git tells reuse what is ours, also where the files belong to somebody else, as in CI: else it would read .venv/ too.
check-licences: $(INSTALLED)
	@echo "reuse lint"
	@GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' .venv/bin/reuse lint --lines

hooks: $(INSTALLED)
	@.venv/bin/prek install

$(INSTALLED): pyproject.toml uv.lock .python-version
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null || { \
		echo "Python 3.13 is nodig, maar '$(PYTHON)' is hier: $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Debian 13 heeft hem: apt install python3 python3-venv. Op een oudere: zet hem in /opt, en dan" >&2; \
		echo "make PYTHON=/opt/python3.13/bin/python3.13. In /root kan de gebruiker van de site er niet bij." >&2; exit 1; }
	@test -x .tools/bin/uv && .tools/bin/uv --version | grep -q '^uv 0\.13\.9\b' || { \
		echo "uv wordt geïnstalleerd …"; \
		$(PYTHON) -m venv --clear .tools && .tools/bin/python -m pip install --quiet uv==0.13.9; }
	@echo "Bibliotheken worden geïnstalleerd …"
	@$(SYNC)
	@touch $@

clean:
	@if [ -x $(PY) ] && [ -e var/postgres ]; then $(PY) -m werkplaats.laptop.postgres remove var/postgres; fi
	rm -rf var .venv .tools .pytest_cache .ruff_cache .mypy_cache .coverage*
	find . -name __pycache__ -prune -exec rm -rf {} +
