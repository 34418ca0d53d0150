"""Puts the gate together from settings: policy, sandboxed examiner, virus scanner.

What must not live here: any decision of the gate.
"""

from functools import cache

from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.judged_by import judging_version
from sgd_assets.evidence.policy import UploadPolicy, upload_policy
from sgd_resources.clamd import build_scanner
from sgd_resources.sandbox.examiner import SandboxedExaminer
from sgd_resources.sandbox.fork_server import ForkServer
from sgd_resources.sandbox.pool import Sandbox, SandboxLimits
from sgd_resources.settings import Settings


def policy_of(settings: Settings, policy: UploadPolicy | None = None) -> UploadPolicy:
    """The policy with the cap on a file that the settings may lower.

    Raises:
        ValidationFailed: the policy file breaks its contract.
    """
    return (policy or upload_policy()).lowered_to(settings.sgd_max_upload_bytes)


def file_cap(settings: Settings) -> int:
    """Bytes that one file may have."""
    return policy_of(settings).max_file_bytes


def build_gate(
    settings: Settings,
    *,
    policy: UploadPolicy | None = None,
    processes: int | None = None,
    server: ForkServer | None = None,
) -> EvidenceGate:
    """The gate of this process. Starts no child before the first file; close it, or let it end with the process.

    Args:
        settings: name the scanner, and how many files are looked at at once.
        policy: what may come in; the project's own where none is given.
        processes: another number of files at once.
        server: a fork server to share; without one the gate starts and ends its own.

    Raises:
        InvalidInput: production without a virus scanner.
        ValidationFailed: the policy file breaks its contract.
    """
    rules = policy_of(settings, policy)
    bounds = rules.sandbox
    readers = processes or settings.readers
    sandbox = Sandbox(
        SandboxLimits(
            wall_s=bounds.wall_s,
            cpu_s=bounds.cpu_s,
            memory_bytes=bounds.memory_bytes,
            jobs_per_child=bounds.jobs_per_child,
        ),
        processes=readers,
        server=server,
    )
    return EvidenceGate(
        examiner=SandboxedExaminer(sandbox, rules.limits),
        scanner=build_scanner(settings),
        policy=rules,
        is_production=settings.is_production,
        at_once=readers,
        version_of_type=cache(lambda media_type: judging_version(media_type, rules)),
    )
