"""What Document AI answers: fields of forms, tables, errors of its client."""

from typing import Any

import pytest
import requests
from google.api_core import exceptions as answer_errors
from google.auth import exceptions as auth_errors
from google.protobuf import json_format

from sgd_resources.errors import ProviderRefused
from sgd_resources.parsed_document import FormField, Page, TableCell
from sgd_resources.parsers.engines.documentai_client import CallFailed, failure_of
from sgd_resources.parsers.engines.documentai_wire import blocks_of

answers: Any = answer_errors
auth: Any = auth_errors
"""Both without types of their own."""
TEXT = "Brand form\nPrimary colour: #0086BF\nLogo checked \nNotes: sea blue, always\nName\tHex\nSun\t#FFD400\n"
PAGE = Page(number=1, width=200, height=100, has_text_layer=False)


def layout(words: str, top: float = 0.1) -> dict[str, Any]:
    start = TEXT.index(words)
    segment: dict[str, str] = {"endIndex": str(start + len(words))} | ({"startIndex": str(start)} if start else {})
    corners = [{"x": 0.1, "y": top}, {"x": 0.5, "y": top}, {"x": 0.5, "y": top + 0.05}, {"x": 0.1, "y": top + 0.05}]
    return {"textAnchor": {"textSegments": [segment]}, "boundingPoly": {"normalizedVertices": corners}}


def answer() -> dict[str, Any]:
    rows = [{"cells": [{"layout": layout(word, 0.8)} for word in row]} for row in (("Name", "Hex"), ("Sun", "#FFD400"))]
    paragraphs = [
        layout("Brand form\n"), layout("Primary colour: ", 0.2), layout("#0086BF\n", 0.2),
        layout("Notes: sea blue, always\n", 0.4), layout("Name\tHex\n", 0.8),
    ]  # fmt: skip
    fields = [
        {"fieldName": layout("Logo checked "), "fieldValue": {}, "valueType": "filled_checkbox"},
        {"fieldName": layout("Primary colour: ", 0.2), "fieldValue": layout("#0086BF\n", 0.2)},
        {"fieldName": layout("Notes: ", 0.4), "fieldValue": layout("sea blue", 0.4)},
        {"fieldName": {}, "fieldValue": layout("Sun")},
    ]
    page = {
        "paragraphs": [{"layout": found} for found in paragraphs],
        "formFields": fields,
        "tables": [{"headerRows": rows[:1], "bodyRows": rows[1:]}],
    }
    return {"document": {"text": TEXT, "pages": [page]}}


def test_a_form_field_is_one_line_in_the_place_of_the_paragraphs_that_say_it() -> None:
    blocks = blocks_of(answer(), [PAGE])
    assert [block.text for block in blocks if block.cell is None] == [
        "Brand form",
        "Primary colour: #0086BF",
        "Logo checked: yes",
        "Notes: sea blue",
        "Notes: sea blue, always",  # says more than the field, so it stays
    ]
    field = blocks[1]
    assert field.field == FormField(name="Primary colour", value="#0086BF")
    assert field.location.bbox == (20.0, 20.0, 100.0, 25.0)
    assert blocks[2].field == FormField(name="Logo checked", is_ticked=True)
    assert all(block.is_recognised for block in blocks)


def test_a_table_is_read_cell_by_cell_with_its_header() -> None:
    cells = [(block.text, block.cell) for block in blocks_of(answer(), [PAGE]) if block.cell]
    assert cells == [
        ("Name", TableCell(table=0, row=0, column=0, is_header=True)),
        ("Hex", TableCell(table=0, row=0, column=1, is_header=True)),
        ("Sun", TableCell(table=0, row=1, column=0)),
        ("#FFD400", TableCell(table=0, row=1, column=1)),
    ]


def test_this_answer_is_one_that_google_could_give() -> None:
    from google.cloud import documentai_v1

    json_format.ParseDict(answer(), documentai_v1.ProcessResponse.pb(documentai_v1.ProcessResponse()))


def of_status(status: int, **headers: str) -> Exception:
    response = requests.Response()
    response.status_code = status
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    made: Exception = answers.from_http_status(status, "no", response=response)
    return made


@pytest.mark.parametrize(
    ("error", "is_lasting", "retry_after_s"),
    [
        (requests.ConnectionError("no route"), False, 1.0),
        (requests.Timeout("slow"), False, 1.0),
        (auth.TransportError("no route"), False, 1.0),
        (auth.RefreshError("busy", retryable=True), False, 1.0),
        (of_status(429, Retry_After="3600"), False, 3600.0),
        (of_status(503, Retry_After="0"), False, 0.0),
        (of_status(500), False, 1.0),
        (of_status(403), False, None),
        (of_status(404), False, None),
        (of_status(408), False, None),
        (json_format.ParseError("no json"), False, None),
        (of_status(400), True, None),
        (of_status(413), True, None),
    ],
)
def test_only_an_answer_about_the_file_itself_is_lasting(
    error: Exception, is_lasting: bool, retry_after_s: float | None
) -> None:
    failure = failure_of(error)
    assert isinstance(failure, CallFailed)
    assert (failure.is_lasting, failure.retry_after_s) == (is_lasting, retry_after_s)


@pytest.mark.parametrize(
    "error", [of_status(401), auth.DefaultCredentialsError("none"), auth.RefreshError("revoked"), auth.OAuthError("no")]
)
def test_credentials_are_the_operators_to_mend(error: Exception) -> None:
    assert isinstance(failure_of(error), ProviderRefused)


def test_a_fault_of_our_own_is_no_failure_of_google() -> None:
    assert failure_of(TypeError("ours")) is None
