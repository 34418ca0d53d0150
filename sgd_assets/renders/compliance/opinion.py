"""A model's look at a picture of any origin, joined to what was measured: voice, imagery, composition.

It adds findings and takes none away. What must not live here: what is asked (`ask_critic.py`), measuring.
"""

from collections.abc import Sequence

from sgd_assets.canon.model import Canon
from sgd_assets.renders.compliance.ask_critic import ask_critic
from sgd_assets.renders.generate.inputs import FOR_READING_PX, small_copy
from sgd_assets.renders.model import Critique
from sgd_assets.renders.model_calls import ModelCalls
from sgd_resources.ports import ConfinedJobs


def with_opinion(
    measured: Critique,
    picture: bytes,
    canon: Canon,
    *,
    models: ModelCalls,
    jobs: ConfinedJobs,
    copy: Sequence[str] = (),
) -> Critique:
    """The measured critique with a model's findings; as it was where no model can be asked, or one fails.

    Args:
        measured: of the picture.
        picture: PNG, JPEG or WebP.
        canon: what it must keep to.
        models: asked once.
        jobs: makes the small copy that is shown.
        copy: the words that are to stand on it.

    Raises:
        RejectedEvidence: it cannot be decoded.
        Unavailable: no child could be started. Retry.
    """
    if not models.is_on:
        return measured
    shown = small_copy(picture, FOR_READING_PX, jobs)
    return ask_critic(shown, measured, None, request={"prompts": {}}, canon=canon, models=models, copy=copy).critique
