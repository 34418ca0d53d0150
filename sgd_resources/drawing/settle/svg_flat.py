"""A logo's SVG -> the same drawing flattened: no style rules, no `use`, its elements counted.

A reference made in a style rule counts like one made in an attribute. What must not live here: drawing it, and with
that the proof of what it costs (`logo.py`).
"""

import contextlib
import copy

from lxml import etree

from sgd_resources.cleaning.web.svg_cost import check_drawing_cost
from sgd_resources.cleaning.xml_tree import parse_xml
from sgd_resources.drawing.settle.svg_styles import resolve_styles
from sgd_resources.drawing.settle.svg_uses import NotFlattenedError, expand_uses
from sgd_resources.ports.examination import Limits

_LIMITS = Limits(max_svg_drawn_nodes=100_000)
"""Of one logo, references expanded; a tenth of what any drawing among the evidence may have."""


def flattened(data: bytes) -> bytes:
    """The drawing with its rules resolved and its `use` elements copied, where copies can stand for them.

    Raises:
        RejectedEvidence: `reject:bomb` for more elements than a logo may have once expanded, `reject:malformed`.
    """
    root, _ = parse_xml(data, _LIMITS, max_nodes=_LIMITS.max_svg_nodes)
    resolve_styles(root)
    check_drawing_cost(root, _LIMITS)
    expanded = copy.deepcopy(root)
    with contextlib.suppress(NotFlattenedError):
        expand_uses(expanded)
        root = expanded
    return etree.tostring(root, encoding="utf-8", xml_declaration=False)
