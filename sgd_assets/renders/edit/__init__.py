"""Edits and templates: a picture of ours made otherwise through its plan, planned anew and never pasted over.

From a request to the request, brief and direction that give the picture. What must not live here: reading what is to be
changed (`brief/edits.py`), planning and drawing.
"""
