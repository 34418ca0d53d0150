#!/usr/bin/env bash
# A clean checkout becomes one that runs: the environment, and for deploy/compose.yaml a file of random secrets.
#   scripts/bootstrap.sh                    installs what developing needs
#   scripts/bootstrap.sh --secrets [FILE]   writes FILE (deploy/.env); one that is there is left alone
set -euo pipefail
cd "$(dirname "$0")/.."

random() { od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'; }

write_secrets() {
  local file=$1 name value
  if [ -e "$file" ]; then
    echo "$file is there and stays as it is" >&2
    exit 1
  fi
  umask 077
  while IFS= read -r line; do
    name=${line%%=*}
    value=${line#*=}
    case $line in
      \#*) echo "$line" ;;
      SGD_JWT_*=* | OPENROUTER_API_KEY=*) echo "$line" ;;          # somebody else's to give
      LANGFUSE_ENCRYPTION_KEY=*) echo "$name=$(random 32)" ;;      # 64 hexadecimal digits, no more and no less
      *=) echo "$name=$(random 24)" ;;
      *) echo "$name=$value" ;;
    esac
  done < deploy/compose.env.example > "$file"
  echo "wrote $file; still to be filled in by hand: $(grep -E '=$' "$file" | cut -d= -f1 | tr '\n' ' ')"
}

case ${1:-} in
  --secrets) write_secrets "${2:-deploy/.env}" ;;
  "") make setup-dev ;;
  *) sed -n '2,4p' "$0" | cut -c3- >&2; exit 2 ;;
esac
