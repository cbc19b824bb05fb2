#!/bin/sh
# The end of make test: how each step went, what the test runners said last, and which step to look at.
# summary.sh STATUS ends with STATUS.
set -u
status=$1
results=out/steps/results

closing_lines() { # closing_lines LOG PATTERN
  [ ! -f "$1" ] || grep -E "$2" "$1"
}

printf '\n== summary\n'
[ ! -f "$results" ] || awk '{ printf "%-14s %-6s %4d s\n", $1, $2, $3 }' "$results"
printf '\n'
closing_lines out/steps/page-test.log '^ *(Test Files|Tests|Duration) '
closing_lines out/steps/go-race.log '^(ok|FAIL|--- FAIL|panic:)' | sed 's/$/ (-race)/'
closing_lines out/steps/go-test.log '^(ok|FAIL|--- FAIL|panic:)'

if [ "$status" = 0 ]; then
  printf '\nEverything holds.\n'
else
  failed=$(awk '$2 == "FAILED" { printf " %s", $1 }' "$results" 2>/dev/null)
  printf '\nFailed:%s. Its output stands above and in out/steps; run it alone with: make%s\n' "$failed" "$failed"
fi
exit "$status"
