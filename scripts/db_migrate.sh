#!/usr/bin/env bash
# Brings the database of DATABASE_OWNER_URL up to date; waits for it to come up first (SGD_DB_WAIT_S, 60 seconds).
# Safe to run from several places at once: one migrates, the others find it done.
set -uo pipefail
cd "$(dirname "$0")/.."
: "${DATABASE_OWNER_URL:?set it to the Postgres URL of the schema owner}"
export DATABASE_URL=${DATABASE_URL:-$DATABASE_OWNER_URL}
python=${PYTHON:-.venv/bin/python}
[ -x "$python" ] || python=python3
deadline=$((SECONDS + ${SGD_DB_WAIT_S:-60}))
while true; do
  "$python" -m sgd_resources.postgres.migrate
  code=$?
  # 1: it is away or a migration failed; 2: the settings are wrong, which waiting does not mend.
  [ $code -eq 1 ] && [ $SECONDS -lt $deadline ] || exit $code
  sleep 2
done
