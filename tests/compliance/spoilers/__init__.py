"""What is done to a picture so that exactly one family of rules must flag it.

On cards before they are drawn, on the pixels of the product's own renders, and on finished files. What must not live
here: drawing (`cards/`), or any measure that the rules use.
"""
