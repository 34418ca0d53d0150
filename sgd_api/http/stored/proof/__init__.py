"""What was made and from what, as HTTP tells it: lines of lists, lineage, verdicts, and the org's own pictures.

What must not live here: routes, or which facts a render used.
"""
