"""Words that tell to keep away from something: a prohibition that opens like an instruction.

What must not live here: the rules that ask for them (`sides/imperatives.py`, `sides/lead_ins.py`, `logo/sentences.py`).
"""

KEEP_AWAY = (
    r"(?:keep|stay|steer|remain|stand) (?:well )?(?:away from|clear of|out of)|"
    r"keep (?:the |our |your |any |all |other |its )?(?:[\w’'-]+ ){1,3}(?:well )?(?:away from|out of)|"
    r"(?:shy|move|back|turn) away from|refrain from|resist|keep off"
)
"""An expression without letter case: 'Keep away from busy photographs', 'Keep other marks away from the logo'."""
