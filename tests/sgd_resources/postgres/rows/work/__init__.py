"""Tests of jobs as their org asks about them."""
