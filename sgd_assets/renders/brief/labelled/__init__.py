"""Words that the instruction itself marks as words of the picture: quotations, labels, lists; and labels with a slip.

What must not live here: words without any mark (`unquoted.py`), what a label's terms are (`vocabulary/`).
"""
