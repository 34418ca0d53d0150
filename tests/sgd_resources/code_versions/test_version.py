import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sgd_resources.code_versions import version as versions
from sgd_resources.code_versions.version import version_in, version_of
from sgd_resources.errors import BrokenContract

RULES = '''"""Rules."""
import json
from typing import TYPE_CHECKING

from made.limits import MOST, least
from made import words

if TYPE_CHECKING:
    from made.unused import Thing

KNOWN = {}
_HIDDEN = 3


def decide(value: int) -> int:
    """Decides."""
    total: int = value + MOST
    for word in words.LIST:
        total += len(word)
    return _add(total) + least(value) + len(json.loads("[]"))


def _add(value):
    return value + _HIDDEN


def unreached():
    return 7


KNOWN["decide"] = decide
'''
LIMITS = "MOST = 5\n\n\ndef least(value):\n    return min(value, _LEAST)\n\n\n_LEAST = 2\n"
WORDS = 'LIST = ("a", "b")\n_LEAST = 9\n\n\ndef longest(): return max(LIST, key=lambda item: _LEAST)\n'
SOURCES = {"__init__.py": "", "rules.py": RULES, "limits.py": LIMITS, "words.py": WORDS, "unused.py": "Thing = 1\n"}


def made(folder: Path, sources: Mapping[str, str], decider: str = "made.rules:decide") -> str:
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return version_in({"made": folder}, decider)


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in SOURCES[name]
    return {**SOURCES, name: SOURCES[name].replace(old, new)}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rules.py", "_HIDDEN = 3", "_HIDDEN = 4"),
        ("limits.py", "MOST = 5", "MOST = 5.0"),
        ("limits.py", "min(", "max("),
        ("words.py", '"b")', '"c")'),
        ("rules.py", "import json\n", "import tomllib as json\n"),
        ("rules.py", 'KNOWN["decide"] = decide', 'KNOWN["other"] = decide'),
        ("rules.py", "value + MOST", "value + words.longest()"),
    ],
)
def test_a_changed_rule_is_another_version(tmp_path: Path, name: str, old: str, new: str) -> None:
    assert made(tmp_path / "made", changed(name, old, new)) != made(tmp_path / "made", SOURCES)


def test_two_constants_that_change_places_are_another_version(tmp_path: Path) -> None:
    both = {**SOURCES, "rules.py": RULES.replace("value + MOST", "value + words.longest()")}
    swapped = {
        **both,
        "limits.py": LIMITS.replace("_LEAST = 2", "_LEAST = 9"),
        "words.py": WORDS.replace("_LEAST = 9", "_LEAST = 2"),
    }
    assert made(tmp_path / "made", swapped) != made(tmp_path / "made", both)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("rules.py", '"""Decides."""', '"""Says what it decides, in other words."""\n    # because'),
        ("rules.py", "return value + _HIDDEN", "return (\n        value\n        + _HIDDEN\n    )"),
        ("rules.py", "def _add(value):", "def _add(value: float) -> float:"),
        ("rules.py", "total: int = value", "total = value"),
        ("rules.py", "return 7", "return 8"),
        (
            "rules.py",
            "from made.limits import MOST, least\n",
            "from made.limits import least\nfrom made.limits import MOST\n",
        ),
        ("rules.py", "value + MOST\n", "value + limit\n"),
        ("rules.py", "_HIDDEN = 3\n", '_HIDDEN = 3\n"""Why three."""\n'),
        ("words.py", "_LEAST = 9", "_LEAST = 10"),
        ("unused.py", "1", "2"),
    ],
)
def test_what_decides_nothing_leaves_the_version(tmp_path: Path, name: str, old: str, new: str) -> None:
    sources = changed(name, old, new)
    if new == "value + limit\n":
        sources["rules.py"] = sources["rules.py"].replace("import MOST, least", "import MOST as limit, least")
    assert made(tmp_path / "made", sources) == made(tmp_path / "made", SOURCES)


def test_definitions_in_another_order_are_the_same_version(tmp_path: Path) -> None:
    reordered = "_LEAST = 2\n\n\ndef least(value):\n    return min(value, _LEAST)\n\n\nMOST = 5\n"
    assert made(tmp_path / "made", {**SOURCES, "limits.py": reordered}) == made(tmp_path / "made", SOURCES)


def test_a_file_that_moves_and_is_renamed_is_the_same_version(tmp_path: Path) -> None:
    moved = {name: text for name, text in SOURCES.items() if name not in ("limits.py", "words.py", "rules.py")}
    moved |= {
        "bounds/__init__.py": "",
        "bounds/numbers.py": LIMITS,
        "bounds/vocabulary.py": WORDS,
        "decisions.py": RULES.replace("from made.limits", "from made.bounds.numbers").replace(
            "from made import words", "from made.bounds import vocabulary as words"
        ),
    }
    at_home = made(tmp_path / "made", SOURCES)
    assert made(tmp_path / "made", moved, "made.decisions:decide") == at_home
    relative = {**moved, "decisions.py": moved["decisions.py"].replace("from made.bounds", "from .bounds")}
    assert made(tmp_path / "made", relative, "made.decisions:decide") == at_home


def test_a_definition_behind_a_package_that_passes_it_on_is_the_same_version(tmp_path: Path) -> None:
    passed_on = {
        **SOURCES,
        "__init__.py": "from made.limits import MOST, least\n",
        "rules.py": RULES.replace("from made.limits", "from made"),
    }
    assert made(tmp_path / "made", passed_on) == made(tmp_path / "made", SOURCES)


def test_names_that_a_function_binds_itself_are_not_followed(tmp_path: Path) -> None:
    source = (
        "def other():\n    return 1\n\n\n"
        "def decide(other):\n    return [shown for shown in other]\n\n\n"
        "def shown():\n    return 1\n"
    )
    before = made(tmp_path / "made", {"rules.py": source})
    assert made(tmp_path / "made", {"rules.py": source.replace("return 1", "return 2")}) == before


def test_names_that_only_an_inner_scope_binds_are_followed(tmp_path: Path) -> None:
    source = "def shown():\n    return 1\n\n\ndef decide(given):\n    return [shown for shown in given], shown()\n"
    before = made(tmp_path / "made", {"rules.py": source})
    assert made(tmp_path / "made", {"rules.py": source.replace("return 1", "return 2")}) != before


@pytest.mark.parametrize("text", ['"made.limits:least"', '"made.limits"'])
def test_code_that_is_named_by_a_text_is_followed(tmp_path: Path, text: str) -> None:
    sources = {**SOURCES, "rules.py": f"def decide():\n    return {text}\n"}
    other = {**sources, "limits.py": LIMITS.replace("_LEAST = 2", "_LEAST = 3")}
    moved = {**sources, "bounds.py": LIMITS, "rules.py": sources["rules.py"].replace("limits", "bounds")}
    del moved["limits.py"]
    before = made(tmp_path / "made", sources)
    assert made(tmp_path / "made", other) != before
    assert made(tmp_path / "made", moved) == before


def test_functions_that_call_each_other_have_a_version(tmp_path: Path) -> None:
    source = "def decide(n):\n    return n and other(n - 1)\n\n\ndef other(n):\n    return n and decide(n - 2)\n"
    before = made(tmp_path / "made", {"rules.py": source})
    assert made(tmp_path / "made", {"rules.py": source.replace("n - 2", "n - 3")}) != before


def test_an_updated_library_is_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "import numpy as np\n\n\ndef decide():\n    return np.mean([1])\n"
    before = made(tmp_path / "made", {"rules.py": source})
    monkeypatch.setattr(versions, "versions_of", lambda names: tuple((name, "99") for name in names))
    assert made(tmp_path / "made", {"rules.py": source}) != before


def test_a_decider_that_is_not_there_is_told() -> None:
    with pytest.raises(BrokenContract, match="nowhere:nothing"):
        version_of("sgd_resources.nowhere:nothing")


@pytest.mark.parametrize(
    "damage", [lambda data: b"", lambda data: data[: len(data) // 2], lambda data: b"[]", lambda data: b"\xff\x00{"]
)
def test_kept_outcomes_that_are_damaged_are_worked_out_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]
) -> None:
    file, unwritable = tmp_path / "kept.json", tmp_path / "no folder"
    unwritable.write_bytes(b"")
    monkeypatch.setattr(versions, "_files", lambda: [unwritable / "kept.json", file])
    decider = ("sgd_resources.parsers.bullets:BULLETS",)
    monkeypatch.setattr(versions, "_kept_outcomes", lambda: versions._read(file))
    first = versions._version_of.__wrapped__(decider)
    written = json.loads(file.read_bytes())
    file.write_bytes(damage(file.read_bytes()))
    assert versions._version_of.__wrapped__(decider) == first
    assert json.loads(file.read_bytes()) == written


@pytest.mark.slow
def test_another_process_finds_the_same_versions_with_and_without_what_is_kept(tmp_path: Path) -> None:
    program = (
        "from sgd_assets.canon.derive import rules_version\n"
        "from sgd_resources.parsers.select import LocalParser\n"
        "print(rules_version(), LocalParser().version)"
    )
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPYCACHEPREFIX": str(tmp_path / "cache"), "PYTHONHASHSEED": "7"}
    root = Path(__file__).resolve().parents[3]
    runs = [
        subprocess.run(
            [sys.executable, "-c", program], env=environment, cwd=root, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    from sgd_assets.canon.derive import rules_version
    from sgd_resources.parsers.select import LocalParser

    assert runs == [f"{rules_version()} {LocalParser().version}\n"] * 2
    assert list((tmp_path / "cache").rglob("*.versions.json"))


NAMES_DATA = RULES + '\nFILES = "made.words:lists/*.toml"\n\n\ndef read(value):\n    return FILES, value\n'


@pytest.mark.parametrize(
    ("lists", "is_same"),
    [
        ({"lists/a.toml": '# a remark\nwords = [\n  "x",\n]\n'}, True),
        ({"lists/a.toml": 'words = ["x", "y"]\n'}, False),
        ({"lists/a.toml": 'words = ["x"]\n', "lists/b.toml": 'words = ["x"]\n'}, False),
        ({"lists/a.toml": 'words = ["x"]\n', "elsewhere/b.toml": 'words = ["x"]\n'}, True),
    ],
)
def test_what_a_named_data_file_states_decides_the_version(
    tmp_path: Path, lists: dict[str, str], is_same: bool
) -> None:
    sources = {**SOURCES, "words/__init__.py": "LIST = ()\n", "rules.py": NAMES_DATA}
    del sources["words.py"]
    before = made(
        tmp_path / "made", {**sources, "lists.py": "", "words/lists/a.toml": 'words = ["x"]\n'}, "made.rules:read"
    )
    after = made(
        tmp_path / "made",
        {**sources, "lists.py": "", **{f"words/{name}": text for name, text in lists.items()}},
        "made.rules:read",
    )
    assert (before == after) is is_same
