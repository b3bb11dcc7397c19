# make run: see `make help`. Nothing but Python 3.11 or newer, make and git is needed.
PY := .venv/bin/python
PYTEST := $(PY) -m pytest -q
# On two cores; what shares something costly (see tests/conftest.py) stays together.
ON_TWO := $(PYTEST) -n 2 --dist loadgroup --ignore=tests/browser
# Kept bytecode saves every process of the tests its seconds.
unexport PYTHONDONTWRITEBYTECODE
# The checks read the settings as production would; they need neither database nor data.
AS_DEPLOYED := SECRET_KEY=for-checks-only-abcdefghijklmnopqrstuvwxyz-0123456789 ALLOWED_HOSTS=weft.example.org \
  WEFT_DATA_DIR=$(CURDIR)/.venv/checks

.DEFAULT_GOAL := help
.PHONY: help run test check bench chaos drill prod-test upgrade mails format lock

help:
	@echo "make run      start Weft at http://localhost:8000 (PORT=9000 and WEFT_DATA_DIR=… can be set)"
	@echo "make test     run all tests, on SQLite and on PostgreSQL and in a browser"
	@echo "make check    lint, format, types, import directions, migrations, templates"
	@echo "make bench    measure on PostgreSQL with 100,000 posts, and write docs/benchmarks.md"
	@echo "make chaos    kill, fill, empty and restart whatever Weft runs on, and see that nothing is lost"
	@echo "make drill    back up while people write, wipe everything, restore, and compare every word and file"
	@echo "make prod-test  run what docker-compose.yml runs, without Docker, then use and restart it"
	@echo "make upgrade  let the release before serve people while this one migrates, then beside it"
	@echo "make mails    make one mail of each kind, as text and as a picture, in docs/mail/"
	@echo "make format   put the code in order"
	@echo "make lock     renew requirements*.txt from requirements*.in"

run: .venv/.requirements
	@exec $(PY) manage.py run

test: .venv/.requirements-dev
	@$(PY) -m tests.needs postgres redis caddy nginx chromium
	@bin/all-of \
	  "tests on SQLite: $(ON_TWO)" \
	  "tests on PostgreSQL: $(PY) -m tests.postgres $(ON_TWO) -m 'not once'" \
	  "tests in a browser: $(PYTEST) -m browser"

bench: .venv/.requirements-dev
	@$(PY) -m tests.bench

chaos: .venv/.requirements-dev
	@$(PY) -m tests.chaos

drill: .venv/.requirements-dev
	@$(PY) -m tests.drill

prod-test: .venv/.requirements-dev
	@$(PY) -m tests.production

upgrade: .venv/.requirements-dev
	@$(PY) -m tests.migrations.together

mails: .venv/.requirements-dev
	@$(PY) -m tests.mails

check: .venv/.requirements-dev
	@mkdir -p .venv/checks
	@$(AS_DEPLOYED) bin/all-of \
	  "lint: .venv/bin/ruff check ." \
	  "format: .venv/bin/ruff format --check ." \
	  "types: .venv/bin/mypy ." \
	  "imports: .venv/bin/lint-imports" \
	  "migrations: $(PY) manage.py makemigrations --check --dry-run" \
	  "migrations beside an old release: $(PY) -m tests.migrations" \
	  "settings: $(PY) manage.py check --deploy --fail-level WARNING" \
	  "templates: .venv/bin/djlint templates --lint --quiet"

format: .venv/.requirements-dev
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

lock: .venv/.requirements-dev
	@bin/lock

.venv/.requirements: requirements.txt bin/setup
	@bin/setup requirements.txt

.venv/.requirements-dev: requirements-dev.txt .venv/.requirements
	@bin/setup requirements-dev.txt
