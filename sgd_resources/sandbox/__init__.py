"""The confined child: whatever decodes, unpacks, shapes or draws a stranger's bytes runs in one.

What belongs here: starting, confining, limiting and asking children. What must not live here: the jobs' own work, which
lies in `cleaning`, `scanning`, `parsers`, `drawing` and `excerpts`.
"""
