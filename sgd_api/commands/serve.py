"""`sgd up`, `sgd down`, `sgd worker`: everything that serves until it is told to stop."""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.terminal import err, out
from sgd_resources.errors import Conflict

if TYPE_CHECKING:
    from sgd_api.local_stack import LocalStack
    from sgd_api.supervisor import Supervisor
    from sgd_resources.embedded import ServiceUrls
    from sgd_resources.settings import Settings

_DEV_ORG = "dev"
_STOP_WAIT_S = 40


def up(
    no_dagster: Annotated[bool, typer.Option("--no-dagster", help="Serve the API and workers only.")] = False,
) -> None:
    """Serve until Ctrl-C: Dagster UI, sensors, API and warm workers on this machine."""
    from sgd_api.local_stack import LocalStack, running_api, start_api, start_workers, up_file
    from sgd_api.supervisor import free_port, supervisor
    from sgd_resources.database.engine import Database
    from sgd_resources.embedded import embedded_services
    from sgd_resources.settings import load_settings

    settings = load_settings()
    if (other := running_api(settings)) is not None:
        raise Conflict(f"`sgd up` already serves this data directory at {other}")
    with embedded_services(settings) as urls, supervisor(settings.var_dir / "log") as group:
        database = Database(urls.database_url, urls.database_owner_url)
        api_url = start_api(group, settings, urls)
        start_workers(group, settings, urls, api_url, settings.sgd_workers)
        dagster_url = None
        if not no_dagster:
            port = free_port(settings.sgd_api_host, settings.sgd_dagster_port)
            dagster_url = f"http://{settings.sgd_api_host}:{port}"
            _start_dagster(group, settings, urls, api_url, port)
        key = _development_key(LocalStack(settings, urls, database, api_url, group))
        if dagster_url is not None:
            with out.status("Dagster is loading the graph ..."):
                group.wait_ready("dagster", f"{dagster_url}/server_info", timeout_s=120)
        up_file(settings).parent.mkdir(parents=True, exist_ok=True)
        up_file(settings).write_text(
            json.dumps({"pid": os.getpid(), "api_url": api_url, "dagster_url": dagster_url}), "utf-8"
        )
        _print_links(api_url, dagster_url, key, settings)
        try:
            while True:
                time.sleep(1.0)
                for name in group.restart_dead():
                    err.print(f"[yellow]{name} had stopped and was started again[/]; see var/log/{name}.log")
        except KeyboardInterrupt:
            out.print("\nStopping ...")
        finally:
            up_file(settings).unlink(missing_ok=True)
            database.dispose()


def down(quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing.")] = False) -> None:
    """Stop an `sgd up` that runs from the same data directory."""
    from sgd_api.local_stack import up_file
    from sgd_resources.settings import load_settings

    path = up_file(load_settings())
    pid = _running_pid(path)
    if pid is None:
        if not quiet:
            out.print("nothing to stop")
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_WAIT_S
    while _is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    if not quiet:
        out.print("stopped")


def worker(
    processes: Annotated[
        int, typer.Option("--processes", min=1, help="Warm worker processes, one run at a time each.")
    ] = 2,
) -> None:
    """Run warm workers against the configured services until Ctrl-C."""
    from sgd_api.local_stack import child_env
    from sgd_api.supervisor import supervisor
    from sgd_resources.embedded import embedded_services
    from sgd_resources.settings import load_settings

    settings = load_settings()
    argv = [sys.executable, "-m", "sgd_assets.worker", "--processes", str(processes)]
    with embedded_services(settings) as urls, supervisor(settings.var_dir / "log") as group:
        child = group.start("worker", argv, child_env(settings, urls))
        out.print(f"{processes} workers run; log in {child.log_path}; Ctrl-C stops them")
        try:
            raise SystemExit(child.popen.wait())
        except KeyboardInterrupt:
            out.print("\nStopping ...")


def _start_dagster(group: "Supervisor", settings: "Settings", urls: "ServiceUrls", api_url: str, port: int) -> None:
    from sgd_api.local_stack import child_env
    from sgd_resources.dagster_home import prepare_dagster_home

    prepare_dagster_home(settings)
    root = Path(__file__).resolve().parents[2]
    dagster = str(Path(sys.executable).with_name("dagster"))
    argv = [dagster, "dev", "-w", str(root / "workspace.yaml"), "-h", settings.sgd_api_host, "-p", str(port)]
    group.start("dagster", argv, child_env(settings, urls, api_url))


def _development_key(stack: "LocalStack") -> str:
    path = stack.settings.var_dir / "run" / "development-key"
    if path.is_file():
        return path.read_text("utf-8").strip()
    _, plaintext = stack.create_key(_DEV_ORG, "development")
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(plaintext)
    return plaintext


def _print_links(api_url: str, dagster_url: str | None, key: str, settings: "Settings") -> None:
    lines = [
        "[bold]Smart Graphic Designer is up; Ctrl-C stops it[/]",
        f"API          {api_url}   (state: {api_url}/readyz, metrics: {api_url}/metrics, bodies: openapi.yaml)",
        f"Dagster UI   {dagster_url or 'not started'}",
        f"API key      {key}   (org [bold]{_DEV_ORG}[/], development only)",
        f"Data, logs   {settings.var_dir}, {settings.var_dir / 'log'}",
        "",
        f"Try:  curl -H 'Authorization: Bearer {key}' -F files=@guide.pdf -F project_id=p1 {api_url}/uploads",
    ]
    out.print("\n".join(lines), soft_wrap=True)


def _running_pid(path: Path) -> int | None:
    try:
        pid = int(json.loads(path.read_text("utf-8"))["pid"])
    except (OSError, ValueError, KeyError):
        return None
    return pid if _is_alive(pid) else None


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
