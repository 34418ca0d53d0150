"""Refuses what the content policy blocks, by the name of its rule and where it stands; never by its words.

What must not live here: looking for words (`screen.py`), or writing down that something was refused.
"""

from collections.abc import Iterable

from sgd_assets.renders.content.policy import ContentPolicy
from sgd_assets.renders.content.screen import broken_rule
from sgd_assets.renders.content.texts import Text
from sgd_resources.errors import ContentBlocked


def check_texts(texts: Iterable[Text], policy: ContentPolicy) -> None:
    """Accept texts that the policy lets pass.

    Raises:
        ContentBlocked: the first that it does not; `details` name rule and path. No retry.
    """
    for path, text in texts:
        rule = broken_rule(text, policy)
        if rule is not None:
            raise blocked(rule, path, by="words")


def blocked(rule: str, path: str, *, by: str) -> ContentBlocked:
    """The refusal of one text or picture. `by` is who found it: words, model or picture."""
    shown = rule.replace("_", "-")
    return ContentBlocked(
        f"{path}: the content policy blocks this ({shown})", details={"rule": rule, "path": path, "found_by": by}
    )
