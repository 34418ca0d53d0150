"""Tests of `sgd_api/http/work`."""
