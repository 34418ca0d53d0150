"""A stranger's words as every place can show them: file names and reasons, in a terminal, JSON, a page, a log.

What must not live here: escaping for one kind of place (HTML, Markdown), or deciding what is told.
"""
