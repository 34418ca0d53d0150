"""Whose logo a file is, by its name among the others."""

import hashlib

import pytest

from sgd_assets.evidence.manifest import EvidenceItem
from sgd_assets.renders.compose.logo_names import name_score, strangers


def item(name: str) -> EvidenceItem:
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    return EvidenceItem(
        evidence_sha256=sha256, source_sha256=sha256, file_name=name, media_type="image/svg+xml", size_bytes=9, key=name
    )


def strange(org: str, *names: str) -> set[str]:
    items = [item(name) for name in names]
    found = strangers(items, org)
    return {one.file_name for one in items if one.evidence_sha256 in found}


def test_a_logo_that_bears_another_name_than_the_orgs_is_a_strangers() -> None:
    names = ("larkfold-logo.svg", "larkfold-mark-white.svg", "northwind-logo.svg", "logo-dark.svg")
    assert strange("larkfold", *names) == {"northwind-logo.svg"}


def test_where_the_org_is_named_otherwise_the_name_that_most_logos_share_is_the_brands() -> None:
    names = ("harbor_logo_rgb.svg", "harbor_logo_white.png", "harborIcon.svg", "Acme-logo.svg")
    assert strange("org-1187", *names) == {"Acme-logo.svg"}


def test_the_names_of_files_that_cannot_be_drawn_name_no_brand_but_the_orgs_own() -> None:
    names = ("kestrine-logo.svg", "hostile-logo-morph.svg", "hostile-logo-use.svg")
    items = [item(name) for name in names]
    unheard = [one.evidence_sha256 for one in items[1:]]
    assert strange("org-7", *names) == {"kestrine-logo.svg"}
    assert items[0].evidence_sha256 not in strangers(items, "org-7", unheard=unheard)
    assert items[0].evidence_sha256 in strangers(items, "hostile", unheard=unheard)


def test_initials_and_parts_of_the_orgs_name_are_its_name() -> None:
    assert strange("open-harbor-works", "ohw-logo.svg", "harbor-icon.svg", "logo.svg") == set()


def test_without_a_name_that_is_the_brands_nobody_is_a_stranger() -> None:
    assert strange("org-1187", "logo.svg", "northwind-logo.svg") == set()


@pytest.mark.parametrize(
    "name", ["partners/acme-logo.svg", "sponsor logo.svg", "larkfold x acme logo.svg", "co-branding-logo.svg"]
)
def test_logos_of_partners_are_never_the_brands(name: str) -> None:
    assert name_score(item(name)) < 0


def test_a_file_that_is_no_logo_by_name_does_not_stand_in_for_one_that_is() -> None:
    assert strange("org-1187", "logo-primary.svg", "colour.svg") == {"colour.svg"}
    assert strange("org-1187", "colour.svg", "white.svg") == set()


def test_a_variant_for_a_dark_background_is_a_logo_and_a_background_is_none() -> None:
    assert name_score(item("larkfold-logo-dark_background.svg")) > 5
    assert name_score(item("logo background.svg")) < 0.5
