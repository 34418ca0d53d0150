"""What bytes are, judged from the bytes alone; no bytes make it fail."""

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgd_resources.filetype import DOCX, ODT, XLSX, decoded_text, detect
from tests.hostile import made


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\n\n%PDF-1.7\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"<?xml version='1.0'?><!-- a --><svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
        (b"<!DOCTYPE svg PUBLIC 'a' 'b'><svg>", "image/svg+xml"),
        (b"<?xml version='1.0'?><image/>", "application/xml"),
        (b"<!doctype html><p>Hi", "text/html"),
        (b"<p align=center># Acme", "text/plain"),
        ("<svg/>".encode("utf-16"), "image/svg+xml"),
        (b"# Voice\n", "text/plain"),
        (b"true colours", "text/plain"),
        (b"", "application/x-empty"),
        (b"PK\x03\x04broken", "application/zip"),
        (made.docx(), DOCX),
        (made.xlsx("<a/>"), XLSX),
        (made.odt(), ODT),
        (made.zipped({"a": "b"}), "application/zip"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "application/x-encrypted-office",
        ),
    ],
)
def test_the_content_names_the_type(data: bytes, media_type: str) -> None:
    assert detect(data).media_type == media_type


@pytest.mark.parametrize(
    "data", [b"%!PS-Adobe-3.0\n", b"#!/bin/sh\n", b"<?php echo 1;", b"{\\rtf1 x}", b"MZ\x90\x00" + bytes(99)]
)
def test_programs_are_not_text(data: bytes) -> None:
    assert not detect(data).is_text


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_it_fail(data: bytes) -> None:
    assert detect(data).media_type


@pytest.mark.parametrize("opening", [b"<?", b"<!--", b"<!DOCTYPE a [", b"<??>", b"<!---->", b"[]"])
def test_thousands_of_openings_are_read_in_a_moment(opening: bytes) -> None:
    assert detect(b"<!DOCTYPE a " + opening * 20_000).media_type == "text/plain"
    assert detect(opening * 20_000).media_type


def test_a_packed_drawing_is_a_drawing_and_nothing_else_packed_is() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert detect(gzip.compress(drawing)).media_type == "image/svg+xml"
    assert detect(gzip.compress(b"<html><svg/></html>")).media_type == "application/gzip"
    assert detect(b"\x1f\x8b\x08" + b"x" * 20).media_type == "application/gzip"


def test_text_in_an_encoding_that_it_declares_is_text() -> None:
    title = "\u30d6\u30e9\u30f3\u30c9\u30ab\u30e9\u30fc"
    page = f'<html><head><meta charset="Shift_JIS"></head><body>{title}</body></html>'.encode("shift_jis")
    assert detect(page).media_type == "text/html"
    assert title in (decoded_text(page) or "")
