#!/usr/bin/env bash
# From a folder of evidence to a picture, with curl alone:
#   SGD_KEY=sgd_... examples/first_picture.sh URL FILE [FILE ...]      writes picture.png
set -euo pipefail
url=${1:?the address of the API}
url=${url%/}
shift
: "${SGD_KEY:?an API key}"
ask() { curl --silent --show-error --fail-with-body --header @<(printf 'Authorization: Bearer %s\n' "$SGD_KEY") "$@"; }
field() { python3 -c 'import json, sys; found = json.load(sys.stdin)
for name in sys.argv[1:]: found = found[int(name) if name.isdigit() else name]
print(found)' "$@"; }

files=()
for file in "$@"; do files+=(--form "files=@$file"); done
ask --form project_id=example "${files[@]}" "$url/uploads" > /dev/null
echo "evidence is in; reading it ..." >&2

# 202 with a Location while it is under way: that address is asked until it is done.
json() { ask --header 'Content-Type: application/json' --header 'Prefer: wait=25' "$@"; }
until_done() {
  local headers answer
  headers=$(mktemp)
  answer=$(json --dump-header "$headers" "$@")
  while grep -q '^HTTP/[0-9.]* 202' "$headers"; do
    location=$(sed -n 's/^[Ll]ocation: *\([^\r]*\).*/\1/p' "$headers" | tail -n 1)
    sleep 1
    answer=$(json --dump-header "$headers" "$url/${location#/}")
  done
  rm -f "$headers"
  printf '%s' "$answer"
}
until_done --data '{"project_id": "example", "assets": []}' "$url/ingest" > /dev/null
ask "$url/canon" | field version >&2

answer=$(until_done --header "Idempotency-Key: $(date +%s)" --data '{
  "project_id": "example",
  "prompts": {"task": "create", "instruction": "Poster: \"Open studio night\""},
  "outputs": {"count": 1, "format": "png", "dimensions": "640x800"}}' "$url/render")
curl --silent --show-error --fail --output picture.png "$(printf '%s' "$answer" | field assets 0 url)"
echo "picture.png is drawn" >&2
