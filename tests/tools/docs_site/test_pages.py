"""The pages that are made: no operation or command is missing, money is the policy's, pictures are fresh."""

import copy
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from mkdocs.exceptions import PluginError

from tools.docs_site import costs, hook, reference

ROOT = Path(__file__).resolve().parents[3]


def shown(markdown: str, name: str = "page.md") -> str:
    return hook.on_page_markdown(markdown, SimpleNamespace(file=SimpleNamespace(src_uri=name)))


@pytest.mark.slow
def test_every_operation_and_every_command_has_its_heading() -> None:
    document = yaml.load((ROOT / "openapi.yaml").read_text("utf-8"), yaml.CSafeLoader)
    page = reference.api()
    methods = ("get", "post", "put", "patch", "delete")
    named = [f"### `{m.upper()} {path}`" for path, found in document["paths"].items() for m in found if m in methods]
    assert len(named) > 40
    assert [heading for heading in named if heading not in page] == []
    commands = reference.commands()
    for command in ("sgd backup", "sgd restore", "sgd keys revoke", "sgd vectors rebuild"):
        assert f"## {command}\n" in commands
    assert "`--unchanged-from`" in commands


@pytest.mark.slow
def test_every_package_is_in_the_list_of_modules() -> None:
    page = reference.modules()
    for folder in ("sgd_resources/backup", "sgd_assets/renders/brief", "sgd_api/cli/commands/operations"):
        assert f"## {folder}\n" in page


def test_money_follows_the_policy_and_cores_follow_the_load() -> None:
    policy = json.loads((ROOT / "policies" / "openrouter_policy.json").read_text("utf-8"))
    before = costs.per_picture_usd(policy)
    dearer = copy.deepcopy(policy)
    dearer["tasks"]["image"]["max_cost_usd"] += 1
    after = costs.per_picture_usd(dearer)
    assert after["with a generated picture"] == pytest.approx(before["with a generated picture"] + 1)
    assert after["planner and critic"] == before["planner and critic"]
    assert costs.cores_for(200_000) == pytest.approx(2 * costs.cores_for(100_000))
    assert all(f"| `{name}` |" in costs.page() for name, task in policy["tasks"].items() if "max_cost_usd" in task)


def test_a_link_to_a_file_beside_the_pages_becomes_its_name_and_one_to_nowhere_is_refused() -> None:
    assert shown("[the policy](../policies/openrouter_policy.json)") == "the policy (`policies/openrouter_policy.json`)"
    assert shown("[canon](canon.md) [out](https://example.com)") == "[canon](canon.md) [out](https://example.com)"
    with pytest.raises(PluginError, match="nowhere"):
        shown("[x](../nowhere.md)")


def test_every_diagram_has_a_picture_of_its_present_text_and_a_changed_one_is_noticed() -> None:
    found = hook.diagrams()
    assert len(found) > 1
    assert {hook.picture_of(diagram) for diagram in found} == set(hook.PICTURES.glob("*.svg"))
    assert all("<script" not in path.read_text("utf-8") for path in hook.PICTURES.glob("*.svg"))
    with pytest.raises(PluginError, match="no picture"):
        shown("```mermaid\nflowchart LR\n  A --> B\n```\n")


def test_a_page_that_the_menu_does_not_name_stands_at_its_end() -> None:
    config = {"nav": [{"Home": "index.md"}, "backup.md", "runbooks/index.md"]}
    hook.on_config(config)
    [more] = [entry["More"] for entry in config["nav"] if isinstance(entry, dict) and "More" in entry]
    assert "canon.md" in more
    assert not {"backup.md", "runbooks/index.md"} & set(more)
    whole = {"nav": hook.pages_beside("")}
    hook.on_config(whole)
    assert whole["nav"] == hook.pages_beside("")
