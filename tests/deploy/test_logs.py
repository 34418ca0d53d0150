"""The examples of collectors are whole YAML, and each of their steps has the input it names."""

from pathlib import Path

import yaml

LOGS = Path(__file__).resolve().parents[2] / "deploy" / "logs"


def test_every_input_of_vectors_steps_is_a_step() -> None:
    made = yaml.safe_load((LOGS / "vector.yaml").read_text("utf-8"))
    steps = {**made["sources"], **made["transforms"]}
    named = [name for part in ("transforms", "sinks") for step in made[part].values() for name in step["inputs"]]
    assert named
    assert [name for name in named if name not in steps] == []


def test_every_filter_and_output_of_fluent_bit_matches_the_tag_of_its_input() -> None:
    pipeline = yaml.safe_load((LOGS / "fluent-bit.yaml").read_text("utf-8"))["pipeline"]
    (tag,) = {one["tag"] for one in pipeline["inputs"]}
    assert {one["match"] for part in ("filters", "outputs") for one in pipeline[part]} == {tag}
