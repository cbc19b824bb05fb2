#!/bin/sh
# make run: opens the window; where there is no display, does the whole job on the sample dispute instead.
set -eu
. build/setup/say.sh

has_display() { [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; }

if has_display; then
  "$MAKE" --no-print-directory build
  exec bin/constancia
fi

say "There is no display here, so no window can open. Doing the whole job on the sample dispute instead."
"$MAKE" --no-print-directory build-cli
rm -rf out/demo # the demonstration replaces nothing
bin/constancia-cli demo --out out/demo
say
say "The dossiers:"
find "$PWD/out/demo" -maxdepth 1 -name '*.pdf' | sort
