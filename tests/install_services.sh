#!/bin/sh
# Installs the browsers and the database server that some tests use, where this machine lets us.
# Where it does not, those tests skip and say so.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v firefox-esr >/dev/null 2>&1 || missing="$missing firefox-esr"
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="$missing postgresql"
command -v WebKitWebDriver >/dev/null 2>&1 || missing="$missing webkit2gtk-driver"
command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "not installed:$missing (no apt-get here); the tests that need them are skipped"
    exit 0
fi
if [ "$(id -u)" = 0 ]; then as_root=""; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else
    echo "not installed:$missing (needs root); the tests that need them are skipped"
    exit 0
fi
log=$(mktemp)
# RUNLEVEL=1 keeps the packages from starting their services.
if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
        apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
    tail -n 3 "$log"
    echo "could not install:$missing; the tests that need them are skipped"
fi
rm -f "$log"
exit 0
