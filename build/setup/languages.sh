#!/bin/sh
# Looks whether Go and Node are there and new enough: languages.sh go|node...
set -eu
. build/setup/say.sh

# at_least VERSION WANTED: are major and minor of VERSION those of WANTED, or newer?
at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

look_for_go() {
  wanted=1.21 # since then Go fetches by itself the version that go.mod names
  command -v go >/dev/null || stop "Go is needed and not here: install it from https://go.dev/dl and put it on the PATH."
  found=$(go env GOVERSION | sed 's/^go//')
  at_least "$found" "$wanted" || stop "Go $found is too old: install a newer one from https://go.dev/dl."
}

look_for_node() {
  wanted=20.19
  command -v npm >/dev/null || stop "Node.js with npm is needed and not here: install version 22 from https://nodejs.org."
  found=$(node --version | sed 's/^v//')
  at_least "$found" "$wanted" || stop "Node.js $found is too old, $wanted is needed: install version 22 from https://nodejs.org."
}

for language; do "look_for_$language"; done
