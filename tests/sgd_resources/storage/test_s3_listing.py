"""What a bucket lists that can be no key of ours is told and passed over; no socket is opened."""

import logging
from datetime import UTC, datetime

import pytest
from botocore.stub import Stubber

from sgd_resources.storage.s3 import S3ObjectStore, build_s3_client

PREFIX = "org/acme/quarantine/"


def listing_store(*names: str) -> S3ObjectStore:
    client = build_s3_client(
        endpoint_url="http://127.0.0.1:1", region="us-east-1", access_key_id="key", secret_access_key="made-up"
    )
    stubber = Stubber(client)
    found = [{"Key": PREFIX + name, "Size": 1, "LastModified": datetime(2026, 1, 1, tzinfo=UTC)} for name in names]
    stubber.add_response("list_objects_v2", {"Contents": found, "IsTruncated": False})
    stubber.activate()
    return S3ObjectStore(client, bucket="sgd")


def test_keys_that_could_never_be_read_are_told_and_the_others_listed() -> None:
    store = listing_store("a.md", "a//b.md", "back\\slash.md", "folder/", "x" * 201, "z.md")
    passed_over: list[str] = []
    listed = [found.key for found in store.list(PREFIX, passed_over=passed_over.append)]
    assert listed == [f"{PREFIX}a.md", f"{PREFIX}z.md"]
    assert passed_over == [f"{PREFIX}a//b.md", f"{PREFIX}back\\slash.md", PREFIX + "x" * 201]


def test_without_anybody_to_tell_the_log_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert list(listing_store("two\nlines.md").list(PREFIX)) == []
    assert "two%0Alines.md" in caplog.text
