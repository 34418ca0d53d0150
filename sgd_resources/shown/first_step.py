"""What comes first where nothing is there yet, in the words of the API and of the command line.

What must not live here: what is missing (the caller says), or whether it is.
"""


def first_step(org_id: str) -> str:
    """The routes, and the command that does the same, which bring an org's evidence in and read it."""
    return f"send its evidence to POST /uploads, then ask POST /ingest; or `sgd ingest FOLDER --org {org_id}`"
