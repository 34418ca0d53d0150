"""Judges pictures of an org, stored or just sent, against its current canon: one answer for all of them.

From names or bytes to the body of `POST /critique`. What must not live here: measuring
(`sgd_assets/renders/compliance`), reading a request.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from sgd_api.http.bodies.schemas import CritiquedAsset, CritiqueResponse
from sgd_api.http.services import Services
from sgd_api.http.stored.candidates import find_candidate, is_candidate, keep_marked
from sgd_api.http.stored.pictures import Picture, find_pictures, join_critiques
from sgd_api.http.stored.present import timestamp
from sgd_assets.canon.model import Canon
from sgd_assets.documents.settled.keep import SettledFiles
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.renders.brand_files import BrandFiles
from sgd_assets.renders.compliance.case import Expected
from sgd_assets.renders.compliance.judging import Judgement, judge_candidate
from sgd_assets.renders.compliance.opinion import with_opinion
from sgd_assets.renders.compliance.policy import Profile, compliance_policy, profile_of
from sgd_assets.renders.compose.logos import LogoArt
from sgd_assets.renders.model import RenderPlan
from sgd_assets.renders.model_calls import ModelCalls
from sgd_assets.renders.picture_files import PictureFiles
from sgd_assets.renders.references import fetch_reference
from sgd_resources.errors import InvalidInput, NotFound, RejectedEvidence, Unavailable, ValidationFailed
from sgd_resources.font_shelf import font_shelf
from sgd_resources.llm.caller import Caller
from sgd_resources.postgres.rows import canon as canon_rows
from sgd_resources.postgres.rows import renders
from sgd_resources.postgres.rows.orgs import get_org
from sgd_resources.shown.first_step import first_step
from sgd_resources.storage.derived import read_derived
from sgd_resources.storage.keys import manifest_key

MAX_CRITIQUE_PX = 25_000_000
"""What a caller may have measured while it waits."""
MAX_READ = 8
"""Pictures of one request that are read for words, which takes a second each."""
_LOGOS = 4  # variants that are looked for, likeliest first


@dataclass(frozen=True)
class Wish:
    """How the pictures are to be judged."""

    expected: Expected = field(default_factory=Expected)
    profile: str | None = None
    project_id: str | None = None
    """Whose budget a model's look counts on."""
    request_id: str = field(default_factory=lambda: uuid4().hex)


@dataclass(frozen=True)
class _Brand:
    """What all pictures of one request are judged against."""

    org_id: str
    name: str
    canon: Canon
    canon_version: str
    files: BrandFiles | None
    logos: tuple[LogoArt, ...]
    profile: Profile
    likenesses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class _Shown:
    """One picture with its bytes."""

    picture: Picture
    data: bytes


def judge_named(services: Services, org_id: str, wanted: Sequence[str], wish: Wish) -> CritiqueResponse:
    """The critique of pictures by their names: render ids, object keys, evidence sha256s, https addresses.

    Raises:
        NotFound: the org has no canon, or `details["missing"]` names what is not this org's.
        ValidationFailed: a picture cannot be read or is too large, an address is not allowed, or too many to read.
        Unavailable: the store, the confined child or an address's host is down. Retry.
    """
    brand = _brand(services, org_id, wish)
    kept = [name for name in wanted if is_candidate(org_id, name)]
    addresses = [name for name in wanted if urlsplit(name).scheme.lower() in ("http", "https")]
    with services.database.org_transaction(org_id) as connection:
        rest = [name for name in wanted if name not in {*kept, *addresses}]
        pictures = find_pictures(connection, org_id, rest)
    shown = [_Shown(picture, services.store.get(picture.key)) for picture in pictures]
    shown += [_Shown(Picture(name, name, None), services.store.get(_kept(services, org_id, name))) for name in kept]
    shown += [_Shown(Picture(url, url, None), _fetched(services, url)) for url in addresses]
    to_read = sum(_is_read(one.picture, wish) for one in shown)
    if to_read > MAX_READ:
        fault = {"path": "$.asset_ids", "message": f"at most {MAX_READ} pictures that are not renders of this org"}
        raise ValidationFailed(f"$.asset_ids: {fault['message']}", details={"errors": [fault]})
    return _answer(services, brand, [(one, _judged(services, brand, one, wish)) for one in shown])


def judge_sent(services: Services, org_id: str, key: str, data: bytes, wish: Wish) -> CritiqueResponse:
    """The critique of a picture that was just sent and lies under `key`. Raises as `judge_named`."""
    brand = _brand(services, org_id, wish)
    shown = _Shown(Picture(key, key, None), data)
    return _answer(services, brand, [(shown, _judged(services, brand, shown, wish))])


def _brand(services: Services, org_id: str, wish: Wish) -> _Brand:
    with services.database.org_transaction(org_id) as connection:
        row = canon_rows.current_version(connection, org_id)
        name = get_org(connection, org_id).name if row is not None else ""
        likenesses = renders.recent_likenesses(connection, org_id) if row is not None else []
    if row is None:
        raise NotFound(f"this org has no canon to measure against: {first_step(org_id)}")
    files = _files(services, org_id)
    return _Brand(
        org_id,
        name,
        services.canons.load(org_id, row.version, row.key),
        row.version,
        files,
        files.logos_with_data(_LOGOS) if files is not None else (),
        profile_of(compliance_policy(), wish.profile),
        tuple(likenesses),
    )


def _files(services: Services, org_id: str) -> BrandFiles | None:
    """The org's logos and fonts; None where it has no evidence."""
    manifest = read_derived(
        services.store, manifest_key(org_id, "brand_evidence"), EvidenceManifest.model_validate_json, what="a manifest"
    )
    if manifest is None:
        return None
    settled = SettledFiles(org_id, store=services.store, jobs=services.drawing.client())
    return BrandFiles.find(manifest, settled, font_shelf())


def _made_of(brand: _Brand, plan: RenderPlan | None) -> PictureFiles | None:
    """What a render of ours was made of; None where a file of it is gone, and its pixels alone are judged."""
    if plan is None or brand.files is None:
        return None
    try:
        return brand.files.files_for(plan, {})
    except (NotFound, RejectedEvidence):
        return None


def _kept(services: Services, org_id: str, name: str) -> str:
    try:
        return find_candidate(services.store, org_id, name)
    except (NotFound, InvalidInput) as error:
        raise NotFound("no such picture in this org", details={"missing": [name]}) from error


def _fetched(services: Services, url: str) -> bytes:
    try:
        return fetch_reference(url, fetcher=services.fetcher.client(), gate=services.gate.client())
    except ValidationFailed:
        raise
    except InvalidInput as error:
        raise ValidationFailed(error.message, details={**error.details, "asset_id": url}) from error


def _is_read(picture: Picture, wish: Wish) -> bool:
    """Whether words are read from the pixels: what a render of ours says was measured when it was made."""
    return picture.plan is None or wish.expected.lines is not None


def _judged(services: Services, brand: _Brand, shown: _Shown, wish: Wish) -> Judgement:
    own_render = shown.picture.render_id
    try:
        judged = judge_candidate(
            shown.data,
            brand.canon,
            jobs=services.drawing.client(),
            profile=brand.profile,
            max_pixels=MAX_CRITIQUE_PX,
            logos=brand.logos,
            plan=shown.picture.plan,
            made_of=_made_of(brand, shown.picture.plan),
            expected=wish.expected,
            names=(brand.name, brand.org_id),
            alike=[pair for pair in brand.likenesses if own_render is None or not pair[0].startswith(own_render)],
            reads_words=_is_read(shown.picture, wish),
            marks=True,
        )
    except RejectedEvidence as error:
        message = error.details.get("message") or "the picture is not a readable PNG, JPEG or WebP"
        raise ValidationFailed(str(message), details={"asset_id": shown.picture.asset_id}) from error
    if shown.picture.made_with is not None:  # a model looked at it when it was made
        return judged
    critique = with_opinion(
        judged.critique, shown.data, brand.canon, models=_models(services, brand.org_id, wish),
        jobs=services.drawing.client(), copy=wish.expected.lines or (),
    )  # fmt: skip
    return replace(judged, critique=critique)


def _models(services: Services, org_id: str, wish: Wish) -> ModelCalls:
    """Who is asked for an opinion: nobody where this process has no gateway."""
    try:
        gateway = services.llm.client()
    except Unavailable:
        return ModelCalls()
    return ModelCalls(gateway, Caller(org_id, project_id=wish.project_id, request_id=wish.request_id))


def _answer(services: Services, brand: _Brand, judged: Sequence[tuple[_Shown, Judgement]]) -> CritiqueResponse:
    items = tuple(_item(services, brand, shown.picture, judgement) for shown, judgement in judged)
    return CritiqueResponse(
        score=min(item.score for item in items),
        violations=tuple(dict.fromkeys(text for item in items for text in item.violations)),
        findings=tuple(finding for item in items for finding in item.findings),
        repair_suggestions=tuple(dict.fromkeys(text for item in items for text in item.repair_suggestions)),
        canon_version=brand.canon_version,
        profile=brand.profile.name,
        items=items,
    )


def _item(services: Services, brand: _Brand, picture: Picture, judgement: Judgement) -> CritiquedAsset:
    found = judgement.critique
    if picture.made_with is not None:
        found = join_critiques(found, picture.made_with)
    ttl_s = services.settings.sgd_signed_url_ttl_s
    url = None
    if judgement.marked is not None:
        key = keep_marked(services.store, brand.org_id, judgement.marked)
        url = services.store.signed_url(key, org_id=brand.org_id, expires_in_s=ttl_s, filename="findings.webp")
    return CritiquedAsset(
        asset_id=picture.asset_id,
        score=found.score,
        violations=found.violations,
        repair_suggestions=found.repair_suggestions,
        findings=found.findings,
        measurements=found.measurements,
        rules=found.rules,
        width_px=judgement.width_px,
        height_px=judgement.height_px,
        marked_url=url,
        expires_at=timestamp(datetime.now(UTC) + timedelta(seconds=ttl_s)) if url else None,
    )
