"""The whole graph over fakes: real definitions, an ephemeral Dagster instance, no service."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dagster import DagsterInstance, Definitions, ExecuteInProcessResult

from sgd_assets.canon.model import Canon
from sgd_assets.evidence.gate import Inspection
from sgd_assets.evidence.manifest import EvidenceManifest
from sgd_assets.graph.definitions import build_definitions
from sgd_assets.renders.model import RenderRecord
from sgd_assets.renders.progress import Progress
from sgd_resources.lazy import Lazy
from sgd_resources.llm.local import WithoutModels
from sgd_resources.parsed_document import Location, ParsedDocument, TextBlock
from sgd_resources.ports import AvReport, LlmGateway, ParseRequest, PendingUpload, PromptLedger
from sgd_resources.settings import Settings
from sgd_resources.storage.keys import quarantine_key
from tests.fakes.cache import FakeCache
from tests.fakes.confined import FakeConfinedJobs
from tests.fakes.embedder import FakeEmbedder
from tests.fakes.ledgers import FakeGraphLedger, FakePromptLedger, FakeRenderLedger, FakeUploadLedger
from tests.fakes.object_store import FakeObjectStore
from tests.fakes.resources import fixed
from tests.fakes.vectors import FakeVectorStore


class FakeGate:
    """Accepts everything but files that hold `held`; `error` is raised for files that hold `error_on`."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.error_on: bytes = b""
        self.held: bytes | None = None
        self.judging_versions = frozenset({"fake"})

    at_once = 2
    max_file_bytes = 50_000_000

    def judged_by(self, file_name: str) -> str:
        return min(self.judging_versions)

    def inspect(self, source: Any, *, file_name: str, declared_type: str | None = None) -> Inspection:
        assert isinstance(source, bytes)
        if self.error is not None and self.error_on in source:
            raise self.error
        sha256 = hashlib.sha256(source).hexdigest()
        if self.held is not None and self.held in source:
            return Inspection("quarantine", "malware", "text/markdown", AvReport("infected"), source_sha256=sha256)
        return Inspection(
            verdict="accept",
            reason="",
            detected_type="text/markdown",
            av=AvReport(),
            source_sha256=sha256,
            evidence_sha256=sha256,
            clean_bytes=source,
        )


class FakeParser:
    """One text block per line; a line that is a hex is a colour too."""

    name = "fake"
    version = "fake@1"

    def __init__(self) -> None:
        self.parsed: list[str] = []

    def parse(self, request: ParseRequest) -> ParsedDocument:
        self.parsed.append(request.sha256)
        lines = request.data.decode().splitlines()
        return ParsedDocument(
            evidence_sha256=request.sha256,
            media_type=request.media_type,
            parser=self.name,
            parser_version=self.version,
            text_blocks=tuple(TextBlock(text=text, location=Location(line=n)) for n, text in enumerate(lines, 1)),
        )


def paint_nothing(
    body: Mapping[str, Any],
    canon: Canon,
    *,
    org_id: str,
    render_id: str,
    evidence: EvidenceManifest,
    run_id: str | None = None,
    progress: Progress | None = None,
) -> RenderRecord:
    """A renderer without pictures."""
    return RenderRecord(
        render_id=render_id,
        project_id=body["project_id"],
        canon_version=canon.version,
        outputs=(),
        trace_id=render_id,
    )


@dataclass
class FakeGraph:
    """The definitions and everything they touch."""

    instance: DagsterInstance
    store: FakeObjectStore = field(default_factory=FakeObjectStore)
    uploads: FakeUploadLedger = field(default_factory=FakeUploadLedger)
    graph_ledger: FakeGraphLedger = field(default_factory=FakeGraphLedger)
    renders: FakeRenderLedger = field(default_factory=FakeRenderLedger)
    gate: FakeGate = field(default_factory=FakeGate)
    parser: FakeParser = field(default_factory=FakeParser)
    vectors: FakeVectorStore = field(default_factory=FakeVectorStore)
    llm: LlmGateway = field(default_factory=WithoutModels)
    prompt_ledger: PromptLedger = field(default_factory=FakePromptLedger)

    def definitions(self) -> Definitions:
        """The real graph over the fakes."""
        overrides: dict[str, Lazy[Any]] = {
            "store": fixed(self.store),
            "ledger": fixed(self.uploads),
            "graph_ledger": fixed(self.graph_ledger),
            "render_ledger": fixed(self.renders),
            "prompt_ledger": fixed(self.prompt_ledger),
            "gate": fixed(self.gate),
            "parser": fixed(self.parser),
            "embedder": fixed(FakeEmbedder()),
            "cache": fixed(FakeCache()),
            "vectors": fixed(self.vectors),
            "llm": fixed(self.llm),
            "drawing": fixed(FakeConfinedJobs()),
            "renderer": fixed(paint_nothing),
        }
        return build_definitions(overrides, settings=Settings(_env_file=None))

    def drop(self, org_id: str, name: str, text: str, *, file_name: str | None = None) -> None:
        """Put a file into quarantine with its row; `file_name` is the user's name for it, when it is another."""
        key = quarantine_key(org_id, uuid5(NAMESPACE_URL, name))
        self.store.put(key, text.encode())
        upload = PendingUpload(f"{org_id}-{name}", key, file_name or name, None, len(text.encode()))
        self.uploads.waiting.setdefault(org_id, []).append(upload)

    def run(
        self,
        job: str,
        *org_ids: str,
        config: Mapping[str, Any] | None = None,
        tags: Mapping[str, str] | None = None,
    ) -> ExecuteInProcessResult:
        """One run over these orgs: a partition, or a range of them in the order they were added."""
        self.instance.add_dynamic_partitions("orgs", list(org_ids))
        ends = {"dagster/asset_partition_range_start": org_ids[0], "dagster/asset_partition_range_end": org_ids[-1]}
        return (
            self.definitions()
            .resolve_job_def(job)
            .execute_in_process(
                instance=self.instance,
                partition_key=org_ids[0] if len(org_ids) == 1 else None,
                tags={**(tags or {}), **(ends if len(org_ids) > 1 else {})},
                run_config=dict(config or {}),
                raise_on_error=False,
            )
        )


@contextmanager
def fake_graph(folder: Path | None = None) -> Iterator[FakeGraph]:
    """A graph of its own; its instance is kept in a folder where several threads write to it: in memory SQLite refuses
    the second instead of letting it wait."""
    made = DagsterInstance.ephemeral() if folder is None else DagsterInstance.local_temp(str(folder))
    with made as instance:
        yield FakeGraph(instance)
