"""Personal data out of texts before they leave, and back into the answers: the map never leaves this call's memory.

Also masks secrets and shortens texts for logs. What must not live here: pictures (their bytes are left alone).
"""

import hashlib
import ipaddress
import re
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sgd_resources.llm.safety.national_ids import replace_national_ids
from sgd_resources.llm.safety.rows_of_digits import Span, cards, ibans

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+%-]{1,64}@(?:[^\W_](?:[^\W_]|-){0,62}\.){1,8}[^\W\d_]{2,24}(?![\w-])")
_SSN = re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")
_IPV4 = re.compile(
    r"(?<![\d.])(?<!version )(?<!\bv)(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\d|\.\d)"
)
_IPV6 = re.compile(r"(?<![\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}(?![\w:])")
# Triples of colour values look like phone numbers; a phone number says so by its plus, its brackets or its word.
_PHONE = re.compile(
    r"(?<![\w+.])(?:\+\d{1,3}[ .-]?(?:\(0?\d{1,4}\)[ .-]?)?\d(?:[ .-]?\d){5,12}"
    r"|\(\d{2,5}\)[ .-]?\d{3,4}[ .-]?\d{3,5}"
    r"|\d{3}[.-]\d{3}[.-]\d{4}"
    # From a national zero: none of these can be a list of colour values of one width.
    r"|0[1-9]\d{1,3}[ /-]\d{3,4}[ -]\d{4}|0[1-9]\d{1,4}[ /-]\d{5,9}|0[1-9](?:[ .-]\d{2}){4}"
    r"|00[1-9]\d{0,2}[ .-]\d{1,4}[ .-]?\d{4,8})(?![\w])"
)
_PHONE_SAID = re.compile(
    r"(?i)(?P<word>\b(?:tel(?:efon|ephone)?|phone|mobile?|mobil|fax|call|cell|whatsapp)\b\.?:?\s*)"
    r"(?P<number>[+(]?\d(?:[ ./()-]{0,2}\d){5,14})"
)
_SSN_SAID = re.compile(
    r"(?i)(?P<word>\b(?:ssn|social security (?:number|no\.?))[:#]?\s{0,3})(?P<number>\d{3}[ -]?\d{2}[ -]?\d{4})(?!\d)"
)
_SECRET = re.compile(
    r"(?i)\b(?:sk-[a-z0-9_-]{8,}|sgd_[a-z0-9_-]{8,}|AKIA[0-9A-Z]{12,}|gh[pousr]_[a-z0-9]{16,}|xox[abprs]-[a-z0-9-]{8,}"
    r"|eyJ[a-z0-9_-]{8,}\.[a-z0-9_-]{8,}\.[a-z0-9_-]*)|(?<=bearer )[a-z0-9._~+/=-]{8,}"
    r"|(?<=://)[^/\s:@]+:[^/\s@]+(?=@)"
)
_DIGIT = re.compile(r"\d")
_PLACEHOLDER = re.compile(r"\[(?:EMAIL|PHONE|SSN|CARD|IP|IBAN|ID)_\d+\]")


@dataclass
class Redaction:
    """One call's map from placeholders to what they stand for."""

    values: dict[str, str] = field(default_factory=dict)
    _names: dict[tuple[str, str], str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def redact(self, text: str) -> str:
        """The text with personal data replaced; the same value gets the same placeholder. Idempotent."""
        # A prompt is looked at by several, and the words around it come with every call.
        known_as = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
        if known_as in _HARMLESS:
            return text
        redacted = self._redacted(text)
        if redacted == text:
            _HARMLESS.add(known_as)
        return redacted

    def _redacted(self, text: str) -> str:
        # Patterns that look behind are tried at every character; a hint leaps from candidate to candidate.
        has_digit = _DIGIT.search(text) is not None
        if has_digit:
            # Before cards and phones: some of these are rows of digits too.
            text = replace_national_ids(text, lambda value: self._name("ID", value))
        for kind, hint, spans in _KINDS:
            if hint.search(text) is not None:
                text = self._with_names(kind, text, spans(text))
        if not has_digit:
            return text
        text = _SSN_SAID.sub(lambda found: found["word"] + self._name("SSN", found["number"]), text)
        return _PHONE_SAID.sub(lambda found: found["word"] + self._name("PHONE", found["number"]), text)

    def restore(self, text: str) -> str:
        """The text with every known placeholder turned back."""
        if not self.values:
            return text
        return _PLACEHOLDER.sub(lambda found: self.values.get(found.group(0), found.group(0)), text)

    def restore_data(self, data: Any) -> Any:
        """The same in every string of a JSON value."""
        if not self.values:
            return data
        if isinstance(data, str):
            return self.restore(data)
        if isinstance(data, list):
            return [self.restore_data(item) for item in data]
        if isinstance(data, dict):
            return {self.restore(key): self.restore_data(item) for key, item in data.items()}
        return data

    def redact_messages(self, messages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Chat messages with their texts and the arguments of their tool calls redacted; pictures stay as they are."""
        return [self._message(message) for message in messages]

    @property
    def counts(self) -> dict[str, int]:
        """How many different values of each kind were replaced."""
        return dict(self._counts)

    def _message(self, message: Mapping[str, Any]) -> dict[str, Any]:
        redacted = {**message, "content": self._content(message.get("content"))}
        if isinstance(message.get("tool_calls"), list):
            redacted["tool_calls"] = [self._call(call) for call in message["tool_calls"]]
        return redacted

    def _call(self, call: Any) -> Any:
        function = call.get("function") if isinstance(call, Mapping) else None
        if not isinstance(function, Mapping) or not isinstance(function.get("arguments"), str):
            return call
        return {**call, "function": {**function, "arguments": self.redact(function["arguments"])}}

    def _content(self, content: Any) -> Any:
        if isinstance(content, str):
            return self.redact(content)
        if isinstance(content, list):
            return [
                {**part, "text": self.redact(part["text"])}
                if isinstance(part, Mapping) and isinstance(part.get("text"), str)
                else part
                for part in content
            ]
        return content

    def _with_names(self, kind: str, text: str, spans: Iterable[Span]) -> str:
        parts, at = [], 0
        for start, end in spans:
            parts += [text[at:start], self._name(kind, text[start:end])]
            at = end
        return "".join([*parts, text[at:]])

    def _name(self, kind: str, value: str) -> str:
        name = self._names.get((kind, value))
        if name is None:
            self._counts[kind] = self._counts.get(kind, 0) + 1
            name = self._names[(kind, value)] = f"[{kind}_{self._counts[kind]}]"
            self.values[name] = value
        return name


def without_secrets(text: str) -> str:
    """The text with every key, token and password that shows itself as one replaced."""
    return _SECRET.sub("***", text)


class _Remembered:
    """Hashes of the last texts in which nothing was found, and so no texts. Threads may share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._known: dict[bytes, None] = {}

    def __contains__(self, known_as: bytes) -> bool:
        return known_as in self._known

    def add(self, known_as: bytes) -> None:
        with self._lock:
            self._known[known_as] = None
            if len(self._known) > self._most:
                del self._known[next(iter(self._known))]


_HARMLESS = _Remembered(4_096)
"""About 0.5 MB."""


def masked(text: str, limit: int = 512) -> str:
    """A text as a log may show it: secrets and personal data masked, cut to `limit` characters."""
    cut = text[: limit * 4]
    shown = Redaction().redact(without_secrets(cut))
    return shown if len(shown) <= limit else shown[: max(0, limit - 1)] + "…"


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return text not in {"::", "0.0.0.0"}  # noqa: S104 - compared, not bound


def _always(_: str) -> bool:
    return True


def _matches(pattern: re.Pattern[str], is_real: Callable[[str], bool] = _always) -> Callable[[str], Iterator[Span]]:
    """Finds where the pattern stands, if what it found passes the check."""
    return lambda text: (found.span() for found in pattern.finditer(text) if is_real(found[0]))


_KINDS: tuple[tuple[str, re.Pattern[str], Callable[[str], Iterator[Span]]], ...] = (
    ("EMAIL", re.compile("@"), _matches(_EMAIL)),
    ("IBAN", re.compile(r"\d\d"), ibans),
    ("CARD", re.compile(r"\d(?:[^\w\n]?\d){12}"), cards),
    ("SSN", re.compile(r"\d-\d"), _matches(_SSN)),
    ("IP", re.compile(r"\d\.\d"), _matches(_IPV4, _is_ip)),
    ("IP", re.compile(r":[0-9A-Fa-f]{0,4}:"), _matches(_IPV6, _is_ip)),
    ("PHONE", re.compile(r"\d[ .-]?\d"), _matches(_PHONE)),
)
"""Kind, what any of it must hold, and where it stands. In this order: an IBAN or a card holds digits that a phone
number would take."""
