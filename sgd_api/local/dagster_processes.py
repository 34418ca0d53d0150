"""Dagster on one machine as three processes of ours: the code server, the UI, the daemon.

`dagster dev` starts the same three, but takes no socket that is bound already, and what it starts survives it. What
must not live here: the graph; this package imports no dagster.
"""

import socket
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from sgd_api.local.supervisor import ManagedProcess, Supervisor
from sgd_resources.embedded.services import private_socket_dir
from sgd_resources.settings import Settings

LOCATION = "sgd"


class DagsterProcesses:
    """Starts Dagster's processes below a supervisor, in an order that shows the UI soonest."""

    def __init__(self, group: Supervisor, settings: Settings, env: Mapping[str, str]) -> None:
        self._group = group
        self._env = env
        self._socket = private_socket_dir(settings.var_dir) / "code-server.sock"
        self._workspace = _write_workspace(settings.var_dir / "dagster", self._socket)

    def start_ui(self, listener: socket.socket) -> ManagedProcess:
        """Start the code server and the UI side by side; the UI answers when both are there."""
        self._socket.unlink(missing_ok=True)
        code = ["-m", "dagster", "code-server", "start", "--socket", str(self._socket), "--location-name", LOCATION]
        code += ["--module-name", "sgd_assets.graph.definitions", "--use-python-environment-entry-point"]
        self._group.start("dagster-code", [sys.executable, *code], self._env)
        ui = [sys.executable, "-m", "sgd_assets.graph.ui_server", "--workspace", str(self._workspace)]
        ui += ["--code-socket", str(self._socket)]
        return self._group.start("dagster-ui", ui, self._env, listener=listener)

    def start_daemon(self) -> None:
        """Start sensors, schedules and the run queue. Last: the daemon asks the code server at once."""
        argv = [sys.executable, "-m", "dagster._daemon", "run", "--workspace", str(self._workspace)]
        self._group.start("dagster-daemon", argv, self._env)


def _write_workspace(home: Path, code_socket: Path) -> Path:
    server = {"host": "localhost", "socket": str(code_socket), "location_name": LOCATION}
    path = home / "workspace.yaml"
    path.write_text(yaml.safe_dump({"load_from": [{"grpc_server": server}]}), "utf-8")
    return path
