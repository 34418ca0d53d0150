"""Postgres restarts, Redis and a worker are killed, the disk is full, S3 answers 5xx, while clients write.

Short forms of `python -m tests.load.faults`, which `make nightly` runs at length.
"""

import os

import pytest

from tests.load.faults import local_faults, s3_faults


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs a right that this user has not")
def test_postgres_redis_a_worker_and_the_disk_fail_and_no_acknowledged_write_is_lost_or_there_twice() -> None:
    written, rules = local_faults(12)
    assert [rule for rule in rules if not rule.is_kept] == []
    assert written.renders


def test_s3_answers_5xx_and_no_acknowledged_upload_is_lost_or_there_twice() -> None:
    written, rules = s3_faults(4)
    assert [rule for rule in rules if not rule.is_kept] == []
    assert written.answers["upload: 503"]
