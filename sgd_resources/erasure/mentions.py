"""An org's id where it stands in a text that is not only the org's.

What must not live here: where such texts lie.
"""

import re

from sgd_resources.storage.keys import validate_org_id

_OF_IDS = "a-z0-9_-"
"""What an id is made of: beside another of these it is part of another id."""
_COLLECTIONS = "brand_assets|style_guides|design_examples"
"""Kinds of vector collections; an org's own is named by its kind and its id (`storage/keys.py`)."""
AROUND_SQL = (f"(^(?:(?:{_COLLECTIONS})_)?|[^{_OF_IDS}](?:(?:{_COLLECTIONS})_)?)", f"($|[^{_OF_IDS}])")
"""Before and behind a whole id, as a regular expression of Postgres."""
NOBODY = "erased-org"
"""What stands in the place of an erased id in records that other orgs share."""


def mention(org_id: str) -> "re.Pattern[str]":
    """Finds the id as a whole; `acme` is not in `acme-two`."""
    return re.compile(rf"(?<![{_OF_IDS}]){re.escape(validate_org_id(org_id))}(?![{_OF_IDS}])")


def sql_mention(org_id: str) -> str:
    """The same for Postgres; the characters around it are its first and last group."""
    # Of what an id holds, `-` alone means more to an expression, and only within brackets.
    return f"{AROUND_SQL[0]}{validate_org_id(org_id)}{AROUND_SQL[1]}"
