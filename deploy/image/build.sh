#!/bin/sh
# What the build stage of deploy/Dockerfile does: SGD and what it needs, in the virtual environment TARGET.
# A script of its own, so that a test runs the same steps in a fresh folder where no container engine is.
#   build.sh SOURCE TARGET      (PYTHON: the interpreter; default python3. LOCK: what is installed, with traces and Document
#                                AI by default; requirements-k8s.lock has Dagster's launcher of pods too)
set -eu
source=$1
target=$2
python=${PYTHON:-python3}
lock=${LOCK:-requirements-image.lock}

"$python" -m venv "$target"
pip="$target/bin/python -m pip --disable-pip-version-check --quiet"
$pip install --no-deps --no-compile --require-hashes -r "$source/$lock"
# A wheel carries its own copy of contracts/ and policies/.
$pip install --no-deps --no-build-isolation --no-compile "$source"
sh "$source/deploy/image/prune.sh" "$target"
# The image's file system is read-only: what is not compiled now would be compiled anew by every process.
# Left out is what our processes do not import: it would only add 10 MB.
"$target/bin/python" -m compileall -q "$target"/lib/python3*/site-packages \
  -x 'site-packages/(pygments/(lexers|styles)|setuptools|pkg_resources|sqlalchemy/(testing|dialects/(mssql|mysql|oracle))|alembic/testing|numpy/f2py)/'
