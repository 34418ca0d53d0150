"""Lines that the content policy must block and lines that it must let pass, in seven languages, and how it does.

`first.json` and `second.json` hold {"blocked", "benign"}: {"category", "language", "text"}; language `xx` is a disguise
or a refusal of several. `python -m tests.content_policy` prints precision and recall. What must not live here: words
that are looked for (`policies/content_terms`).
"""
