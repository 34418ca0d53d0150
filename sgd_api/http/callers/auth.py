"""Who calls: an API key, a session token or a service's signature names the org, and nothing else does.

`Authorization: Bearer sgd_...` or `X-API-Key: sgd_...`; `Authorization: Bearer <JWT>` where an issuer is configured;
`X-SGD-Signature` and its headers where services are. Headers that name an org or a user are never read outside of a
signature. What must not live here: making keys (`sgd_resources/postgres/rows/keys.py`), verifying tokens and signatures
(`sgd_resources/identity`), or deciding how much a caller may do (`key_limits.py`).
"""

import re
import time

from fastapi import Request
from starlette.datastructures import Headers

from sgd_api.http.services import Services
from sgd_resources.errors import Forbidden, Unauthorized
from sgd_resources.identity.access_policy import access_policy
from sgd_resources.identity.principal import KeyLimits, Principal
from sgd_resources.identity.signed_request import EMPTY_SHA256, SignedHeaders, verify_signed
from sgd_resources.postgres.rows import keys, orgs

_KEY = re.compile(r"sgd_[A-Za-z0-9_-]{16,200}")
_MISSING = "send an API key as 'Authorization: Bearer sgd_...' or 'X-API-Key: sgd_...'"
_TWICE = "send each of the headers Authorization and X-API-Key once at most"
_UNKNOWN = "this API key is unknown or revoked"
SIGNATURE_HEADER = "x-sgd-signature"
CONTENT_HASH_HEADER = "x-sgd-content-sha256"


def presented_credential(headers: Headers) -> str:
    """The one key or token of a request.

    Raises:
        Unauthorized: none, several that differ, one of the headers twice, or a scheme that is none of ours.
    """
    sent, bearers = headers.getlist("x-api-key"), headers.getlist("authorization")
    if len(sent) > 1 or len(bearers) > 1:
        # A proxy in front may have looked at the other one.
        raise Unauthorized(_TWICE)
    found = set(sent)
    for value in bearers:
        scheme, _, credential = value.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthorized(_MISSING)
        found.add(credential.strip())
    if not found:
        raise Unauthorized(_MISSING)
    credential = found.pop()
    if found:
        raise Unauthorized(_UNKNOWN)
    return credential


def authenticate(services: Services, request: Request) -> Principal:
    """The caller behind a request; keys are asked of the database each time, so that a revoked one ends at once.

    Raises:
        Unauthorized: no usable key, token or signature. Forbidden: a good token of nobody who may come in here.
        Unavailable: the database, the issuer's keys or the memory of nonces is away; retry.
    """
    if SIGNATURE_HEADER in request.headers:
        return _service(services, request)
    credential = presented_credential(request.headers)
    if _KEY.fullmatch(credential):
        return _key(services, credential)
    if services.token_verifier is not None and credential.count(".") >= 1:
        return _user(services, credential)
    raise Unauthorized(_UNKNOWN)


def _key(services: Services, key: str) -> Principal:
    with services.database.directory_statement() as connection:
        found = keys.authenticate(connection, key)
    scopes = access_policy().key_default if found.scopes is None else frozenset(found.scopes)
    limits = KeyLimits(found.per_min, found.per_hour, found.maker)
    return Principal(found.org_id, f"key:{found.key_id}", (), scopes, found.key_id, limits, found.lineage)


def _user(services: Services, token: str) -> Principal:
    assert services.token_verifier is not None
    found = services.token_verifier.verify(token)
    org_id = _known_org(services, found.org_id)
    return Principal(org_id, f"user:{found.subject}", found.roles, access_policy().scopes_of(found.roles))


def _service(services: Services, request: Request) -> Principal:
    sent = request.headers
    headers = SignedHeaders(
        service=sent.get("x-sgd-service", ""),
        org_id=sent.get("x-sgd-org", ""),
        timestamp=sent.get("x-sgd-timestamp", ""),
        nonce=sent.get("x-sgd-nonce", ""),
        content_sha256=sent.get(CONTENT_HASH_HEADER, EMPTY_SHA256),
        signature=sent.get(SIGNATURE_HEADER, ""),
    )
    verify_signed(
        headers, method=request.method, target=_target(request), secrets=services.settings.service_secrets,
        now_s=time.time(), take_nonce=services.take_nonce,
    )  # fmt: skip
    org_id = _known_org(services, headers.org_id)
    return Principal(org_id, f"service:{headers.service}", (), access_policy().service_default)


def _target(request: Request) -> str:
    """The path with its query as it came over the wire, for what a proxy or a router rewrites was not signed."""
    path = request.scope.get("raw_path") or request.url.path.encode()
    query = request.scope.get("query_string", b"")
    return (path.partition(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")


def _known_org(services: Services, external_id: str) -> str:
    """Our id of an org. Raises Forbidden where there is none such here."""
    if "\0" in external_id:
        raise Forbidden("this organisation is not set up here")
    with services.database.directory() as connection:
        org_id = orgs.org_known_as(connection, external_id)
    if org_id is None:
        raise Forbidden("this organisation is not set up here")
    return org_id
