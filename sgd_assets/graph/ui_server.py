"""Serves Dagster's UI on a listening socket that was handed over: `python -m sgd_assets.graph.ui_server --fd N ...`.

`dagster-webserver` binds a port by itself, which another process may have taken since it was looked at. What must not
live here: the graph, which the code server loads.
"""

import argparse
import socket
import time
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from dagster import DagsterInstance
from dagster._core.errors import DagsterUserCodeUnreachableError
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceFileTarget
from dagster._grpc.client import DagsterGrpcClient
from dagster_webserver.app import create_app_from_workspace_process_context
from dagster_webserver.version import __version__

from sgd_resources.errors import Unavailable

CODE_WAIT_S = 120.0
_LOOK_AGAIN_S = 0.1
_LIVE_DATA_POLL_MS = 2_000
"""How often an open page asks for news; the webserver's own default."""
_STOP_S = 3


def serve_ui(listener: socket.socket, workspace: Path, code_socket: Path) -> None:
    """Serve until SIGTERM or SIGINT, once the code server behind `code_socket` answers.

    Raises:
        Unavailable: the code server did not answer in time; its own log says why.
    """
    with DagsterInstance.get() as instance:
        wait_for_code(code_socket)
        target = WorkspaceFileTarget([str(workspace)])
        with WorkspaceProcessContext(instance, workspace_load_target=target, version=__version__) as context:
            app = create_app_from_workspace_process_context(context, "", _LIVE_DATA_POLL_MS)
            config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_STOP_S)
            uvicorn.Server(config).run(sockets=[listener])


def wait_for_code(code_socket: Path, *, timeout_s: float = CODE_WAIT_S) -> None:
    """Return when the code server has loaded the graph. Asked too early, the UI would show an error for half a minute.

    Raises:
        Unavailable: it did not within `timeout_s` seconds.
    """
    deadline = time.monotonic() + timeout_s
    while not (code_socket.exists() and _answers(code_socket)):
        if time.monotonic() > deadline:
            raise Unavailable(f"the code server did not answer within {timeout_s:.0f} s")
        time.sleep(_LOOK_AGAIN_S)


def _answers(code_socket: Path) -> bool:
    try:
        DagsterGrpcClient(socket=str(code_socket)).ping("")
    except DagsterUserCodeUnreachableError:
        return False
    return True


def main(argv: Sequence[str] | None = None) -> None:
    """Command line of the UI's process."""
    parser = argparse.ArgumentParser(prog="python -m sgd_assets.graph.ui_server", description=__doc__.split("\n")[0])
    parser.add_argument("--fd", type=int, required=True, help="the inherited listening socket")
    parser.add_argument("--workspace", type=Path, required=True, help="workspace.yaml that names the code server")
    parser.add_argument("--code-socket", type=Path, required=True, help="the code server's own socket")
    chosen = parser.parse_args(argv)
    serve_ui(socket.socket(fileno=chosen.fd), chosen.workspace, chosen.code_socket)


if __name__ == "__main__":
    main()
