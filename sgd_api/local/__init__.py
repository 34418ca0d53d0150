"""One machine's stack: what listens where, who runs from a data directory, and Dagster's processes.

What must not live here: how a part works, the command line's words (`sgd_api/cli/commands`).
"""
