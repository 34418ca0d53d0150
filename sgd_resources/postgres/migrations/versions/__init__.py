"""The migrations, one file a step, in the order of their numbers; a step that has been released is never edited.

What must not live here: how they are run (`postgres/migrate.py`), the tables as they are now (`postgres/tables/`).
"""
