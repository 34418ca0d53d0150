"""Pages of others' making that show the description of this API: Swagger UI and ReDoc, from files of this installation.

What must not live here: our own page `/docs` (`front.py`), the description itself (`sgd_api/http/openapi.py`).
"""
