"""Tokens, keys of issuers, signed requests."""
