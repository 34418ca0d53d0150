"""Where this installation's own files are, and where a process looks for `.env` and keeps data when no setting says so.

What must not live here: the settings themselves (`settings.py`).
"""

import os
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def checkout() -> Path | None:
    """The root of the source checkout this code runs from; None when it was installed from a wheel."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "contracts").is_dir() else None


@cache
def shipped() -> Path:
    """The folder that holds `contracts/` and `policies/`. A wheel carries copies, which `setup.py` puts there."""
    return checkout() or _PACKAGE / "shipped"


def env_file() -> Path:
    """Of a checkout its own `.env`, whatever directory a command is called in; else that of the working directory."""
    return (checkout() or Path()) / ".env"


def default_var_dir() -> Path:
    """`var` of the checkout; of an installed wheel a folder of the user's own. Never the working directory's."""
    root = checkout()
    if root is not None:
        return root / "var"
    data_home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    try:
        return Path(data_home).expanduser() / "sgd"
    except RuntimeError:
        # A user that no file names, as containers and confined children run as: where services keep their data.
        return Path("/var/lib/sgd")


def absolute(given: Path, otherwise: str) -> Path:
    """The path, relative ones below the checkout. Raises ValueError where there is none: `otherwise` would differ."""
    path, root = given.expanduser(), checkout()
    if not path.is_absolute() and root is None:
        raise ValueError(f"give an absolute path: a relative one would mean other {otherwise} in each directory")
    return path if root is None else root / path
