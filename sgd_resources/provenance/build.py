"""The sealer that the settings ask for. Reads no certificate before the first picture.

What must not live here: signing.
"""

from sgd_resources.lazy import Lazy
from sgd_resources.ports import ConfinedJobs
from sgd_resources.provenance.seal import ChildSealer
from sgd_resources.provenance.signer import build_signer
from sgd_resources.provenance.timestamps import stamper
from sgd_resources.settings import Settings


def build_sealer(settings: Settings, jobs: ConfinedJobs) -> ChildSealer:
    """Signs by the operator's certificate or the own one; stamps where an authority is set."""
    signer = Lazy(lambda: build_signer(settings))
    url = settings.sgd_c2pa_timestamp_url
    return ChildSealer(jobs, signer.client, stamper(url) if url else None)
