"""Idempotency-Key: the hash of a request, the claim, the answer given again."""
