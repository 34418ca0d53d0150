"""Where this installation's own files are: in the checkout it runs from, or inside the installed package.

What must not live here: data that SGD writes (`settings.py` says where that is).
"""

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
