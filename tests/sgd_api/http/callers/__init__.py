"""Callers: identity, scopes, limits."""
