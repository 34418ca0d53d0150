import json
from pathlib import Path

import pytest

from sgd_resources.contracts import POLICIES_DIR
from sgd_resources.errors import ValidationFailed
from sgd_resources.llm.policy.policy_file import PolicyFile
from sgd_resources.llm.prompts import load_prompt


def test_every_shipped_prompt_keeps_its_contract_and_belongs_to_a_task_of_the_policy() -> None:
    tasks = [path.stem for path in sorted((POLICIES_DIR / "prompts").glob("*.json"))]
    assert tasks == ["analyze", "canon_extractor", "critic", "draft", "image", "moderation", "planner"]
    for task in tasks:
        prompt = load_prompt(task)
        assert prompt.task in PolicyFile().current().tasks
        assert len(prompt.text) > 100


def test_the_hash_of_a_prompt_follows_its_words_and_not_its_layout(tmp_path: Path) -> None:
    def prompt(name: str, said: str, indent: int | None) -> str:
        folder = tmp_path / name
        folder.mkdir()
        document = {"version": 1, "task": "critic", "system": [said]}
        (folder / "critic.json").write_text(json.dumps(document, indent=indent), "utf-8")
        return load_prompt("critic", directory=folder).sha256

    assert prompt("a", "Judge.", None) == prompt("b", "Judge.", 4) != prompt("c", "Judge it.", None)


@pytest.mark.parametrize("text", ["{", '{"version": 1}', '{"version": 1, "task": "image", "system": ["Draw."]}'])
def test_a_prompt_that_cannot_be_used_says_so_when_it_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "critic.json").write_text(text, "utf-8")
    with pytest.raises(ValidationFailed):
        load_prompt("critic", directory=tmp_path)
