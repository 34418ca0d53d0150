"""Engines one after the other: the local parser first, others only where its reading calls for them.

`policies/parser_policy.json` says which and when. An engine that cannot be used is told of in the document's warnings,
and the next one is asked; where that was the last word, the document is to be read again later (`stand_in`). What must
not live here: an engine.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from sgd_resources.code_versions.version import version_of
from sgd_resources.contracts import load_policy
from sgd_resources.errors import RejectedEvidence
from sgd_resources.parsed_document import ParsedDocument, StandIn
from sgd_resources.ports import DocumentParser, ParseRequest


@dataclass(frozen=True)
class Engine:
    """An engine that may be asked.

    Attributes:
        version: of the engine alone.
        read: the document of a file that was read already; raises RejectedEvidence when it cannot be used.
    """

    name: str
    version: str
    media_types: frozenset[str]
    read: Callable[[ParseRequest, ParsedDocument], ParsedDocument]
    close: Callable[[], None]


class ChainedParser:
    """`DocumentParser` by policy over a local one.

    Args:
        local: is always asked, and decides alone on files that are refused.
        engines: by the name that the policy calls them.
        policy: as `policies/parser_policy.json`.
    """

    name = "chain"

    def __init__(self, local: DocumentParser, engines: Mapping[str, Engine], policy: Mapping[str, Any]) -> None:
        self._local = local
        self.at_once: int = getattr(local, "at_once", 1)
        self.bounds: str = getattr(local, "bounds", "unbounded")
        self._steps = [(engines[step["engine"]], frozenset(step["asked_when"])) for step in policy["chain"]]
        self._limits: Mapping[str, Any] = policy["limits"]
        self._policy = policy

    @cached_property
    def version(self) -> str:
        """Of the policy, the engines and the local parser."""
        return f"{self._chain_version}.{self._local.version}"

    @cached_property
    def _chain_version(self) -> str:
        said = json.dumps([self._policy, [engine.version for engine, _ in self._steps]], sort_keys=True)
        return f"chain.{version_of(reasons_to_ask)}-{hashlib.sha256(said.encode()).hexdigest()[:8]}"

    def version_for(self, media_type: str, suffix: str = "") -> str:
        """Version that a parse of this type is stored under."""
        ask = getattr(self._local, "version_for", None)
        local = str(ask(media_type, suffix)) if ask is not None else self._local.version
        is_ours = any(media_type in engine.media_types for engine, _ in self._steps)
        return f"{self._chain_version}.{local}" if is_ours else local

    def parse(self, request: ParseRequest) -> ParsedDocument:
        """As `DocumentParser.parse`.

        Raises:
            RejectedEvidence: as the local parser.
            ProviderRefused: an engine's credentials are not accepted; the operator must change them.
            Unavailable: no reader could be started. Retry.
        """
        document = self._local.parse(request)
        version = self.version_for(request.media_type, request.suffix)
        failed: StandIn | None = None
        for engine, asked_when in self._steps:
            if request.media_type not in engine.media_types:
                continue
            reasons = reasons_to_ask(document, self._limits) | ({"failed"} if failed else set())
            if not asked_when & reasons:
                continue
            try:
                document = engine.read(request, document.model_copy(update={"stand_in": None}))
                failed = document.stand_in
            except RejectedEvidence as refusal:
                document, failed = _without(engine, document, refusal, request.earlier_tries)
        return document.model_copy(update={"parser_version": version, "stand_in": failed})

    def close(self) -> None:
        """Close the engines and the local parser."""
        for engine, _ in self._steps:
            engine.close()
        close = getattr(self._local, "close", None)
        if close is not None:
            close()


def reasons_to_ask(document: ParsedDocument, limits: Mapping[str, Any]) -> set[str]:
    """Why another engine should read a document; none for one that is longer than the policy lets out.

    Of a picture `no_words` is no reason: it may well have none.
    """
    pages = max(1, len(document.pages))
    if pages > limits["most_pages"]:
        return set()
    seen = [block for block in document.text_blocks if not block.is_hidden]
    reasons = {"always"}
    words = sum(len(block.text.split()) for block in seen)
    if words < limits["least_words_per_page"] * pages and not document.media_type.startswith("image/"):
        reasons.add("no_words")
    scanned = {block.location.page for block in seen if block.is_recognised}
    if len(scanned) >= limits["scanned_share"] * pages:
        reasons.add("scanned")
    return reasons


def build_chain(local: DocumentParser, engines: Mapping[str, Callable[[], Engine]]) -> ChainedParser:
    """The chain that the policy file states, of the engines that can be made.

    Raises:
        ValidationFailed: the policy is none, or an engine that it names is not installed or not configured; the
            operator adds the engine, or takes it out of the policy.
    """
    policy = load_policy("parser_policy")
    names: Sequence[str] = [step["engine"] for step in policy["chain"]]
    return ChainedParser(local, {name: engines[name]() for name in names}, policy)


def _without(
    engine: Engine, document: ParsedDocument, refusal: RejectedEvidence, earlier_tries: int
) -> tuple[ParsedDocument, StandIn | None]:
    """The document as it was, and whether the engine is to be asked again: when its installation was at fault."""
    reason = str(refusal.details.get("message") or refusal.reason)
    warning = f"{engine.name} was not used: {reason}; the reading before it stands"
    told = document.model_copy(update={"warnings": (*document.warnings, warning)})
    if "lacks" not in refusal.details:
        return told, None
    return told, StandIn(parser=engine.name, reason=reason, tries=earlier_tries + 1, tried_at=datetime.now(UTC))
