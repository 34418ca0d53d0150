#!/usr/bin/env bash
# Whether a deployment answers as it should; the exit code says it.
#   scripts/smoke.sh URL            what anybody may ask
#   SGD_KEY=sgd_... scripts/smoke.sh URL     and what an org's key may read
#   SGD_METRICS=closed ...          /metrics must be refused (behind a gateway); default: open
set -uo pipefail
url=${1:?the address of the API, such as https://sgd.example.com}
url=${url%/}
failed=0
body=$(mktemp)
trap 'rm -f "$body"' EXIT

ask() { # path [curl option ...]; prints the status, keeps the body
  local path=$1
  shift
  curl --silent --show-error --max-time 20 --output "$body" --write-out '%{http_code}' "$@" "$url$path"
}

expect() { # what, wanted status pattern, text in the body, path [curl option ...]
  local what=$1 wanted=$2 text=$3 status
  shift 3
  status=$(ask "$@")
  if [[ $status =~ ^($wanted)$ ]] && grep -q -- "$text" "$body"; then
    echo "ok    $what ($status)"
  else
    echo "FAIL  $what: got $status, wanted $wanted with \"$text\"" >&2
    failed=1
  fi
}

expect "the process lives" 200 '"ok"' /healthz
expect "everything it needs is up" 200 '"ready"' /readyz
if [ "${SGD_METRICS:-open}" = closed ]; then
  expect "metrics are kept inside" '401|403|404' '' /metrics
else
  expect "metrics are told" 200 sgd_http_requests /metrics
fi
expect "the API describes itself" 200 'openapi:' /openapi.yaml
expect "nobody gets in without a key" 401 UNAUTHORIZED /uploads
expect "a wrong key is refused" 401 UNAUTHORIZED /uploads --header "X-API-Key: sgd_wrong"
if [ -n "${SGD_KEY:-}" ]; then
  # By a file: a command line is everybody's to read.
  expect "the key may read" 200 '' /uploads --header @<(printf 'X-API-Key: %s\n' "$SGD_KEY")
fi
exit $failed
