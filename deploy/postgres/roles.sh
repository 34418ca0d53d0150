#!/bin/sh
# Roles and databases of a fresh Postgres 16, as an administrator. Passwords come from the environment; psql quotes them.
# Docker's image runs it once; elsewhere: PGHOST=... PGUSER=... PGPASSWORD=... sh roles.sh
set -eu
: "${SGD_APP_PASSWORD:?}" "${SGD_OWNER_PASSWORD:?}"
psql -v ON_ERROR_STOP=1 --username "${POSTGRES_USER:-${PGUSER:-postgres}}" --dbname postgres \
  -v app="$SGD_APP_PASSWORD" -v owner="$SGD_OWNER_PASSWORD" -v langfuse="${LANGFUSE_PASSWORD:-}" <<'SQL'
CREATE ROLE sgd_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'app';
CREATE ROLE sgd_directory NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
CREATE ROLE sgd_owner LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD :'owner';
GRANT sgd_directory TO sgd_owner WITH INHERIT FALSE, SET TRUE;
CREATE DATABASE sgd OWNER sgd_owner;
CREATE DATABASE dagster OWNER sgd_owner;
-- What each session of SGD asks for by itself; a pooler in transaction mode does not pass it on.
ALTER ROLE sgd_app SET statement_timeout = '30s';
ALTER ROLE sgd_app SET lock_timeout = '10s';
ALTER ROLE sgd_app SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE sgd_app SET timezone = 'UTC';
SELECT :'langfuse' <> '' AS has_langfuse \gset
\if :has_langfuse
CREATE ROLE langfuse LOGIN NOSUPERUSER PASSWORD :'langfuse';
CREATE DATABASE langfuse OWNER langfuse;
\endif
SQL
