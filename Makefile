# make run: start Weft. make test, make check: see docs. Nothing but Python 3.11 or newer, make and git is needed.
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -q
DATABASE_FREE := SECRET_KEY=for-checks-only WEFT_DATA_DIR=$(CURDIR)/.venv/checks WEFT_EMBEDDED=1

.DEFAULT_GOAL := help
.PHONY: help run test check format lock

help:
	@echo "make run      start Weft at http://localhost:8000 (PORT=9000 and WEFT_DATA_DIR=… can be set)"
	@echo "make test     run all tests, on SQLite and on PostgreSQL and in a browser"
	@echo "make check    lint, format, types, import directions, migrations, templates"
	@echo "make format   put code and templates in order"
	@echo "make lock     renew requirements*.txt from requirements*.in"

run: .venv/.requirements
	@exec $(PY) manage.py run

test: .venv/.requirements-dev
	@$(PY) -m tests.needs postgres chromium
	@bin/all-of \
	  "tests on SQLite: $(PYTEST) -n 2 -m 'not browser'" \
	  "tests on PostgreSQL: $(PY) -m tests.postgres $(PYTEST) -n 2 -m 'not browser and not once'" \
	  "tests in a browser: $(PYTEST) -m browser"

check: .venv/.requirements-dev
	@mkdir -p .venv/checks
	@$(DATABASE_FREE) bin/all-of \
	  "lint: .venv/bin/ruff check ." \
	  "format: .venv/bin/ruff format --check ." \
	  "types: .venv/bin/mypy ." \
	  "imports: .venv/bin/lint-imports" \
	  "migrations: $(PY) manage.py makemigrations --check --dry-run" \
	  "settings: env -u WEFT_EMBEDDED $(PY) manage.py check --deploy --fail-level WARNING" \
	  "templates: .venv/bin/djlint templates --lint --quiet" \
	  "template format: .venv/bin/djlint templates --check --quiet"

format: .venv/.requirements-dev
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .
	@.venv/bin/djlint templates --reformat --quiet

lock: .venv/.requirements-dev
	@bin/lock

.venv/.requirements: requirements.txt bin/setup
	@bin/setup requirements.txt

.venv/.requirements-dev: requirements-dev.txt .venv/.requirements
	@bin/setup requirements-dev.txt
