"""The acceptance criteria, each with the tests that show it; `make proofs` runs them and writes reports/proofs.json.

What must not live here: the tests themselves, which stand beside what they test.
"""
