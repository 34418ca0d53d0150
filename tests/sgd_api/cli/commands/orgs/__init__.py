"""Tests of the commands about a whole org."""
