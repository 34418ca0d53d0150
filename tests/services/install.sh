#!/usr/bin/env bash
# Installs the Debian packages that tests/services drives. Root is needed; without it this says so and stops.
set -euo pipefail
missing=()
command -v clamd >/dev/null || missing+=(clamav-daemon)
command -v chromium >/dev/null || missing+=(chromium)
[ ${#missing[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "make test-services needs the Debian packages: ${missing[*]} (install them as root, then run it again)" >&2
  exit 2
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
