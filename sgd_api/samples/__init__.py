"""The sample kits of two invented brands, as files, and where they lie.

What must not live here: what makes them (`tools/sample_kit`).
"""
