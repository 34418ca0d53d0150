"""`sgd up`, `sgd down`, `sgd worker`: everything that serves until it is told to stop."""

import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from sgd_api.cli.terminal import err, out

if TYPE_CHECKING:
    from sgd_api.local.dagster_processes import DagsterProcesses
    from sgd_api.local.stack import LocalStack
    from sgd_api.local.supervisor import Supervisor
    from sgd_api.local.up_state import UpGuard
    from sgd_resources.settings import Settings

_LOOK_AGAIN_S = 0.2
_SLOW_DAGSTER_S = 120.0


def up(
    no_dagster: Annotated[bool, typer.Option("--no-dagster", help="Serve the API and workers only.")] = False,
) -> None:
    """Serve until Ctrl-C: Dagster UI, sensors, API and warm workers on this machine."""
    from sgd_api.local.presence import present
    from sgd_api.local.up_state import only_up
    from sgd_resources.llm.tracing import is_traced
    from sgd_resources.observed.spans import checked_address
    from sgd_resources.settings import load_settings

    settings = load_settings()
    is_traced(settings)
    checked_address(settings)
    try:
        with only_up(settings.var_dir) as guard, present(settings.var_dir, "sgd up"):
            _serve(settings, guard, has_dagster=not no_dagster)
    except KeyboardInterrupt:
        out.print("stopped")


def down(quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing.")] = False) -> None:
    """Stop whatever runs from this data directory: `sgd up`, other commands, and what they may have left behind."""
    from sgd_api.local.shut_down import shut_down
    from sgd_resources.settings import load_settings

    stopped = shut_down(load_settings().var_dir)
    if not quiet:
        out.print(f"stopped: {', '.join(stopped)}" if stopped else "nothing to stop")


def worker(
    processes: Annotated[
        int, typer.Option("--processes", min=1, help="Warm worker processes, one run at a time each.")
    ] = 2,
) -> None:
    """Run warm workers against the configured services until Ctrl-C."""
    from sgd_api.local.presence import present
    from sgd_api.local.stack import child_env
    from sgd_api.local.supervisor import supervisor
    from sgd_resources.embedded.services import embedded_services
    from sgd_resources.llm.tracing import is_traced
    from sgd_resources.observed.spans import checked_address
    from sgd_resources.settings import load_settings

    settings = load_settings()
    is_traced(settings)
    checked_address(settings)
    argv = [sys.executable, "-m", "sgd_assets.on_demand.worker", "--processes", str(processes)]
    with (
        present(settings.var_dir, "sgd worker"),
        embedded_services(settings) as urls,
        supervisor(settings.var_dir) as group,
    ):
        child = group.start("worker", argv, child_env(settings, urls))
        out.print(f"{processes} workers run; log in {child.log_path}; Ctrl-C stops them")
        try:
            raise SystemExit(child.popen.wait())
        except KeyboardInterrupt:
            out.print("\nStopping ...")


def _serve(settings: "Settings", guard: "UpGuard", *, has_dagster: bool) -> None:
    from sgd_api.local.stack import LocalStack, start_api, start_workers
    from sgd_api.local.supervisor import supervisor
    from sgd_resources.embedded.services import embedded_services
    from sgd_resources.postgres.engine import Database

    with out.status("Starting the database ...") as status, embedded_services(settings) as urls:
        database = Database(urls.database_url, urls.database_owner_url)
        with supervisor(settings.var_dir) as group:
            try:
                status.update("Starting the API ...")
                api = start_api(group, settings, urls, instance_id=guard.state.instance_id)
                guard.say(local_url=api.local_url, api_url=api.public_url)
                stack = LocalStack(settings, urls, database, api.local_url, group)
                status.stop()
                _print_api(stack, api.public_url)
                # The UI first: it takes longest, and jobs wait for a worker in the queue.
                dagster = _start_ui(stack, guard, api.public_url) if has_dagster else None
                start_workers(group, settings, urls, api.public_url, settings.sgd_workers)
                _watch(group, guard, dagster)
            except KeyboardInterrupt:
                out.print("\nStopping ...")
                raise
            finally:
                database.dispose()


def _start_ui(stack: "LocalStack", guard: "UpGuard", api_url: str) -> "tuple[DagsterProcesses, str]":
    from sgd_api.local.dagster_processes import DagsterProcesses
    from sgd_api.local.listeners import listen, local_url, port_of
    from sgd_api.local.stack import child_env
    from sgd_resources.dagster.home import prepare_dagster_home

    settings = stack.settings
    prepare_dagster_home(settings)
    listener = listen(settings.sgd_api_host, settings.sgd_dagster_port)
    url = local_url(settings.sgd_api_host, port_of(listener))
    processes = DagsterProcesses(stack.supervisor, settings, child_env(settings, stack.urls, api_url))
    processes.start_ui(listener)
    return processes, url


def _watch(group: "Supervisor", guard: "UpGuard", dagster: "tuple[DagsterProcesses, str] | None") -> None:
    """Say when Dagster is there, and start again what dies; returns never."""
    from sgd_api.local.supervisor import answers

    began = time.monotonic()
    is_slow = False
    if dagster is not None:
        out.print("Dagster UI   loading the graph ...", end="\r" if out.is_terminal else "\n")
    while True:
        if dagster is not None and answers(f"{dagster[1]}/server_info"):
            processes, url = dagster
            guard.say(dagster_url=url)
            out.print(f"Dagster UI   {url}   (ready after {time.monotonic() - began:.0f} s)")
            processes.start_daemon()
            dagster = None
        if dagster is not None and not is_slow and time.monotonic() - began > _SLOW_DAGSTER_S:
            is_slow = True
            err.print("[yellow]Dagster does not answer yet[/]; see dagster-ui.log and dagster-code.log")
        for name in group.restart_dead():
            log = group.child(name).log_path
            err.print(f"[yellow]{name} had stopped and was started again[/]; see {log}", soft_wrap=True)
        time.sleep(_LOOK_AGAIN_S)


def _print_api(stack: "LocalStack", api_url: str) -> None:
    from sgd_api.local.development_key import DEVELOPMENT_ORG, development_key

    var_dir = stack.settings.var_dir
    key = development_key(stack)
    lines = [
        "[bold]Smart Graphic Designer is up; Ctrl-C stops it[/]",
        f"API          {api_url}   (state: {api_url}/readyz, metrics: {api_url}/metrics, bodies: openapi.yaml)",
        f"API key      {key}   (org [bold]{DEVELOPMENT_ORG}[/], development only)",
        f"Data, logs   {var_dir}, {var_dir / 'log'}",
        f"Try          curl -H 'Authorization: Bearer {key}' -F files=@guide.pdf -F project_id=p1 {api_url}/uploads",
    ]
    out.print("\n".join(lines), soft_wrap=True, highlight=False)
