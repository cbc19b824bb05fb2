#!/bin/sh
# Runs each fuzz test for a while: fuzz.sh TIME
set -eu
time=$1

go list ./... | while read -r package; do
  go test -list '^Fuzz' "$package" | grep '^Fuzz' | while read -r test; do
    go test -run '^$' -fuzz "^$test\$" -fuzztime "$time" -fuzzminimizetime 100x "$package" </dev/null
  done
done
