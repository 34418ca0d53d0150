"""What login, limits, row level security and the layers before them add to a GET, over the same route bare.

python -m tests.benchmarks.bench_guards [--quick]

Both run in this process, in turn, over the same embedded Postgres and Redis. The bare route reads the same rows of a
table without row level security, with the same query, for whoever asks. An Idempotency-Key stands on each request.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import create_engine, insert, text
from starlette.responses import JSONResponse, Response

from sgd_api.http.app import create_app
from sgd_api.http.bodies.listings import CanonVersions
from sgd_api.http.routes import canon
from sgd_api.http.services import build_services
from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.postgres.engine import Database
from sgd_resources.postgres.rows import canon as rows
from sgd_resources.postgres.rows import keys
from sgd_resources.postgres.rows.orgs import ensure_org
from sgd_resources.postgres.tables.brand import canon_versions
from sgd_resources.settings import Settings
from tests.benchmarks.report import Row, percentile, print_rows

ORG = "bench"
LIMIT_MS = 3.0
WARM_UP = 50
PATH = "/canon/versions"
N_VERSIONS = 20


def main(argv: Sequence[str] | None = None) -> int:
    """Print the rows; a limit that is passed on a busy machine is only told."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    calls = 300 if parser.parse_args(argv).quick else 2_000
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sgd-bench-")))
        limits = {name: 10**8 for name in Settings.model_fields if name.startswith(("sgd_rate_limit", "sgd_key_limit"))}
        settings = Settings(_env_file=None, sgd_var_dir=folder).model_copy(update=limits)
        urls = stack.enter_context(embedded_services(settings))
        key = _filled(urls)
        guarded, bare = asyncio.run(_both(settings, urls, key, calls))
    overhead = percentile(guarded, 50) - percentile(bare, 50)
    quickest = percentile(guarded, 5) - percentile(bare, 5)
    print_rows(
        [
            Row("guards of a GET over the bare route, p50", overhead, "ms", "limit", LIMIT_MS),
            Row("the same of the quickest twentieth, p5", quickest, "ms", "limit", LIMIT_MS),
            Row("GET with its guards, p50", percentile(guarded, 50), "ms", "bare route", percentile(bare, 50)),
            Row("GET with its guards, p95", percentile(guarded, 95), "ms", "bare route", percentile(bare, 95)),
        ]
    )
    return 0


def _filled(urls: ServiceUrls) -> str:
    """A key of an org with some rows, and a copy of them in a table that nothing guards."""
    database = Database(urls.database_url)
    with database.org_transaction(ORG) as connection:
        ensure_org(connection, ORG)
        made = [
            {
                "org_id": ORG, "version": f"{number:064x}", "status": "complete", "key": "k",
                "palette": ["#0A5C36"], "fonts": ["Inter"],
            }
            for number in range(N_VERSIONS)
        ]  # fmt: skip
        connection.execute(insert(canon_versions), made)
        key = keys.create_key(connection, ORG, label="bench").plaintext
    database.dispose()
    assert urls.database_owner_url is not None
    owner = create_engine(urls.database_owner_url)
    with owner.begin() as connection:
        connection.execute(text("SELECT set_config('app.org_id', :org, true)"), {"org": ORG})
        connection.execute(text("CREATE SCHEMA bare"))
        connection.execute(text("CREATE TABLE bare.canon_versions AS SELECT * FROM public.canon_versions"))
        connection.execute(text("ALTER TABLE bare.canon_versions ADD PRIMARY KEY (org_id, version)"))
        connection.execute(text("GRANT USAGE ON SCHEMA bare TO sgd_app"))
        connection.execute(text("GRANT SELECT ON bare.canon_versions TO sgd_app"))
    owner.dispose()
    return key


def _bare_app(urls: ServiceUrls) -> FastAPI:
    engine = create_engine(urls.database_url, connect_args={"options": "-c search_path=bare"})
    app = FastAPI()

    @app.get(PATH)
    def versions() -> Response:
        with engine.begin() as connection:
            found = rows.list_versions(connection, ORG, limit=101, before_seq=None)
        shown = tuple(canon._version_body(row) for row in found)
        return JSONResponse(CanonVersions(versions=shown, next_cursor=None).wire())

    return app


async def _both(settings: Settings, urls: ServiceUrls, key: str, calls: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each call of both, which take turns so that the machine is as busy for one as for the other."""
    app, bare = create_app(settings, build_services(settings, urls)), _bare_app(urls)
    headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "bench"}
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://sgd.test", headers=headers) as full,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=bare), base_url="http://sgd.test", headers=headers
        ) as plain,
    ):
        assert (await full.get(PATH)).json() == (await plain.get(PATH)).json()
        took: dict[httpx.AsyncClient, list[float]] = {full: [], plain: []}
        for _ in range(WARM_UP + calls):
            for client, times in took.items():
                began = time.perf_counter()
                answer = await client.get(PATH)
                times.append((time.perf_counter() - began) * 1_000)
                assert answer.status_code == 200, answer.text
    return took[full][WARM_UP:], took[plain][WARM_UP:]


if __name__ == "__main__":
    sys.exit(main())
