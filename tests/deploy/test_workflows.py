"""The workflows: GitHub's own schema, commands that exist, a gate before production and a way back behind it."""

import re
from typing import Any

import pytest

from tests.deploy.files import ROOT, faults, vendored_schema, yaml_of

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def workflow(name: str) -> Any:
    return yaml_of(ROOT / ".github" / "workflows" / name)


def steps(found: Any) -> list[Any]:
    return [step for job in found["jobs"].values() for step in job.get("steps", ())]


def text_of_all() -> str:
    return "\n".join(path.read_text("utf-8") for path in WORKFLOWS)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_it_keeps_to_the_schema_of_workflows(path: Any) -> None:
    found = yaml_of(path)
    # YAML 1.1 reads the key `on` as true.
    found["on"] = found.pop(True)
    assert faults(found, vendored_schema("github-workflows")) == []
    assert faults({**found, "jobs": {"a": {"runs-on": "x", "stepps": []}}}, vendored_schema("github-workflows")) != []


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_it_has_no_more_rights_than_it_needs_and_ends_some_day(path: Any) -> None:
    found = yaml_of(path)
    assert found["permissions"]["contents"] == "read"
    for name, job in found["jobs"].items():
        assert "uses" in job or job["timeout-minutes"] <= 90, name
        for step in job.get("steps", ()):
            if "uses" in step and not step["uses"].startswith("./"):
                assert re.search(r"@v?\d", step["uses"]), step["uses"]


def test_every_command_of_ours_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, flags=re.M))
    called = set(re.findall(r"\bmake ([a-z-]+)", text_of_all()))
    assert called
    assert called <= targets
    for script in set(re.findall(r"\bscripts/[\w.]+", text_of_all())):
        assert (ROOT / script).is_file(), script


def test_everything_that_was_asked_for_is_a_step_of_every_change() -> None:
    said = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    for asked in ("make check", "tests/contracts", "make coverage", "make test-services", "pip-audit", "make sbom",
                  "make deploy-check", "deploy/Dockerfile", "compose"):  # fmt: skip
        assert asked in said, asked


def test_production_comes_after_staging_and_after_somebody_said_yes() -> None:
    jobs = workflow("deploy.yml")["jobs"]
    assert "ci" in jobs["publish"]["needs"]
    assert "staging" in jobs["production"]["needs"]
    assert jobs["production"]["with"]["environment"] == "prod"
    assert workflow("roll-out.yml")["jobs"]["roll-out"]["environment"]["name"] == "${{ inputs.environment }}"


def test_what_fails_its_smoke_test_goes_back() -> None:
    rolling = steps(workflow("roll-out.yml"))
    [smoke] = [step for step in rolling if step.get("id") == "smoke"]
    back = rolling[-1]
    assert rolling.index(smoke) < rolling.index(back)
    assert "failure()" in back["if"]
    assert "rollout undo" in back["run"]
    order = [step.get("name") for step in rolling]
    assert order.index("Bring the schema up to date") < order.index("Roll the processes")


def test_no_input_of_a_person_is_pasted_into_a_command() -> None:
    for path in WORKFLOWS:
        for step in steps(yaml_of(path)):
            assert "${{ github.event" not in step.get("run", ""), path
            if path.name == "rollback.yml":
                assert "${{ inputs" not in step.get("run", "")


def test_secrets_come_from_the_environment_of_a_step() -> None:
    for path in WORKFLOWS:
        for step in steps(yaml_of(path)):
            assert "secrets." not in step.get("run", ""), path
