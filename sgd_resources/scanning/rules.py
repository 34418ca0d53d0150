"""The scan rules, compiled once per process, and the names under which a report tells of them.

The data is `policies/scan_rules.yar`. What must not live here: unpacking, judging.
"""

import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import yara_x

from sgd_resources.contracts import path_in
from sgd_resources.settings import Settings

_NAME = "scan_rules.yar"


def rules_file() -> Path:
    """The rules in force."""
    # Made without `.env`: a child knows no secret. The fork server is told of the folder in its environment.
    return path_in(Settings(_env_file=None).sgd_policy_dir, _NAME)


@lru_cache(maxsize=1)
def engine_name() -> str:
    """The engine with its version."""
    return f"yara-x {version('yara-x')}"


@lru_cache(maxsize=1)
def rules_name() -> str:
    """The rule set by the beginning of its hash: another rule is another name."""
    return f"sgd {hashlib.sha256(rules_file().read_bytes()).hexdigest()[:12]}"


@lru_cache(maxsize=1)
def scanner() -> yara_x.Scanner:
    """The compiled rules, ready to scan; made in the fork server, so that children neither compile nor read files.

    Raises:
        yara_x.CompileError: the rules are wrong; the operator must mend them.
    """
    compiler = yara_x.Compiler(includes_enabled=False)
    compiler.define_global("media_type", "")
    compiler.add_source(rules_file().read_text("utf-8"), origin=_NAME)
    return yara_x.Scanner(compiler.build())


def warm_up() -> None:
    """Compile and name the rules now, so that whoever is forked from here has them."""
    scanner()
    engine_name()
    rules_name()
