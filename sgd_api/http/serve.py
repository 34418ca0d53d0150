"""Serves the API: `python -m sgd_api.http.serve [--fd N]`, settings from the environment.

What must not live here: starting workers or Dagster (`sgd_api/cli/commands/serve.py`).
"""

import argparse
import socket
from collections.abc import Sequence

import uvicorn
from starlette.types import ASGIApp

from sgd_api.http.app import create_app
from sgd_api.http.process_group import ProcessGroup
from sgd_api.http.services import build_services
from sgd_resources.embedded.services import embedded_services
from sgd_resources.observed.logs import write_logs
from sgd_resources.observed.spans import start_tracing
from sgd_resources.settings import Settings, load_settings

GRACE_S = 30
"""Longer than any `Prefer: wait`, so that a stop lets waiting requests finish."""
KEEP_ALIVE_S = 75
"""Longer than clients and proxies keep a connection that nobody uses (httpx 5 s, nginx and Kong 60 s towards us): who
closes first must be they. A request that is sent while we close is reset, and neither may send a POST again."""


def serve(settings: Settings, listener: socket.socket | None = None) -> None:
    """Serve until SIGINT or SIGTERM; embedded services that the settings do not replace are started or adopted.

    With `SGD_API_WORKERS` above 1 this process only keeps that many others alive, which share the listening socket.

    Args:
        settings: of this process.
        listener: a listening socket to serve instead of the settings' host and port.

    Raises:
        Unavailable: an embedded service did not come up.
        InvalidInput: the settings lack something the chosen parts need.
    """
    write_logs(settings)
    with embedded_services(settings) as urls:
        if settings.sgd_api_workers > 1:
            with _listening(settings, listener) as shared:
                ProcessGroup(settings.sgd_api_workers, shared.fileno(), grace_s=GRACE_S).run()
            return
        start_tracing(settings, "api")
        config = server_config(settings, create_app(settings, build_services(settings, urls)))
        uvicorn.Server(config).run(sockets=[listener] if listener else None)


def server_config(settings: Settings, app: ASGIApp) -> uvicorn.Config:
    """How the app is served."""
    return uvicorn.Config(
        app,
        host=settings.sgd_api_host,
        port=settings.sgd_api_port,
        access_log=False,  # our own line holds no query strings
        log_level="warning",
        server_header=False,
        # uvicorn's own default believes every process of this machine.
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        timeout_graceful_shutdown=GRACE_S,
        timeout_keep_alive=KEEP_ALIVE_S,
        h11_max_incomplete_event_size=32_768,
    )


def _listening(settings: Settings, listener: socket.socket | None) -> socket.socket:
    if listener is not None:
        return listener
    family = socket.AF_INET6 if ":" in settings.sgd_api_host else socket.AF_INET
    return socket.create_server((settings.sgd_api_host, settings.sgd_api_port), family=family, backlog=2048)


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of the API's process."""
    parser = argparse.ArgumentParser(prog="python -m sgd_api.http.serve", description=__doc__.split("\n")[0])
    parser.add_argument("--fd", type=int, default=None, help="an inherited listening socket to serve")
    fd = parser.parse_args(argv).fd
    serve(load_settings(), None if fd is None else socket.socket(fileno=fd))


if __name__ == "__main__":
    main()
