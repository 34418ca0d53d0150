"""Puts the gate together from settings: policy, sandboxed examiner, virus scanner.

What must not live here: any decision of the gate.
"""

from sgd_assets.evidence.gate import EvidenceGate
from sgd_assets.evidence.policy import UploadPolicy, upload_policy
from sgd_resources.sandbox.examiner import SandboxedExaminer
from sgd_resources.sandbox.pool import Sandbox, SandboxLimits
from sgd_resources.scanner import build_scanner
from sgd_resources.settings import Settings


def build_gate(settings: Settings, *, policy: UploadPolicy | None = None, processes: int = 2) -> EvidenceGate:
    """The gate of this process. Starts no child before the first file; close it, or let it end with the process.

    Raises:
        InvalidInput: production without a virus scanner.
        ValidationFailed: the policy file breaks its contract.
    """
    rules = policy or upload_policy()
    bounds = rules.sandbox
    sandbox = Sandbox(
        SandboxLimits(
            wall_s=bounds.wall_s,
            cpu_s=bounds.cpu_s,
            memory_bytes=bounds.memory_bytes,
            jobs_per_child=bounds.jobs_per_child,
        ),
        processes=processes,
    )
    return EvidenceGate(
        examiner=SandboxedExaminer(sandbox, rules.limits),
        scanner=build_scanner(settings),
        policy=rules,
        is_production=settings.is_production,
    )
