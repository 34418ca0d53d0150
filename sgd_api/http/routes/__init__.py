"""The addresses: a module per noun, each route a few lines between a body in and a body out.

What must not live here: shapes of bodies (`bodies/`), SQL, work of more than one step (`stored/`).
"""
