"""reStructuredText through docutils' parser -> pieces of text, each with the line of the file that it begins on.

Only docutils' state machine is used: none of its directives, roles, transforms or writers runs, so nothing includes a
file, passes raw markup on, or asks for one. What must not live here: what a piece means to a brand (`markdown.py`
reads pieces into text blocks, colours and fonts).
"""
