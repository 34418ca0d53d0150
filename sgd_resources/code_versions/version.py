"""The version of some functions of ours, as short hex; the same in every process of one installation.

Following the code takes about a second, so its outcome is kept beside the bytecode of this module, under the hash of
all sources: a warm start reads the sources and hashes them. Where neither that folder nor the user's cache can be
written, each process works it out once. What must not live here: how code is followed (`tree.py`).
"""

import hashlib
import json
import logging
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import cache_from_source, find_spec
from pathlib import Path
from typing import Any

from sgd_resources.code_versions.libraries import versions_of
from sgd_resources.code_versions.tree import CodeTree, data_files, sources
from sgd_resources.errors import BrokenContract

PACKAGES = ("sgd_resources", "sgd_assets")
"""Where rules live; the API decides nothing that is stored."""
_DIGITS = 12
_log = logging.getLogger(__name__)

Decider = Callable[..., Any] | type | str
"""A function or class of ours, or `module:name` of one that must not be imported here."""


def version_of(*deciders: Decider) -> str:
    """Version of all that these reach: our code, and the versions of the libraries among it. 12 hex digits.

    Raises:
        BrokenContract: a decider is not in our packages, or they were installed without their sources.
    """
    return _version_of(tuple(_name(decider) for decider in deciders))


def version_in(roots: Mapping[str, Path], *deciders: str) -> str:
    """As `version_of`, of sources that lie elsewhere and are not imported."""
    return _digest(*CodeTree(roots).describe(deciders))


@cache
def _version_of(deciders: tuple[str, ...]) -> str:
    kept = _kept_outcomes()
    known = kept.get("\n".join(deciders))
    if known is None:
        code, libraries = _tree().describe(deciders)
        known = [hashlib.sha256(code.encode()).hexdigest(), *libraries]
        kept["\n".join(deciders)] = known
        _keep(kept)
    return _combined(known[0], known[1:])


def _digest(code: str, libraries: tuple[str, ...]) -> str:
    return _combined(hashlib.sha256(code.encode()).hexdigest(), list(libraries))


def _combined(code_sha256: str, libraries: list[str]) -> str:
    everything = [code_sha256, versions_of(libraries), sys.version_info[:2]]
    return hashlib.sha256(json.dumps(everything).encode()).hexdigest()[:_DIGITS]


def _name(decider: Decider) -> str:
    if isinstance(decider, str):
        return decider
    return f"{decider.__module__}:{decider.__qualname__}"


@cache
def _roots() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for package in PACKAGES:
        spec = find_spec(package)
        folders = list(spec.submodule_search_locations or ()) if spec is not None else []
        if folders:
            found[package] = Path(folders[0])
    if "sgd_resources" not in found:
        raise BrokenContract("the sources of sgd_resources are not installed")
    return found


@cache
def _tree() -> CodeTree:
    return CodeTree(_roots())


@cache
def _sources_sha256() -> str:
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for package, folder in sorted(_roots().items()):
        for path in sources(folder) + data_files(folder):
            data = path.read_bytes()
            digest.update(f"{package}/{path.relative_to(folder)}\n{len(data)}\n".encode())
            digest.update(data)
    return digest.hexdigest()


@cache
def _kept_outcomes() -> dict[str, list[str]]:
    """Outcomes for these very sources, from the first file that holds some."""
    return next((found for file in _files() if (found := _read(file))), {})


def _read(file: Path) -> dict[str, list[str]]:
    """What a file holds; one that is missing, damaged or of other sources holds nothing, and is made anew."""
    try:
        stored = json.loads(file.read_bytes())
        if stored["sources_sha256"] == _sources_sha256():
            return {str(name): [str(part) for part in outcome] for name, outcome in stored["outcomes"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        _log.info(
            "the versions kept in %s cannot be read (%s) and are worked out anew", file.name, type(error).__name__
        )
        return {}
    return {}


def _keep(outcomes: Mapping[str, list[str]]) -> None:
    for file in _files():
        body = {"sources_sha256": _sources_sha256(), "outcomes": {**_read(file), **outcomes}}
        try:
            _write(file, json.dumps(body))
        except OSError:
            continue  # nothing depends on the file but the time of the next start
        return


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
    try:
        with os.fdopen(descriptor, "w") as written:
            written.write(text)
        os.replace(name, file)
    except OSError:
        os.unlink(name)
        raise


def _files() -> list[Path]:
    """Beside this module's bytecode, or where that cannot be written in the user's own cache."""
    own_cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "sgd")
    return [Path(cache_from_source(__file__)).with_suffix(".versions.json"), own_cache / "code_versions.json"]
