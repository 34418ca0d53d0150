"""Has the graph run over many orgs.

The runs happen in a process of their own (`python -m sgd_assets.running.backfill_process`): this package knows no
Dagster.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence

from sgd_api.local.stack import child_env
from sgd_resources.embedded.services import ServiceUrls
from sgd_resources.errors import Unavailable
from sgd_resources.settings import Settings


def run_backfill(
    settings: Settings, urls: ServiceUrls, org_ids: Sequence[str], *, on_orgs_done: Callable[[int], object]
) -> dict[str, str]:
    """Org id to `ok` or the reason it failed.

    Raises:
        Unavailable: the backfill process ended before it was through; its log says why.
    """
    log_path = settings.var_dir / "log" / "backfill.log"
    results: dict[str, str] = {}
    with log_path.open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "sgd_assets.running.backfill_process"],
            env=child_env(settings, urls),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write("\n".join(org_ids))
            process.stdin.close()
            for line in process.stdout:
                done = json.loads(line)
                results.update(done)
                on_orgs_done(len(done))
        except BaseException:
            # It ends its run in order and tells Dagster so.
            process.terminate()
            process.wait()
            raise
        finally:
            process.stdout.close()
        if process.wait() != 0 or len(results) < len(org_ids):
            missing = len(org_ids) - len(results)
            raise Unavailable(f"the backfill ended with {missing} orgs to go; its log is {log_path}")
    return results
