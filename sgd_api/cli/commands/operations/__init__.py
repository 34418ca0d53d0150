"""Commands of an operator about the whole installation: backup, restore, search made anew.

What must not live here: how a backup is written (`sgd_resources/backup`), or an org's own commands.
"""
