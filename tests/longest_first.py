"""In which order the workers of a session take the files: the long ones first, so that none is left alone at the end.

A file is one worker's. By itself pytest-xdist begins with the files of most tests, so that a file with one test of a
minute came last and one worker ran it while the others stood idle. What must not live here: fixtures, or times that a
test would be held to.
"""

from collections import Counter
from collections.abc import Sequence

import pytest

FILES = (
    "sgd_assets/on_demand/test_worker.py",
    "sgd_resources/cleaning/pictures/test_images.py",
    "hostile/test_drawing.py",
    "sgd_resources/embedded/test_services.py",
    "hostile/test_bombs.py",
    "compliance/test_judged.py",
    "sgd_resources/vectors/test_e5.py",
    "sgd_api/canon_page/test_page.py",
    "sgd_api/http/test_scrape.py",
    "sgd_resources/code_versions/test_version.py",
    "sgd_assets/prompts/schema_guard/test_guard.py",
    "sgd_api/http/test_isolation.py",
    "briefs/test_pictures.py",
    "sgd_assets/canon/test_derive.py",
    "sgd_resources/parsers/pixels/test_flat_colours.py",
    "deploy/test_terraform.py",
    "services/test_schemathesis.py",
    "services/deploy/test_image.py",
    "services/test_dagster_runs.py",
    "services/deploy/test_scripts.py",
    "services/test_runbooks.py",
    "services/test_faults_under_load.py",
    "services/test_restore_drill.py",
    "services/test_wheel.py",
    "services/test_one_machine.py",
    "services/test_postgres_standby.py",
    "services/test_assisted_commands.py",
    "services/test_end_to_end.py",
    "services/llm/test_redis_chaos.py",
    "services/test_dagster_ui.py",
    "services/test_canon_page.py",
    "services/llm/test_local_model.py",
    "services/test_full_disk.py",
    "services/test_postgres_restart.py",
    "services/test_trace.py",
    "services/deploy/test_pgbouncer.py",
    "services/test_killed_worker.py",
    "services/llm/test_openai_sdk.py",
    "services/test_api_explorers.py",
    "services/test_prometheus.py",
    "services/deploy/test_redis_tls.py",
    "services/deploy/test_redis_cluster.py",
)
"""Below `tests`, longest first: what took ten seconds or more of a worker. What is not named is told by its tests."""


def begin_with_the_longest(items: list[pytest.Item], files: Sequence[str] = FILES) -> None:
    """Put the files named to the front in their order, the others behind them by how many tests they have."""
    ranks = {f"tests/{name}": rank for rank, name in enumerate(files)}
    tests = Counter(file_of(item) for item in items)
    first = {name: place for place, name in reversed(list(enumerate(map(file_of, items))))}
    items.sort(key=lambda item: _place(file_of(item), ranks, tests, first))


def file_of(item: pytest.Item) -> str:
    """The path before the test's name, as it is told."""
    return item.nodeid.split("::", 1)[0]


def _place(name: str, ranks: dict[str, int], tests: Counter[str], first: dict[str, int]) -> tuple[int, int, int]:
    return ranks.get(name, len(ranks)), -tests[name], first[name]
