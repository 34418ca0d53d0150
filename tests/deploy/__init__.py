"""What lies in `deploy/`, `.github/` and `scripts/`: each file against its format's own schema or linter.

What must not live here: anything that starts a program with sockets (`tests/services/deploy`).
"""
