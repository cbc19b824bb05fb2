#!/bin/sh
# Runs one step of make test, keeping its output and its time for the summary: step.sh NAME COMMAND...
set -u
name=$1
shift
mkdir -p out/steps
log=out/steps/$name.log
started=$(date +%s)

NO_COLOR=1 FORCE_COLOR=0 "$@" >"$log" 2>&1 </dev/null
status=$?

seconds=$(($(date +%s) - started))
result=ok
[ "$status" = 0 ] || result=FAILED
printf '%s %s %s\n' "$name" "$result" "$seconds" >>out/steps/results
printf '\n== %s: %s after %s s\n' "$name" "$result" "$seconds"
cat "$log"
exit "$status"
