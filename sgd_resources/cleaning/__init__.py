"""Clean copies: what runs, calls out or tells of people is taken out of a file, or the file is refused.

A room per kind of file; `dispatch` chooses. Runs in the confined child. What must not live here: verdicts of the gate,
or what a file says (`parsers`).
"""
