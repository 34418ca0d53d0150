"""Tests of the reads across tables."""
