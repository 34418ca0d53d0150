"""How the C2PA library works here: no network, no thumbnails, nothing checked twice.

What must not live here: whom to trust by default; that is told with each question.
"""

from typing import Any

import c2pa


def settings(anchors_pem: str = "") -> Any:
    """Settings of one call; certificates that lead to `anchors_pem` are trusted."""
    told: dict[str, Any] = {
        "version": 1,
        "verify": {
            "verify_after_sign": False,  # the signature is put in later, by who holds the key
            "verify_trust": bool(anchors_pem),
            "remote_manifest_fetch": False,
            "ocsp_fetch": False,
        },
        "builder": {"thumbnail": {"enabled": False}},  # a tenth of a second each
    }
    if anchors_pem:
        told["trust"] = {"user_anchors": anchors_pem}
    return c2pa.Settings.from_dict(told)
