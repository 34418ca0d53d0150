"""Embeddings: documents and canon cut into chunks, embedded, stored and searched per org.

What must not live here: vendors of vectors and models (`sgd_resources/vectors`).
"""
