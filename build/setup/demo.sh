#!/bin/sh
# A step of make test: the whole job on the sample dispute, as a person with nothing but Go has it, checked with
# programs that are not ours.
set -eu
. build/setup/say.sh
export CGO_ENABLED=0

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

go run . demo --out "$out" --json >"$out/demo.json"

dossiers=$(find "$out" -name '*.pdf' | sort)
[ "$(printf '%s\n' "$dossiers" | wc -l)" = 3 ] || stop "Three dossiers were expected, these are there: $dossiers"

for dossier in $dossiers; do
  qpdf --check "$dossier" >"$out/qpdf.txt" 2>&1 || stop "qpdf finds fault with $dossier: $(cat "$out/qpdf.txt")"
  pdffonts "$dossier" | awk 'NR > 2 && $(NF - 4) != "yes" { print; bad = 1 } END { exit bad }' ||
    stop "These fonts are not embedded in $dossier."
  say "$(basename "$dossier"): $(pdfinfo "$dossier" | awk '/^Pages:/ { print $2 }') pages, sound, fonts embedded"
done

library=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["library"])' "$out/demo.json")
go run . --library "$library" record verify
go run . --library "$library" library check
