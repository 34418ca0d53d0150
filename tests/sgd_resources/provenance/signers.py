"""A signer made for tests, and seals through jobs that run in this process."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from sgd_resources.ports import ConfinedJobs, Ingredient, Sealed, ToSeal
from sgd_resources.provenance.authority import own_authority
from sgd_resources.provenance.seal import ChildSealer
from sgd_resources.provenance.signer import Signer, build_signer
from sgd_resources.sandbox.packing import packed
from sgd_resources.settings import Settings
from tests.fakes.confined import FakeConfinedJobs

LABEL = "org.sgd.render"
DEFINITION: dict[str, Any] = {
    "claim_generator_info": [{"name": "Smart Graphic Designer", "version": "0"}],
    "title": "a picture",
    "assertions": [
        {
            "label": "c2pa.actions.v2",
            "data": {
                "actions": [
                    {
                        "action": "c2pa.created",
                        "digitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/composite",
                    }
                ]
            },
        },
        {"label": LABEL, "data": {"render_id": "r", "index": 0}},
    ],
}


@cache
def signer() -> Signer:
    folder = tempfile.mkdtemp()
    own_authority(Path(folder))
    return build_signer(Settings(sgd_var_dir=Path(folder)))


def sealer(jobs: ConfinedJobs | None = None) -> ChildSealer:
    return ChildSealer(jobs or FakeConfinedJobs(), signer)


def sealed(data: bytes, media_type: str, *ingredients: Ingredient, **changes: Any) -> Sealed:
    return sealer().seal(ToSeal(data, media_type, None, {**DEFINITION, "format": media_type, **changes}, ingredients))


def read(data: bytes, *beside: bytes, anchors_pem: str | None = None) -> dict[str, Any]:
    files, sizes = packed([data, *beside])
    anchors = signer().anchors_pem if anchors_pem is None else anchors_pem
    told = {"sizes": sizes, "anchors_pem": anchors, "labels": [LABEL]}
    return FakeConfinedJobs().call("sgd_resources.sealing.read_job:read_manifest", files, told).result
