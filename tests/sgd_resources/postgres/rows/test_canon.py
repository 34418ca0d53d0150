"""Canon versions: immutable rows, exactly one current version."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from sgd_resources.errors import InvalidInput, NotFound
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import canon

pytestmark = pytest.mark.embedded


def derive(database: Database, letter: str) -> bool:
    with database.org_transaction("acme") as connection:
        return canon.insert_version(
            connection,
            "acme",
            version=letter * 64,
            status="complete",
            key=f"k/{letter}",
            palette=["#112233"],
            fonts=["Inter"],
        )


def test_the_newest_derived_version_is_current_and_knows_its_predecessor(two_orgs: Database) -> None:
    assert [derive(two_orgs, letter) for letter in "abba"] == [True, True, False, True]
    with two_orgs.org_transaction("acme") as connection:
        current = canon.current_version(connection, "acme")
        versions = canon.list_versions(connection, "acme")
        with pytest.raises(NotFound):
            canon.get_version(connection, "acme", "c" * 64)
    assert current is not None
    assert (current.version[0], current.previous_version, current.palette) == ("a", "b" * 64, ["#112233"])
    assert [(row.version[0], row.is_current) for row in versions] == [("b", False), ("a", True)]


def test_parallel_derivations_leave_one_current_version(two_orgs: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda letter: derive(two_orgs, letter), "abcdabcd"))
    with two_orgs.org_transaction("acme") as connection:
        assert sum(row.is_current for row in canon.list_versions(connection, "acme")) == 1


def test_before_the_first_there_is_none(two_orgs: Database) -> None:
    with two_orgs.org_transaction("acme") as connection:
        assert canon.current_version(connection, "acme") is None


def test_every_version_is_found_by_its_beginning_however_many_came_later(two_orgs: Database) -> None:
    names = [f"{number:06x}".ljust(64, "0") for number in range(130)]
    with two_orgs.org_transaction("acme") as connection:
        for name in names:
            canon.insert_version(connection, "acme", version=name, status="complete", key=name, palette=[], fonts=[])
        assert canon.find_version(connection, "acme", names[0]).version == names[0]
        assert canon.find_version(connection, "acme", "000001").version == names[1]
        with pytest.raises(InvalidInput, match="more digits"):
            canon.find_version(connection, "acme", "00000")
        with pytest.raises(NotFound):
            canon.find_version(connection, "acme", "f" * 6)
    with two_orgs.org_transaction("globex") as connection, pytest.raises(NotFound):
        canon.find_version(connection, "globex", names[0])
