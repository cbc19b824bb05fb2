#!/bin/sh
# Installs the Debian or Ubuntu packages that are missing: packages.sh window|test|bench
#
# Each package is looked for by what it brings, so that one that came another way counts as well, and a machine that
# has everything is left alone in an instant. Nothing is upgraded and nothing is removed.
set -eu
. build/setup/say.sh

has_command() { command -v "$1" >/dev/null 2>&1; }
has_module() { has_command pkg-config && pkg-config --exists "$1"; }
has_file() { [ -e "$1" ]; }

missing=
need() { # need PACKAGE KIND THING...: any of the things will do
  package=$1 kind=$2
  shift 2
  for thing; do
    if "has_$kind" "$thing"; then return; fi
  done
  missing="$missing $package"
}

need_for_window() {
  need gcc command gcc
  need libc6-dev file /usr/include/stdio.h
  need pkg-config command pkg-config
  need libgtk-3-dev module gtk+-3.0
  need libwebkit2gtk-4.1-dev module webkit2gtk-4.1
}

need_for_test() {
  need_for_window
  need "$(chromium_package)" command chromium chromium-browser google-chrome
  need dbus-daemon command dbus-run-session
  need default-jre-headless command java
  need dovecot-imapd file /usr/lib/dovecot/imap
  need fuse3 command fusermount3
  need ghostscript command gs
  need imagemagick command convert magick
  need libactivation-java file /usr/share/java/javax.activation.jar
  need libjaxb-api-java file /usr/share/java/jaxb-api.jar
  need libpdfbox2-java file /usr/share/java/preflight.jar
  need openssl command openssl
  need poppler-utils command pdftotext
  need python3 command python3
  need qpdf command qpdf
  need sqlite3 command sqlite3
  need strace command strace
  need util-linux command prlimit
  need unzip command unzip
  need xauth command xauth
  need xvfb command xvfb-run
  need zbar-tools command zbarimg
}

need_for_bench() {
  need_for_test
  need isync command mbsync
  need python3-reportlab file /usr/lib/python3/dist-packages/reportlab
  need weasyprint command weasyprint
}

chromium_package() { # Ubuntu has another name for it
  if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null; then echo chromium-browser; else echo chromium; fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif [ -t 0 ]; then
    sudo "$@"
  else
    sudo -n "$@" # nobody is there to type a password
  fi
}

apt() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=120 "$@"
}

install_missing() {
  # $missing is a list of words.
  # shellcheck disable=SC2086
  apt update && apt install -y --no-install-recommends $missing
}

# Debian starts a mail server as soon as it is installed, and at each start of the machine. The tests start their own,
# on a port of their own: a machine that had none must not get one that answers the network.
switch_off_dovecot() {
  if [ -d /run/systemd/system ]; then as_root systemctl disable --quiet --now dovecot.service dovecot.socket; fi
}

"need_for_$1"
[ -n "$missing" ] || exit 0

has_command apt-get || stop "These are needed and not here:$missing (their Debian names).
Install them with this system's package manager and run the same command again."
[ "$(id -u)" = 0 ] || has_command sudo || stop "These packages are needed and not here:$missing.
Ask the administrator of this machine to run: apt-get install$missing"

say "Installing$missing"
install_missing || stop "These packages could not be installed:$missing.
The lines above say why. Once solved, or after running: apt-get install$missing
as administrator, run the same command again."
case $missing in *dovecot-imapd*) switch_off_dovecot ;; esac
