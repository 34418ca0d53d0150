"""Writes the Postman collection of `examples/` from openapi.yaml and the contracts' own valid examples.

What must not live here: the examples that people write by hand (`examples/`), the description itself.
"""
