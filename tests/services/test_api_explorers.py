"""Swagger UI and ReDoc in a real browser: they show every operation and no request leaves for another host."""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from sgd_api.http.app import create_app
from sgd_api.http.openapi import build_openapi
from sgd_resources.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HERE = "http://sgd.test"
pytestmark = [
    pytest.mark.services,
    pytest.mark.enable_socket,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed; tests/services/install.sh installs it"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def opened(browser: Any) -> Iterator[Any]:
    """A page whose every request is answered by the app, with what left for elsewhere and what the browser said."""
    api = TestClient(create_app(Settings(_env_file=None)), base_url=HERE)
    page = browser.new_page()
    page.elsewhere, page.said = [], []

    def answer(route: Any) -> None:
        if not route.request.url.startswith(f"{HERE}/"):
            page.elsewhere.append(route.request.url)
            route.abort()
            return
        found = api.get(route.request.url.removeprefix(HERE))
        route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.content)

    page.route(re.compile("^https?:"), answer)
    page.on("console", lambda message: page.said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    page.close()


def operations() -> int:
    return sum(len(methods) for methods in build_openapi()["paths"].values())


def test_swagger_ui_shows_every_operation_and_breaks_no_policy(opened: Any) -> None:
    opened.goto(f"{HERE}/docs/swagger")
    opened.wait_for_selector(".opblock")
    assert opened.locator(".opblock").count() == operations()
    opened.locator(".opblock-summary-control", has_text="/healthz").first.click()
    opened.wait_for_selector(".opblock-body")
    assert (opened.elsewhere, opened.said) == ([], [])


def test_redoc_shows_every_operation_and_searches_them(opened: Any) -> None:
    opened.goto(f"{HERE}/docs/redoc")
    opened.wait_for_selector("[data-section-id]")
    opened.get_by_role("textbox").first.fill("picture")
    opened.wait_for_selector("[data-role='search:results'] li")
    text = opened.locator("body").inner_text()
    for path in ("/healthz", "/render", "/docs/redoc"):
        assert path in text
    # Its maker's mark would come from its maker: the policy stops it before it leaves, and ReDoc leaves it out.
    assert opened.elsewhere == []
    assert [told for told in opened.said if "redocly" not in told and "redoc.ly" not in told] == []
