"""A finished picture as a text that finds it again: what it says, for what, how it is laid out. Pure."""

from collections.abc import Mapping
from typing import Any

_WORDS = ("goal", "headline", "body", "call_to_action", "date", "price", "attribution", "legal")


def example_payload(
    render_id: str, index: int, sha256: str, canon_version: str, plan: Mapping[str, Any]
) -> dict[str, Any]:
    """Payload of one picture that passed; `text` is what is embedded.

    Args:
        render_id: of its request.
        index: of the picture in it.
        sha256: of its file.
        canon_version: that it was made from.
        plan: contract `render_plan`.
    """
    words = [str(plan[name]) for name in _WORDS if plan.get(name)]
    shape = [
        f"layout {plan['layout']}" if plan.get("layout") else "",
        f"{plan['width_px']} x {plan['height_px']} px" if plan.get("width_px") and plan.get("height_px") else "",
        f"font {plan['font_family']}" if plan.get("font_family") else "",
        f"colours {', '.join(plan['palette_hex'])}" if plan.get("palette_hex") else "",
    ]
    text = "\n".join([*words, "; ".join(part for part in shape if part)]).strip()
    return {
        "text": text, "kind": "design_example", "render_id": render_id, "index": index, "sha256": sha256,
        "canon_version": canon_version, **({"layout": plan["layout"]} if plan.get("layout") else {}),
    }  # fmt: skip
