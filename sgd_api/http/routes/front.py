"""GET /, /docs and /openapi.yaml: what this service is and how to speak to it. Nothing of any org.

What must not live here: anything that asks who calls.
"""

from functools import cache
from typing import Any

from fastapi import Request, Response
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, JSONResponse

from sgd_api.http.routing.public_file import PublicFile
from sgd_api.http.routing.router import Router

router = Router(tags=["front"])
_METHODS = ("get", "post", "put", "patch", "delete")
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code{font:14px ui-monospace,monospace}h2{margin:2rem 0 .2rem;font-size:1rem}p{margin:.2rem 0}"""


@router.get("/", summary="What this service is", response_class=JSONResponse)
async def index(request: Request) -> dict[str, str]:
    """Its name, and where its description, its page for people and its state are."""
    return {
        "service": request.app.title, "version": request.app.version,
        "openapi": "/openapi.yaml", "docs": "/docs", "health": "/healthz", "ready": "/readyz",
    }  # fmt: skip


@router.get(
    "/openapi.yaml",
    summary="The description of this API",
    response_class=Response,
    responses={200: {"content": {"application/yaml": {}}, "description": "OpenAPI 3.1"}},
)
def description(request: Request) -> Response:
    """The same text as the file `openapi.yaml` of the project."""
    return _description().answer(request)


@router.get("/docs", summary="The API as a page", response_class=HTMLResponse)
def page(request: Request) -> Response:
    """Every operation with its parameters and answers; the page loads nothing from anywhere."""
    return _page().answer(request, {"Content-Security-Policy": _PAGE_POLICY})


@cache
def _description() -> PublicFile:
    from sgd_api.http.openapi import openapi_text

    return PublicFile.of(openapi_text().encode(), "application/yaml")


@cache
def _page() -> PublicFile:
    from sgd_api.http.openapi import build_openapi

    document = build_openapi()
    operations = [
        _operation(method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
    ]
    title = escape(document["info"]["title"])
    head = Markup("<!doctype html><html lang=en><meta charset=utf-8><title>{}</title><style>{}</style>")
    intro = Markup(
        "<h1>{}</h1><p>{}</p><p>Bodies in full: <a href=/openapi.yaml>openapi.yaml</a>, "
        "in <a href=/docs/swagger>Swagger UI</a> and in <a href=/docs/redoc>ReDoc</a></p>"
    )
    parts = [head.format(title, Markup(_STYLE)), intro.format(title, document["info"]["summary"]), *operations]  # noqa: S704 - our own constant
    return PublicFile.of("\n".join(parts).encode(), "text/html; charset=utf-8")


def _operation(method: str, path: str, operation: dict[str, Any]) -> Markup:
    names = ", ".join(parameter["name"] for parameter in operation.get("parameters", ()))
    answers = ", ".join(operation["responses"])
    return Markup("<h2><code>{} {}</code></h2><p>{}</p><p>{}{}; answers {}</p>").format(
        method.upper(), path, operation["summary"], operation.get("description", ""),
        f" Parameters: {names}" if names else "", answers,
    )  # fmt: skip
