#!/bin/sh
# Writes the file IN to OUT with each ${NAME} replaced by the variable's value, quoted for YAML. A variable that is not
# set ends it: an empty secret must not become a gateway that lets everyone in.
#   fill.sh IN OUT
set -eu
awk '
  /^[ ]*#/ { print; next }
  {
    line = $0
    done = ""
    while (match(line, /"?\$\{[A-Z0-9_]+\}"?/)) {
      found = substr(line, RSTART, RLENGTH)
      name = found
      gsub(/[^A-Z0-9_]/, "", name)
      if (!(name in ENVIRON) || ENVIRON[name] == "") { print "fill.sh: " name " is not set" > "/dev/stderr"; exit 1 }
      value = ENVIRON[name]
      gsub(/\\/, "\\\\&", value)
      gsub(/"/, "\\\\&", value)
      gsub(/\n/, "\\\\n", value)
      done = done substr(line, 1, RSTART - 1) "\"" value "\""
      line = substr(line, RSTART + RLENGTH)
    }
    print done line
  }
' "$1" > "$2"
