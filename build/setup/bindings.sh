#!/bin/sh
# What the page calls the Go code by is generated from the Go code: bindings.sh write|check
set -eu
. build/setup/say.sh

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT

# The program built with the tag "bindings" writes them and ends, into the folder that wails.json names.
cp wails.json "$made/"
CGO_ENABLED=0 go build -tags bindings -o "$made/generate" .
(cd "$made" && tsoutputtype=interfaces ./generate >log 2>&1) || stop "$(cat "$made/log")"

case $1 in
  write)
    rm -rf frontend/wailsjs
    cp -R "$made/frontend/wailsjs" frontend/wailsjs
    ;;
  check)
    diff -r -u frontend/wailsjs "$made/frontend/wailsjs" || stop "The Go code has changed: run make bindings."
    ;;
esac
