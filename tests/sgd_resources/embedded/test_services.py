"""Embedded services: started once, adopted, stopped by the last user, and never left behind by a killed one."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from pydantic import SecretStr

from sgd_resources.embedded.services import ServiceUrls, embedded_services
from sgd_resources.errors import Unavailable, ValidationFailed
from sgd_resources.settings import Settings

pytestmark = [pytest.mark.embedded, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]
USER = """
import json, signal, sys, time
# a test run in the background may have been told to ignore these
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from pathlib import Path
from sgd_resources.embedded.services import embedded_services
from sgd_resources.settings import Settings
settings = Settings(sgd_var_dir=Path(sys.argv[1]))
settings = settings.model_copy(update=dict.fromkeys(("database_url", "database_owner_url", "redis_url")))
try:
    with embedded_services(settings, is_durable=False) as urls:
        print(json.dumps({"redis": urls.redis_url, "dagster": urls.dagster_url}), flush=True)
        sys.stdin.read()
except KeyboardInterrupt:
    sys.exit(130)
print("left", flush=True)
"""


@pytest.fixture
def var_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="sgd-embedded-"))
    yield folder
    wait_until(lambda: not processes_below(folder))
    shutil.rmtree(folder)


def settings_of(var_dir: Path, **changes: Any) -> Settings:
    given = dict.fromkeys(("database_url", "database_owner_url", "redis_url", "dagster_database_url"))
    return Settings(sgd_var_dir=var_dir).model_copy(update=given | changes)


@contextlib.contextmanager
def user(var_dir: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that uses the services until its standard input is closed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", USER, str(var_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def urls_of(process: "subprocess.Popen[str]") -> dict[str, str]:
    assert process.stdout is not None
    urls: dict[str, str] = json.loads(process.stdout.readline())
    return urls


def processes_below(var_dir: Path) -> dict[int, str]:
    """Live processes whose command line or working directory names the data directory, ours and users excepted."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            is_postgres_child = os.path.realpath(entry / "cwd").startswith(str(var_dir))
            if (str(var_dir) in command or is_postgres_child) and "sys.stdin.read" not in command:
                found[int(entry.name)] = command
    return found


def wait_until(is_done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_done():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def running(var_dir: Path, executable: str) -> list[int]:
    # A process between fork and exec has an empty command line; a path may hold spaces, an option comes after it.
    parts = {pid: command.partition(f"{executable} ") for pid, command in processes_below(var_dir).items()}
    return [pid for pid, (path, found, _) in parts.items() if found and " -" not in path]


def assert_stopped(var_dir: Path) -> None:
    """No service is left; the supervisor is at most taking its last breath."""
    assert not any("embedded.supervisor" not in command for command in processes_below(var_dir).values())
    wait_until(lambda: not processes_below(var_dir))


def supervisor_of(var_dir: Path) -> int:
    (pid,) = [pid for pid, command in processes_below(var_dir).items() if "embedded.supervisor" in command]
    return pid


def check(urls: ServiceUrls) -> None:
    """Both services answer."""
    with psycopg.connect(urls.dagster_url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("sgd_owner",)
    with psycopg.connect(urls.database_url.replace("+psycopg", "")) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("sgd_app",)
        assert connection.execute("SELECT count(*) FROM jobs").fetchone() == (0,)
    with redis.Redis.from_url(urls.redis_url) as client:
        client.set("key", "value")
        assert client.get("key") == b"value"
        assert int(client.config_get("maxmemory")["maxmemory"]) > 0


def test_services_start_serve_stop_and_keep_their_data(var_dir: Path) -> None:
    with embedded_services(settings_of(var_dir)) as urls:
        check(urls)
        assert len(processes_below(var_dir)) >= 3
    assert_stopped(var_dir)
    with embedded_services(settings_of(var_dir)) as urls:
        check(urls)


def test_an_error_inside_the_block_stops_them_too(var_dir: Path) -> None:
    with pytest.raises(RuntimeError), embedded_services(settings_of(var_dir), is_durable=False):
        raise RuntimeError
    assert_stopped(var_dir)


def test_commands_that_start_at_once_share_one_set(var_dir: Path) -> None:
    with user(var_dir) as first, user(var_dir) as second, user(var_dir) as third:
        assert len({urls_of(process)["redis"] for process in (first, second, third)}) == 1
        assert len(running(var_dir, "bin/redis-server")) == 1
        assert len(running(var_dir, "bin/postgres")) == 1


def test_the_last_user_stops_them_not_the_first(var_dir: Path) -> None:
    with user(var_dir) as first:
        urls_of(first)
        with embedded_services(settings_of(var_dir), is_durable=False) as urls:
            before = supervisor_of(var_dir)
            left, _ = first.communicate()
            assert left == "left\n"
            check(urls)
            assert supervisor_of(var_dir) == before
    assert_stopped(var_dir)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_killed_user_leaves_nothing_behind(var_dir: Path, number: signal.Signals) -> None:
    with user(var_dir) as only:
        urls_of(only)
        only.send_signal(number)
        only.wait(60)
        wait_until(lambda: not processes_below(var_dir))


def test_a_user_killed_while_starting_leaves_nothing_behind(var_dir: Path) -> None:
    with user(var_dir) as only:
        wait_until(lambda: bool(processes_below(var_dir)))
        only.kill()
        only.wait()
        wait_until(lambda: not processes_below(var_dir))


def test_a_killed_user_does_not_disturb_the_others(var_dir: Path) -> None:
    with embedded_services(settings_of(var_dir), is_durable=False) as urls, user(var_dir) as other:
        urls_of(other)
        other.kill()
        other.wait()
        check(urls)


def test_a_killed_supervisor_takes_its_services_along_and_the_next_start_heals(var_dir: Path) -> None:
    with user(var_dir) as orphaned:
        urls_of(orphaned)
        os.kill(supervisor_of(var_dir), signal.SIGKILL)
        with embedded_services(settings_of(var_dir), is_durable=False) as urls:
            check(urls)
    wait_until(lambda: not processes_below(var_dir))


def test_a_crashed_service_comes_up_again(var_dir: Path) -> None:
    with embedded_services(settings_of(var_dir), is_durable=False) as urls:
        for name in ("bin/redis-server", "bin/postgres"):
            (pid,) = running(var_dir, name)
            os.kill(pid, signal.SIGKILL)

        def is_back() -> bool:
            try:
                check(urls)
            except (psycopg.OperationalError, redis.RedisError):
                return False
            return True

        wait_until(is_back)


def test_a_deep_data_directory_still_gets_short_sockets(var_dir: Path) -> None:
    deep = var_dir / ("d" * 60) / ("e" * 60)
    with embedded_services(settings_of(deep), is_durable=False) as urls:
        check(urls)
        runtime = Path(urls.redis_url.removeprefix("unix://").split("/sock/")[0])
        assert not runtime.is_relative_to(var_dir)
        with user(deep) as other:
            assert urls_of(other)["redis"] == urls.redis_url
    assert not runtime.exists()


@pytest.mark.parametrize("name", ["a b", "50% off", "#1 why?", "\u00fcber,uns", "plus+and&equals='quote'"])
def test_odd_characters_of_a_path_reach_no_address(var_dir: Path, name: str) -> None:
    odd = var_dir / name
    with embedded_services(settings_of(odd), is_durable=False) as urls:
        check(urls)
        runtime = Path(urls.redis_url.removeprefix("unix://").split("/sock/")[0])
        assert (odd / "postgres" / "PG_VERSION").is_file()
    assert not runtime.exists(), "the last user takes the sockets' directory with him"


def test_one_who_comes_while_the_last_one_leaves_finds_a_directory_for_his_sockets(var_dir: Path) -> None:
    odd = var_dir / "a b"
    for _ in range(2):
        with user(odd) as leaving:
            runtime = Path(urls_of(leaving)["redis"].removeprefix("unix://").split("/sock/")[0])
            os.kill(leaving.pid, signal.SIGKILL)
            with embedded_services(settings_of(odd), is_durable=False) as urls:
                check(urls)
    wait_until(lambda: not runtime.exists())


def test_users_of_a_killed_supervisor_start_it_again(var_dir: Path) -> None:
    with user(var_dir) as other, embedded_services(settings_of(var_dir), is_durable=False) as urls:
        urls_of(other)
        first = supervisor_of(var_dir)
        os.kill(first, signal.SIGKILL)

        def is_back() -> bool:
            try:
                check(urls)
            except (psycopg.OperationalError, redis.RedisError):
                return False
            return True

        wait_until(lambda: first not in processes_below(var_dir) and is_back())
        other.kill()
        other.wait()
        check(urls)
    assert_stopped(var_dir)


def test_a_user_that_leaves_while_the_supervisor_is_dead_leaves_nothing_behind(var_dir: Path) -> None:
    with embedded_services(settings_of(var_dir), is_durable=False):
        os.kill(supervisor_of(var_dir), signal.SIGKILL)
    wait_until(lambda: not processes_below(var_dir))


def test_a_given_url_reaches_libpq_as_it_was_written(var_dir: Path) -> None:
    given = {
        "redis_url": SecretStr("redis://elsewhere:6379/0"),
        "database_url": SecretStr("postgres://sgd_app:p%40ss%20word@db/sgd?options=-c%20x.y%3D1&host=/odd%20dir"),
    }
    with embedded_services(settings_of(var_dir, **given)) as urls:
        assert urls.database_url == (
            "postgresql+psycopg://sgd_app:p%40ss%20word@db/sgd?options=-c%20x.y%3D1&host=/odd%20dir"
        )
        assert "+" not in urls.dagster_url
        assert " " not in urls.dagster_url
        parsed = psycopg.conninfo.conninfo_to_dict(urls.dagster_url)
        assert parsed["password"] == "p@ss word"
        assert parsed["dbname"] == "dagster"
        assert str(parsed["host"]).endswith("/odd dir")


def test_what_the_settings_name_is_not_started(var_dir: Path) -> None:
    given = {"redis_url": SecretStr("redis://elsewhere:6379/0")}
    with embedded_services(settings_of(var_dir, **given), is_durable=False) as urls:
        assert urls.redis_url == "redis://elsewhere:6379/0"
        assert running(var_dir, "bin/redis-server") == []


def test_with_every_url_given_nothing_is_started_or_written(var_dir: Path) -> None:
    given = {
        "redis_url": SecretStr("redis://elsewhere:6379/0"),
        "database_url": SecretStr("postgresql://sgd_app:secret@db/sgd"),
    }
    with embedded_services(settings_of(var_dir, **given)) as urls:
        assert urls.database_url == "postgresql+psycopg://sgd_app:secret@db/sgd"
        assert urls.database_owner_url is None
        assert urls.dagster_url == "postgresql://sgd_app:secret@db/dagster"
    assert list(var_dir.iterdir()) == []


def test_an_owner_without_a_database_is_a_contradiction(var_dir: Path) -> None:
    given = {"database_owner_url": SecretStr("postgresql://owner@db/sgd")}
    with pytest.raises(ValidationFailed), embedded_services(settings_of(var_dir, **given)):
        raise AssertionError


def test_data_of_another_postgres_is_named_and_left_alone(var_dir: Path) -> None:
    (var_dir / "postgres").mkdir()
    (var_dir / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(Unavailable, match="Postgres 15"), embedded_services(settings_of(var_dir)):
        raise AssertionError
    assert [path.name for path in (var_dir / "postgres").iterdir()] == ["PG_VERSION"]
    assert_stopped(var_dir)
