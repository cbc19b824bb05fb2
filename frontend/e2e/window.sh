#!/bin/sh
# Runs the program on this display and takes a picture of it every second: PROGRAM, PICTURE.
"$PROGRAM" &
program=$!
trap 'kill $program' TERM INT EXIT
while kill -0 $program 2>/dev/null; do
  sleep 1
  import -window root "$PICTURE.new.png" && mv "$PICTURE.new.png" "$PICTURE"
done
