"""A stranger's words and our moments as every place can show them, in a terminal, JSON, a page, a log.

What must not live here: escaping for one kind of place (HTML, Markdown), or deciding what is told.
"""
