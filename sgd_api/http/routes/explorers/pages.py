"""GET /docs/swagger, /docs/redoc and the files they load: nothing comes from another host, nothing is of any org.

What must not live here: the files' contents (`parts.py`), anything that asks who calls.
"""

from fastapi import Request, Response
from starlette.responses import HTMLResponse

from sgd_api.http.routes.explorers.parts import part
from sgd_api.http.routing.public_file import PublicFile
from sgd_api.http.routing.router import Router

router = Router(tags=["front"])
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Both set styles by script, which 'unsafe-inline' of styles allows; ReDoc's search is a worker made of a blob. Nobody
may frame a page into which a key is typed, and a key goes nowhere but to this host."""
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_PAGE = """<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content="width=device-width">
<title>Smart Graphic Designer: {title}</title><link rel=icon href=/docs/files/favicon.png>{style}
<div id=page></div><script src=/docs/files/{program}></script><script src=/docs/files/{start}></script>
"""
_SWAGGER = _PAGE.format(
    title="Swagger UI", style="<link rel=stylesheet href=/docs/files/swagger-ui.css>",
    program="swagger-ui-bundle.js", start="swagger-start.js",
)  # fmt: skip
_REDOC = _PAGE.format(
    title="ReDoc", style="<style>body{margin:0}</style>", program="redoc.standalone.js", start="redoc-start.js"
)


@router.get("/docs/swagger", summary="The API in Swagger UI", response_class=HTMLResponse)
def swagger(request: Request) -> Response:
    """Every operation, to be tried with a key that the page forgets; all files come from this service."""
    return _page(request, _SWAGGER)


@router.get("/docs/redoc", summary="The API in ReDoc", response_class=HTMLResponse)
def redoc(request: Request) -> Response:
    """Every operation and body, to be read and searched; all files come from this service."""
    return _page(request, _REDOC)


@router.get("/docs/files/{name}", include_in_schema=False)
def page_file(name: str, request: Request) -> Response:
    """A file that one of the pages loads: no operation of the API, so its description leaves it out."""
    return part(name).answer(request, _HEADERS)


def _page(request: Request, text: str) -> Response:
    page = PublicFile.of(text.encode(), "text/html; charset=utf-8")
    return page.answer(request, {**_HEADERS, "Content-Security-Policy": _POLICY})
