"""Edits: a picture that exists, made otherwise: one of ours through its plan, planned anew and never pasted over.

From an `edit` request to the request, brief and direction that give the picture. What must not live here: reading what
is to be changed (`brief/edits.py`), planning and drawing.
"""
