"""Words for the run's log: names that users chose, safe to print. What must not live here: Dagster, or a stage."""

from sgd_resources.shown.name import shown_name

LONGEST_NAME = 120


def quoted(name: str) -> str:
    """A user's name for something in quotes, on one line, cut where it is very long."""
    shown = shown_name(name)
    short = shown if len(shown) <= LONGEST_NAME else f"{shown[: LONGEST_NAME - 1]}…"
    return '"' + short.replace("\\", "\\\\").replace('"', '\\"') + '"'
