"""What a declarative file of Kong 3.7 may hold, as far as ours goes, written from Kong's reference of each plugin.

No Kong runs here and it publishes no JSON Schema of its declarative format, so this is what stands in for `kong config
parse`. Every object is closed: a field that is misspelt, or that this version does not know, is a fault.
Source: docs.konghq.com, gateway 3.7, admin API entities and plugin references (read 2026-11-30).
"""

from typing import Any

_STRING: Any = {"type": "string", "minLength": 1}
_STRINGS: Any = {"type": "array", "items": _STRING}
_FLAG: Any = {"type": "boolean"}
_PORT: Any = {"type": "integer", "minimum": 0, "maximum": 65535}
_COUNT: Any = {"type": "number", "exclusiveMinimum": 0}
_MS: Any = {"type": "integer", "minimum": 1, "maximum": 2147483646}


def _object(required: tuple[str, ...] = (), **properties: Any) -> Any:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _one_of(*values: str) -> Any:
    return {"enum": list(values)}


_REDIS = _object(
    ("host",), host=_STRING, port=_PORT, username=_STRING, password=_STRING, database={"type": "integer", "minimum": 0},
    timeout=_MS, ssl=_FLAG, ssl_verify=_FLAG, server_name=_STRING,
)  # fmt: skip
_RATE_LIMITING = _object(
    ("policy",),
    **dict.fromkeys(("second", "minute", "hour", "day", "month", "year"), _COUNT),
    limit_by=_one_of("consumer", "credential", "ip", "service", "header", "path", "consumer-group"),
    header_name=_STRING, path=_STRING, policy=_one_of("local", "cluster", "redis"), fault_tolerant=_FLAG,
    hide_client_headers=_FLAG, error_code={"type": "number"}, error_message=_STRING, sync_rate={"type": "number"},
    redis=_REDIS,
) | {
    "anyOf": [{"required": [window]} for window in ("second", "minute", "hour", "day", "month", "year")],
    "allOf": [
        {"if": {"properties": {"policy": {"const": "redis"}}}, "then": {"required": ["redis"]}},
        {
            "if": {"properties": {"limit_by": {"const": "header"}}, "required": ["limit_by"]},
            "then": {"required": ["header_name"]},
        },
    ],
}  # fmt: skip
_METHODS: Any = {
    "type": "array",
    "items": _one_of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT"),
}

OPEN_SOURCE: dict[str, Any] = {
    "rate-limiting": _RATE_LIMITING,
    "key-auth": _object(
        key_names=_STRINGS, key_in_header=_FLAG, key_in_query=_FLAG, key_in_body=_FLAG, hide_credentials=_FLAG,
        anonymous=_STRING, run_on_preflight=_FLAG, realm=_STRING,
    ),
    "acl": _object(allow=_STRINGS, deny=_STRINGS, hide_groups_header=_FLAG, always_use_authenticated_groups=_FLAG)
    | {"oneOf": [{"required": ["allow"]}, {"required": ["deny"]}]},
    "jwt": _object(
        uri_param_names={"type": "array", "items": _STRING}, cookie_names={"type": "array", "items": _STRING},
        key_claim_name=_STRING, secret_is_base64=_FLAG, anonymous=_STRING, run_on_preflight=_FLAG,
        claims_to_verify={"type": "array", "items": _one_of("exp", "nbf")}, header_names=_STRINGS, realm=_STRING,
        maximum_expiration={"type": "number", "minimum": 0, "maximum": 31536000},
    ),
    "correlation-id": _object(
        header_name=_STRING, generator=_one_of("uuid", "uuid#counter", "tracker"), echo_downstream=_FLAG
    ),
    "request-size-limiting": _object(
        allowed_payload_size={"type": "integer", "minimum": 1}, size_unit=_one_of("megabytes", "kilobytes", "bytes"),
        require_content_length=_FLAG,
    ),
    "cors": _object(
        origins=_STRINGS, methods=_METHODS, headers=_STRINGS, exposed_headers=_STRINGS, credentials=_FLAG,
        max_age={"type": "number"}, preflight_continue=_FLAG, private_network=_FLAG,
    ),
    "prometheus": _object(
        per_consumer=_FLAG, status_code_metrics=_FLAG, latency_metrics=_FLAG, bandwidth_metrics=_FLAG,
        upstream_health_metrics=_FLAG,
    ),
    "request-termination": _object(
        status_code={"type": "integer", "minimum": 100, "maximum": 599}, message=_STRING, content_type=_STRING,
        body=_STRING, echo=_FLAG, trigger=_STRING,
    )
    | {"not": {"required": ["message", "body"]}},
}  # fmt: skip
"""Configuration of each plugin that the free edition brings, by name."""

ENTERPRISE: dict[str, Any] = OPEN_SOURCE | {
    "openid-connect": _object(
        ("issuer",), issuer=_STRING,
        auth_methods={"type": "array", "items": _one_of(
            "password", "client_credentials", "authorization_code", "bearer", "introspection", "userinfo",
            "kong_oauth2", "refresh_token", "session",
        )},
        bearer_token_param_type={"type": "array", "items": _one_of("header", "cookie", "query", "body")},
        client_id=_STRINGS, client_secret=_STRINGS, audience_required=_STRINGS, audience_claim=_STRINGS,
        scopes_required=_STRINGS, scopes_claim=_STRINGS, upstream_access_token_header=_STRING,
        cache_ttl={"type": "number"}, rediscovery_lifetime={"type": "number"}, leeway={"type": "number"},
        verify_signature=_FLAG, verify_claims=_FLAG, consumer_claim=_STRINGS, consumer_optional=_FLAG,
        credential_claim=_STRINGS, run_on_preflight=_FLAG, hide_credentials=_FLAG,
    )
}  # fmt: skip
"""With the plugin that only Kong Gateway Enterprise has."""


def schema(plugins: dict[str, Any]) -> Any:
    """Of a whole file, with these plugins and no others."""
    plugin = {
        "type": "object",
        "oneOf": [
            _object(("name",), name={"const": name}, enabled=_FLAG, tags=_STRINGS, config=config)
            for name, config in plugins.items()
        ],
    }
    listed = {"type": "array", "items": plugin}
    route = _object(
        ("name", "expression", "priority"), name=_STRING, expression=_STRING,
        priority={"type": "integer", "minimum": 0, "maximum": 2**46 - 1}, protocols=_STRINGS, strip_path=_FLAG,
        preserve_host=_FLAG, request_buffering=_FLAG, response_buffering=_FLAG, https_redirect_status_code=_PORT,
        tags=_STRINGS, plugins=listed,
    )  # fmt: skip
    service = _object(
        ("name", "url"), name=_STRING, url=_STRING, connect_timeout=_MS, read_timeout=_MS, write_timeout=_MS,
        retries={"type": "integer", "minimum": 0, "maximum": 32767}, tags=_STRINGS, plugins=listed,
        routes={"type": "array", "items": route},
    )  # fmt: skip
    consumer = _object(
        ("username",), username=_STRING, custom_id=_STRING, tags=_STRINGS,
        jwt_secrets={"type": "array", "items": _object(
            ("key", "algorithm", "rsa_public_key"), key=_STRING,
            algorithm=_one_of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512"), rsa_public_key=_STRING,
        )},
        keyauth_credentials={"type": "array", "items": _object(("key",), key=_STRING, ttl={"type": "integer"})},
        acls={"type": "array", "items": _object(("group",), group=_STRING)},
    )  # fmt: skip
    return _object(
        ("_format_version",), _format_version={"enum": ["2.1", "3.0"]}, _transform=_FLAG, _comment=_STRING,
        services={"type": "array", "items": service}, consumers={"type": "array", "items": consumer}, plugins=listed,
    ) | {"$schema": "https://json-schema.org/draft/2020-12/schema"}  # fmt: skip
