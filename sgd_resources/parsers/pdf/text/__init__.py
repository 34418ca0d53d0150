"""Words of a PDF page: runs, lines, columns, tables, headings, bullets, and whether anybody can see them.

What must not live here: painted shapes and colours (`ink/`).
"""
