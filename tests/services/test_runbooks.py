"""What the runbooks tell an operator to type is typed, in an installation with an org, a key, evidence and a canon."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sgd_api.samples.shelf import sample_kits
from tests.docs.runbooks import runbooks
from tests.services.test_end_to_end import finished, speaking_as, upload
from tests.services.test_restore_drill import ORG, living, sgd

pytestmark = [pytest.mark.services, pytest.mark.slow]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """What stands for each word in capitals."""
    folder = tmp_path_factory.mktemp("run")
    guide = sample_kits()[ORG]
    files = {
        path.name: path.read_bytes() for path in sorted(guide.rglob("*.md"))[:1] + sorted(guide.rglob("*.svg"))[:2]
    }
    with living(folder / "var") as stack, speaking_as(stack, ORG) as client:
        ids = list(upload(client, files).values())
        assert finished(client, client.post("/ingest", json={"project_id": "p1", "assets": ids})).status_code == 200
        key_id, _ = stack.create_key(ORG, "leaked")
        yield {
            "VAR": str(folder / "var"), "ORG": ORG, "KEY_ID": key_id, "FILE": str(next(guide.rglob("*.svg"))),
            "PAGE": str(folder / "canon.html"), "FOLDER": str(folder / "kept"),
        }  # fmt: skip


def test_every_command_ends_well(place: dict[str, str]) -> None:
    commands = {tuple(arguments): None for book in runbooks() for arguments in book.to_run}
    # `sgd down` ends the installation that the others need; a rotated key is ended already when it is revoked
    ordered = sorted(
        (found for found in commands if found != ("down",)), key=lambda found: found[:2] == ("keys", "revoke")
    )
    failed = {}
    for arguments in ordered:
        done = sgd(Path(place["VAR"]), *(place.get(word, word) for word in arguments))
        if done.returncode != 0 and arguments[0] != "doctor":
            failed[" ".join(arguments)] = done.stderr.strip()
        assert "failed on our side" not in done.stderr
    assert failed == {}
    assert len(ordered) > 15


def test_a_revoked_key_is_refused_and_its_listing_says_so(place: dict[str, str]) -> None:
    listed = sgd(Path(place["VAR"]), "keys", "list", "--org", ORG, "--json")
    assert listed.returncode == 0
    assert place["KEY_ID"] in listed.stdout


def test_down_ends_what_runs_from_a_directory_of_nobody(tmp_path: Path) -> None:
    assert sgd(tmp_path / "empty", "down").returncode == 0
