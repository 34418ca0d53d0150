"""Search by meaning: texts to unit vectors, and the stores that find the nearest, local or a server.

What must not live here: what is embedded and how it is cut (`sgd_assets/embeddings`).
"""
