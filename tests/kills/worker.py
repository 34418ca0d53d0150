"""The real worker, whose processes are forked from one that has imported everything.

A killed one is then replaced for a second of processor time instead of five; all else is what production runs. What
must not live here: how a process dies (`dying.py`).
"""

import multiprocessing
import os
from typing import Any

from sgd_assets.on_demand import worker, worker_process
from sgd_assets.on_demand.worker_process import WorkerPlan

_IMPORTED = ["tests.kills.dying", "sgd_assets.on_demand.worker_process", "sgd_assets.running.warm_runs"]


def serve(plan: WorkerPlan, name: str, _: int) -> None:
    """Body of a process: its parent is the one that it was forked from, which ends with the worker."""
    worker_process.serve(plan, name, os.getppid())


def main() -> None:
    """As `python -m sgd_assets.on_demand.worker`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_IMPORTED)

    def forked(_: str) -> Any:
        return context

    for module, name, own in ((multiprocessing, "get_context", forked), (worker, "serve", serve)):
        setattr(module, name, own)
    worker.main()


if __name__ == "__main__":
    main()
