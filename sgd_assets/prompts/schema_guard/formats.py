"""What `format` asserts: the names this service checks, each in the time of the text's length.

A name that is not here is not asserted, and the answer says so in a warning. What must not live here: patterns of
callers.

Source: JSON Schema 2020-12 Validation, section 7.3; RFC 3339, 1123, 3986, 6531, 6901, 8141.
"""

import datetime
import ipaddress
import re
from collections.abc import Callable, Mapping
from uuid import UUID

from sgd_assets.prompts.schema_guard.patterns import RefusedPattern, compile_pattern

_DATE = re.compile(r"\A(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_TIME = re.compile(
    r"\A(?P<h>\d{2}):(?P<m>\d{2}):(?P<s>\d{2})(?:\.\d+)?(?:[zZ]|(?P<sign>[+-])(?P<oh>\d{2}):(?P<om>\d{2}))\Z", re.ASCII
)
_DURATION = re.compile(
    r"\AP(?!\Z)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)\Z", re.ASCII
)
_LABEL = re.compile(r"\A[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\Z")
_LOCAL = re.compile(r"\A[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z")
_SCHEME = re.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*:")
_NOT_URI = re.compile(r"[^A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})")
_NOT_IRI = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})")
_POINTER = re.compile(r"\A(?:/(?:[^~/]|~[01])*)*\Z")
_RELATIVE_POINTER = re.compile(r"\A(?:0|[1-9]\d*)(?:#|(?:/(?:[^~/]|~[01])*)*)\Z", re.ASCII)


def _date(text: str) -> bool:
    found = _DATE.match(text)
    if found is None:
        return False
    try:
        datetime.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return True


def _time(text: str) -> bool:
    found = _TIME.match(text)
    if found is None or int(found["h"]) > 23 or int(found["m"]) > 59 or int(found["s"]) > 60:
        return False
    if found["sign"] and (int(found["oh"]) > 23 or int(found["om"]) > 59):
        return False
    return int(found["s"]) < 60 or _is_leap_minute(found)


def _is_leap_minute(found: re.Match[str]) -> bool:
    """A leap second is the last of 23:59 UTC."""
    offset = int(found["oh"] or 0) * 60 + int(found["om"] or 0)
    local = int(found["h"]) * 60 + int(found["m"])
    return (local + (offset if found["sign"] == "-" else -offset)) % 1440 == 1439


def _date_time(text: str) -> bool:
    return len(text) > 11 and text[10] in "Tt" and _date(text[:10]) and _time(text[11:])


def _hostname(text: str) -> bool:
    return 0 < len(text) <= 253 and all(_LABEL.match(label) for label in text.split("."))


def _email(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return bool(at) and len(local) <= 64 and _LOCAL.match(local) is not None and _is_mail_domain(domain)


def _is_mail_domain(domain: str) -> bool:
    if domain.startswith("[") and domain.endswith("]"):
        inner = domain[1:-1]
        return _ipv6(inner[5:]) if inner.startswith("IPv6:") else _ipv4(inner)
    return _hostname(domain)


def _idn_email(text: str) -> bool:
    local, at, domain = text.rpartition("@")
    return bool(at) and bool(local) and bool(domain) and not any(sign.isspace() for sign in text)


def _ipv4(text: str) -> bool:
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return text.isascii()


def _ipv6(text: str) -> bool:
    try:
        return not ipaddress.IPv6Address(text).scope_id and text.isascii()
    except ValueError:
        return False


def _uri_reference(text: str) -> bool:
    return _NOT_URI.search(text) is None and text.count("#") <= 1 and _has_good_authority(text)


def _uri(text: str) -> bool:
    return _SCHEME.match(text) is not None and _uri_reference(text)


def _iri_reference(text: str) -> bool:
    return _NOT_IRI.search(text) is None and text.count("#") <= 1


def _iri(text: str) -> bool:
    return _SCHEME.match(text) is not None and _iri_reference(text)


def _has_good_authority(text: str) -> bool:
    rest = _SCHEME.sub("", text, count=1)
    if not rest.startswith("//"):
        return "[" not in rest and "]" not in rest
    authority = re.split(r"[/?#]", rest[2:], maxsplit=1)[0]
    host = authority.rpartition("@")[2]
    if host.startswith("["):
        inside, closed, port = host[1:].partition("]")
        return bool(closed) and _ipv6(inside) and (not port or port[0] == ":")
    return "[" not in authority and "]" not in authority


def _uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _regex(text: str) -> bool:
    try:
        compile_pattern(text)
    except RefusedPattern as refused:
        return "bounded time" in str(refused)
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "date": _date, "time": _time, "date-time": _date_time,
    "duration": lambda text: _DURATION.match(text) is not None and not text.endswith("T"),
    "email": _email, "idn-email": _idn_email, "hostname": _hostname, "ipv4": _ipv4, "ipv6": _ipv6,
    "uri": _uri, "uri-reference": _uri_reference, "iri": _iri, "iri-reference": _iri_reference, "uuid": _uuid,
    "regex": _regex, "json-pointer": lambda text: _POINTER.match(text) is not None,
    "relative-json-pointer": lambda text: _RELATIVE_POINTER.match(text) is not None,
}  # fmt: skip
"""By the name in a schema: whether a text has the format."""
