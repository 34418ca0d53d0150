"""What a deployment is made of, really run: the image's steps, nginx, poolers, TLS, the scripts.

What must not live here: files that only have a schema to keep to (`tests/deploy`).
"""
