"""Marks the runs of dead processes failed, for `sgd doctor`: a JSON object on stdout.

    python -m sgd_assets.running.mend      ->  {"failed": ["<run id>", ...]}

What must not live here: deciding who is dead (`owner.py`).
"""

import json
import os
import sys

from sgd_assets.running.dead_runs import fail_runs_of_dead_owners
from sgd_assets.running.warm_runs import warm_instance
from sgd_resources.dagster.home import prepare_dagster_home
from sgd_resources.embedded.services import embedded_services
from sgd_resources.settings import load_settings


def main() -> None:
    """Mend and tell."""
    settings = load_settings()
    with embedded_services(settings) as urls:
        os.environ["DAGSTER_DATABASE_URL"] = urls.dagster_url
        with warm_instance(str(prepare_dagster_home(settings))) as instance:
            failed = fail_runs_of_dead_owners(instance)
    sys.stdout.write(json.dumps({"failed": failed}) + "\n")


if __name__ == "__main__":
    main()
