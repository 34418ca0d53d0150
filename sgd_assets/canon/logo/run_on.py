"""Rules that a page prints on lines of their own and that came out as one line without a stop: `str -> parts`.

What must not live here: the ends of sentences (`logo/rules.py`), or what a rule tells.
"""

import re

from sgd_assets.canon.sides.imperatives import imperative

_BEGINS_ANEW = re.compile(
    r"(?<=[a-zà-ÿ]) (?=(?:(?:Always|Never|Only|Please|Do not|Don[’']t)\s+[a-z]|"
    r"(?:Use|Place|Put|Set|Keep|Leave|Give|Make|Maintain|Choose|Allow|Ensure|Align|Avoid|Reserve|Apply)\s+"
    r"(?:the|our|a|an|its?|this|these|at|on|only|clear|enough|sure|no)\b))"
)
"""A capital within a sentence, at a word that opens an instruction; not within a title ('How We Use The Logo')."""

_GOES_ON = re.compile(r"\b(?:the|an?|our|your|of|to|and|or|on|in|at|with|for|by|from|not|says?|called|named|reads?)$")
"""What cannot end an instruction: the capital belongs to a name or to words that are quoted."""


def rules_of(text: str) -> list[str]:
    """The parts of a line where one instruction runs into the next; the line itself where it is one.

    >>> rules_of("Place the logo on white Use the reversed logo on green")
    ['Place the logo on white', 'Use the reversed logo on green']
    >>> rules_of("The button says Use the app")
    ['The button says Use the app']
    """
    parts = _BEGINS_ANEW.split(text)
    are_rules = all(imperative(part) is not None for part in parts) and not any(map(_GOES_ON.search, parts[:-1]))
    return parts if are_rules else [text]
