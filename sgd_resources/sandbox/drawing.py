"""The sandbox in which pictures are made, judged and previewed, and in which logos and fonts are settled.

What must not live here: what its jobs do (`sgd_resources/drawing`, `sgd_assets/renders/picture_job.py`).
"""

from sgd_resources.sandbox.fork_server import ForkServer
from sgd_resources.sandbox.pool import Sandbox, SandboxLimits

DRAWING_PRELOAD = (
    "sgd_assets.renders.picture_job:warm",
    "sgd_assets.renders.compliance.judge_job",
    "sgd_resources.drawing.settle.logo",
    "sgd_resources.drawing.settle.font",
    "sgd_resources.drawing.thumbnail",
    "sgd_resources.sealing.seal_job:warm",
    "sgd_resources.sealing.read_job",
)
DRAWING_LIMITS = SandboxLimits(
    cpu_s=60, wall_s=90.0, memory_bytes=1_000_000_000, jobs_per_child=500, max_output_bytes=400_000_000
)
"""The largest picture, 40 million pixels, takes 0.9 GB and 30 s; each job asks for less by its own size."""


def drawing_sandbox(server: ForkServer | None = None, *, processes: int = 1) -> Sandbox:
    """A sandbox for drawing; with a `server` that has the libraries loaded, it starts in a few milliseconds.

    Close it. Whoever made the server closes that.
    """
    return Sandbox(DRAWING_LIMITS, processes=processes, preload=DRAWING_PRELOAD, server=server)
