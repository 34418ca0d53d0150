"""The database roles and the SQL that makes them.

`sgd_app` is what the API and the workers log in as: plain, bound by row level security. `sgd_directory` owns the few
functions that look across orgs; nobody logs in as it, and it can read only the columns those functions need. The schema
owner is whoever runs the migrations; it needs no superuser right.
"""

CREATE_ROLES = """
DO $$
BEGIN
    IF to_regrole('sgd_app') IS NULL THEN
        CREATE ROLE sgd_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
    IF to_regrole('sgd_directory') IS NULL THEN
        CREATE ROLE sgd_directory NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
    IF NOT pg_has_role(current_user, 'sgd_directory', 'SET') THEN
        EXECUTE format('GRANT sgd_directory TO %I WITH INHERIT FALSE, SET TRUE', current_user);
    END IF;
END
$$
"""
"""Run by the migrations. An owner without CREATEROLE needs an administrator to run it once, and then
`GRANT sgd_directory TO <owner> WITH INHERIT FALSE, SET TRUE`. Needs Postgres 16 or newer."""
