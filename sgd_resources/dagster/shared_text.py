"""What a text of Dagster's that many orgs share says of one of them, cut out: files, reasons, counts behind its id.

The forms are those in which the graph tells of orgs (`sgd_assets/graph/per_org`): a line that begins with the id, a row
of a table, a name with its reason in brackets, a key of an object. Mentions of the id alone stay: who cuts puts them
out too. What must not live here: where such texts lie.
"""

import json
import re
from typing import Any

from sgd_resources.erasure.mentions import NOBODY, mention

_STYLE = r"(?:\x1b\[[0-9;]*m)?"
"""A terminal's colours, which stand in a captured log."""


class SaidOf:
    """Finds what is said of one org.

    Args:
        org_id: whose.
    """

    def __init__(self, org_id: str) -> None:
        whole = mention(org_id).pattern
        bare = re.escape(org_id)
        # Of a table's row and of a line all to its end; `- ` stands before a line that a console began.
        self._line = re.compile(rf"(?m)(^|- |\| ){_STYLE}{bare}(?=: | failed in | \| )[^\n]*")
        self._reason = re.compile(rf"(?m){whole} \([^\n]*?\)(?=; |$)")
        self._key = re.compile(rf'(?m)\borg/{bare}/[^\n]*?(?="?(?:[;,] "?org/|; | and \d|$))')
        self._name = mention(org_id)

    def cut(self, text: str) -> str:
        """The text without it; the org is called by no name."""
        text = self._line.sub(rf"\1{NOBODY}", text)
        text = self._reason.sub(NOBODY, text)
        return self._key.sub(f"org/{NOBODY}", text)

    def cut_stored(self, stored: str) -> str:
        """The same for a stored value: of JSON each text in it, of anything else the whole."""
        try:
            value = json.loads(stored)
        except ValueError:
            return self.cut(stored)
        changed = self._cut_within(value)
        return stored if changed == value else json.dumps(changed)

    def covered(self, text: str, *, with_names: bool) -> str:
        """The text with stars over it, as long as it was: for a file that somebody may be writing to.

        Args:
            text: of a log.
            with_names: cover every mention of the id too.
        """
        text = self._line.sub(lambda found: found[1] + _stars(found[0][len(found[1]) :]), text)
        text = self._reason.sub(lambda found: _stars(found[0]), text)
        text = self._key.sub(lambda found: _stars(found[0]), text)
        return self._name.sub(lambda found: _stars(found[0]), text) if with_names else text

    def _cut_within(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.cut(value)
        if isinstance(value, list):
            return [self._cut_within(one) for one in value]
        if isinstance(value, dict):
            return {name: self._cut_within(one) for name, one in value.items()}
        return value


def _stars(text: str) -> str:
    return "*" * len(text)
