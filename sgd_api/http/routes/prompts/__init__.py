"""The addresses of the prompt service, under /v1, and POST /api/chat: each between a body in and a body out.

What must not live here: telling or judging a model (`sgd_assets/prompts`), bodies (`bodies/`), or SQL.
"""
