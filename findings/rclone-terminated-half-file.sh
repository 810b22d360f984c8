#!/bin/sh
# rclone 1.60.1 (Debian 12): told to end (TERM) in the middle of a file, it leaves what it has written under the file's own name.
#
# Expected: that only a whole file has the name of the file, as newer versions do it (they write beside it, and rename).
# Found: the beginning of the file is there under its name, and whoever looks takes it for the file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq rclone 2>/dev/null || { apt-get update -qq; apt-get download -qq rclone; }
dpkg-deb -f ./*.deb Version | sed 's/[+-].*//' >found
dpkg-deb -x ./*.deb .
mkdir from there
head -c 20000000 /dev/urandom >from/film
HOME=$folder usr/bin/rclone copy from there --config /dev/null --bwlimit 1M -q &
copying=$!
until [ -s there/film ]; do sleep 0.1; done
kill -TERM "$copying"
wait "$copying" || true
if [ "$(stat -c %s there/film)" -lt 20000000 ]; then echo "half under its own name" >>found; fi
cat found
printf '1.60.1\nhalf under its own name\n' >expected
if cmp -s found expected; then
	echo "as found: half a file has its whole name"
else
	echo "this has changed" >&2
	exit 1
fi
