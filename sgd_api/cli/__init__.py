"""The command line: `sgd`, its look in a terminal, and what several commands share.

What must not live here: the commands themselves (`commands/`), reading folders (`folders/`).
"""
