#!/usr/bin/env bash
# Gives an installation something to look at: an org for each sample kit, its evidence read and its canon derived.
#   scripts/seed_demo.sh [KIT ...]     default: every kit; the org is named like its kit
set -euo pipefail
cd "$(dirname "$0")/.."
sgd=${SGD:-.venv/bin/sgd}
[ -x "$sgd" ] || sgd=sgd
kits=sgd_api/samples/kits
[ $# -gt 0 ] || set -- $(cd $kits && ls)
for kit in "$@"; do
  [ -d "$kits/$kit/evidence" ] || { echo "there is no kit $kit; there are: $(cd $kits && echo *)" >&2; exit 2; }
  "$sgd" ingest "$kits/$kit/evidence" --org "$kit"
done
