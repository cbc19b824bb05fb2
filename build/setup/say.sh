# Two ways to speak, for the other scripts: . build/setup/say.sh

say() { printf '%s\n' "$*"; }

# stop says what is wrong and what to do about it, and ends the script.
stop() {
  printf '\n%s\n' "$*" >&2
  exit 1
}
