"""The files that the pages load: the two programs and a style sheet as a wheel carries them, and what starts each.

What must not live here: the pages themselves (`pages.py`).
"""

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sgd_api.http.routing.public_file import PublicFile
from sgd_resources.errors import BrokenContract, NotFound

WHEEL = "fastapi_offline"
"""Carries Swagger UI (Apache-2.0) and ReDoc (MIT) as their makers publish them; none of its code runs."""
JAVASCRIPT, CSS, PNG = "text/javascript", "text/css", "image/png"
_OF_THE_WHEEL: Mapping[str, str] = {
    "swagger-ui-bundle.js": JAVASCRIPT, "swagger-ui.css": CSS, "redoc.standalone.js": JAVASCRIPT, "favicon.png": PNG,
}  # fmt: skip
# `validatorUrl` and `persistAuthorization` are said although the defaults are good: the one would send the address of
# the description to a host on the internet, the other would leave a key in the browser's storage.
_OURS: Mapping[str, str] = {
    "swagger-start.js": 'SwaggerUIBundle({url: "/openapi.yaml", dom_id: "#page", deepLinking: true, '
    "validatorUrl: null, persistAuthorization: false});\n",
    "redoc-start.js": 'Redoc.init("/openapi.yaml", {}, document.getElementById("page"));\n',
}
"""Files of their own, so that the pages' policy need not allow scripts within a page."""


@cache
def part(name: str) -> PublicFile:
    """The file of this name; the known ones are read once per process (2.8 MB together).

    Raises:
        NotFound: no page loads such a file.
        BrokenContract: the wheel is not installed.
    """
    if name in _OURS:
        return PublicFile.of(_OURS[name].encode(), JAVASCRIPT)
    if name not in _OF_THE_WHEEL:
        raise NotFound("no such file")
    return PublicFile.of((_folder() / name).read_bytes(), _OF_THE_WHEEL[name])


def _folder() -> Path:
    # Found, not imported: its package would build pages of its own.
    spec = find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise BrokenContract("the pages' files are not installed", details={"package": WHEEL})
    return Path(spec.origin).parent / "static"
