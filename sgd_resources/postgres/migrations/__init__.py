"""Alembic's environment and the migrations, in order. What must not live here: how they are run (`migrate`)."""
