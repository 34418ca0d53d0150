"""The content policy as values: what each category does, an operator's own phrases, and who else looks.

The data is `policies/content_policy.json` (contract `content_policy`); an org's own changes (contract
`content_override`) are laid over it. What must not live here: where they are stored, or looking for words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sgd_resources.contracts import check_input, load_policy

Look = Literal["off", "if_installed", "required"]
Moderation = Literal["off", "with_key", "required"]
Prompts = Literal["off", "block"]


@dataclass(frozen=True)
class ContentPolicy:
    """What no picture may say or show, and no prompt where it says so.

    Attributes:
        blocked: categories whose words block.
        allow: phrases that are always allowed, though a list has their words.
        block: further phrases that block.
        moderation: whether a model is asked too, where a key is set; `required` makes nothing unless it answered.
        pictures: whether pictures are looked at; `required` refuses them where nothing is installed that can look.
        picture_threshold: score from which a picture is blocked, 0 to 1.
        prompts: whether what is sent to be analysed, or as a chat, is held to the words too.
    """

    blocked: frozenset[str]
    allow: tuple[str, ...] = ()
    block: tuple[str, ...] = ()
    moderation: Moderation = "off"
    pictures: Look = "if_installed"
    picture_threshold: float = 0.8
    prompts: Prompts = "off"

    def with_override(self, document: Mapping[str, Any]) -> "ContentPolicy":
        """This policy with an org's changes. Raises ValidationFailed when they break their contract."""
        check_input("content_override", document)
        categories = document.get("categories", {})
        dropped = {name for name, does in categories.items() if does == "allow"}
        added = {name for name, does in categories.items() if does == "block"}
        pictures = document.get("pictures", {})
        return ContentPolicy(
            blocked=(self.blocked - dropped) | added,
            allow=(*self.allow, *document.get("allow", ())),
            block=(*self.block, *document.get("block", ())),
            moderation=document.get("moderation", self.moderation),
            pictures=pictures.get("look", self.pictures),
            picture_threshold=pictures.get("threshold", self.picture_threshold),
            prompts=document.get("prompts", self.prompts),
        )

    def as_document(self) -> dict[str, Any]:
        """The policy in force, in the form of its file."""
        from sgd_assets.renders.content.terms import CATEGORIES

        return {
            "version": 1,
            "categories": {name: "block" if name in self.blocked else "allow" for name in CATEGORIES},
            "allow": list(self.allow),
            "block": list(self.block),
            "moderation": self.moderation,
            "pictures": {"look": self.pictures, "threshold": self.picture_threshold},
            "prompts": self.prompts,
        }


def content_policy(override: Mapping[str, Any] | None = None) -> ContentPolicy:
    """The shipped policy, with an org's changes where it has any.

    Raises:
        ValidationFailed: the file or the changes break their contract; the operator must mend them.
    """
    found = load_policy("content_policy")
    shipped = ContentPolicy(
        blocked=frozenset(name for name, does in found["categories"].items() if does == "block"),
        allow=tuple(found["allow"]),
        block=tuple(found["block"]),
        moderation=found["moderation"],
        pictures=found["pictures"]["look"],
        picture_threshold=found["pictures"]["threshold"],
        prompts=found.get("prompts", "off"),
    )
    return shipped.with_override(override) if override else shipped
