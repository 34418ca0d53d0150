"""Fixtures of the canon's page: one confined child for all that reads files here."""

from collections.abc import Iterator

import pytest

from sgd_resources.sandbox.pool import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """Starting one loads the reading libraries, a second of processor time; its children keep nothing of a job."""
    with Sandbox(processes=1) as box:
        yield box
