"""What the image installs is what is tested: the same versions, with the extras that a deployment needs."""

import re

import pytest

from tests.deploy.dockerfile import ROOT, stages


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"(?m)^([a-z0-9._-]+)==([^ ;]+)", (ROOT / name).read_text("utf-8")))


@pytest.mark.parametrize(
    ("lock", "brought"),
    [
        ("requirements-image.lock", {"opentelemetry-exporter-otlp-proto-http", "google-cloud-documentai"}),
        ("requirements-k8s.lock", {"opentelemetry-sdk", "google-cloud-documentai", "dagster-k8s", "kubernetes"}),
    ],
)
def test_each_lock_of_the_image_has_the_core_and_its_extras_in_the_tested_versions(
    lock: str, brought: set[str]
) -> None:
    core, tested, image = pins("requirements.lock"), pins("requirements-dev.lock"), pins(lock)
    assert core.items() <= image.items()
    assert brought <= image.keys() - core.keys()
    assert {name: version for name, version in image.items() if tested.get(name) != version} == {}


def test_no_lock_names_an_index() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert len(locks) == 4
    assert [lock.name for lock in locks if re.search(r"https?://|--index|--find", lock.read_text("utf-8"))] == []


def test_the_builder_may_choose_between_both() -> None:
    build, _ = stages()
    assert build.all_of("ARG") == ["LOCK=requirements-image.lock"]
    assert "requirements-image.lock requirements-k8s.lock" in build.all_of("COPY")[0]
    assert "lock=${LOCK:-requirements-image.lock}" in (ROOT / "deploy/image/build.sh").read_text("utf-8")
