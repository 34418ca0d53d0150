"""Tests of the addresses of jobs of any kind."""
