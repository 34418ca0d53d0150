"""The content policy at each step of one render: request, model, plan, pictures; every one before the next costs.

What must not live here: what is blocked (`screen.py`, `pictures.py`, `ask_moderation.py`).
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.content.ask_moderation import ask_moderation
from sgd_assets.renders.content.enforce import check_texts
from sgd_assets.renders.content.pictures import check_picture
from sgd_assets.renders.content.policy import ContentPolicy
from sgd_assets.renders.content.texts import name_as_words, texts_of_plan, texts_of_request
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.model_calls import ModelCalls
from sgd_resources.ports import ConfinedJobs


@dataclass
class ContentGuard:
    """One org's policy over one render. Every check raises ContentBlocked."""

    policy: ContentPolicy
    jobs: ConfinedJobs
    _seen: set[str] = field(default_factory=set)
    """Hashes of pictures that passed."""

    def check_request(self, body: Mapping[str, Any], evidence: EvidenceManifest) -> None:
        """The client's texts, and the names of the files that it refers to."""
        check_texts(texts_of_request(body), self.policy)
        names = {item.key: item.file_name for item in evidence.items}
        references = body["prompts"].get("references") or ()
        check_texts(
            (
                (f"$.prompts.references[{at}]", name_as_words(names[key]))
                for at, key in enumerate(references)
                if key in names
            ),
            self.policy,
        )

    def ask_model(self, body: Mapping[str, Any], models: ModelCalls) -> None:
        """A model's own opinion of the texts, where the policy asks for one.

        Raises:
            ContentBlocked: it refuses them.
            Unavailable: the policy requires an answer and there is none. Retry.
        """
        ask_moderation(texts_of_request(body), self.policy, models)

    def check_plan(self, plan: RenderPlan) -> None:
        """All that a plan prints and shows, whoever wrote it."""
        check_texts(texts_of_plan(plan), self.policy)

    def check_pictures(self, pictures: Mapping[str, bytes]) -> None:
        """Pictures that were brought, found or generated, each once.

        Raises:
            ContentBlocked: one may not be shown, or the policy requires a look and nothing here can look.
        """
        for data in pictures.values():
            self.check_one_picture(data)

    def check_one_picture(self, data: bytes) -> None:
        """As `check_pictures`."""
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._seen:
            check_picture(data, self.policy, self.jobs)
            self._seen.add(sha256)
