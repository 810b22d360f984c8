#!/bin/sh
# Usage: archive-classes.sh JAR JVM_OPTIONS ARCHIVE [JAVA]
# Runs the program for a moment, looks at it once in each way, and keeps the classes that this loaded: the JVM's too, so that
# its own archive, which has many more, is not mapped beside. Does nothing when the archive has been made from this very jar,
# these flags and this JVM already; without JAVA that is the one in PATH.
set -eu
jar=$1 options=$2 archive=$3
java=$(command -v "${4:-java}") || { echo "pulseboard: there is no ${4:-java} to archive classes with" >&2; exit 1; }
ingredients=$(stat -Lc '%n %s %Y' "$jar" "$options" "$(readlink -f "$java")")
[ -f "$archive" ] && [ "$ingredients" = "$(cat "$archive.made-from" 2>/dev/null)" ] && exit 0

address=$(mktemp)
classes=$(mktemp)
process=
trap 'rm -f "$address" "$classes" "$archive.new"; [ -z "$process" ] || kill "$process" 2>/dev/null || true' EXIT
trap 'exit 1' INT TERM
rm -f "$archive" "$archive.made-from"
# Where nobody is: with users the program would show us nothing. Nothing is written there.
PULSEBOARD_AUTH_FOLDER=$address.nobody
export PULSEBOARD_AUTH_FOLDER
"$java" "@$options" -XX:DumpLoadedClassList="$classes" -jar "$jar" --host 127.0.0.1 --port 0 >"$address" 2>/dev/null &
process=$!
for _ in $(seq 100); do
  grep -q http "$address" && break
  sleep 0.1
done
url=$(sed -n 's/.*\(http:[^ ]*\).*/\1/p' "$address")
"$java" -cp "$jar" pulseboard.Main --version >/dev/null
if command -v curl >/dev/null 2>&1; then
  for path in '' api/host api/boards/host api/health; do curl -fs --max-time 2 "$url$path" >/dev/null || true; done
  # A viewer by hand: the WebSocket's opening, and one masked frame whose mask is 0, for which curl has no words of its own.
  register='{"type":"register","address":"board.host.changes"}'
  {
    printf 'GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
    printf 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cHVsc2Vib2FyZCdzIGtleQ==\r\n\r\n'
    sleep 0.5
    printf '\201\262\000\000\000\000%s' "$register"
    sleep 2
  } | curl -sN --max-time 2 "telnet${url#http}" >/dev/null 2>&1 &
  curl -sN --max-time 2 "${url}api/boards/host/stream" >/dev/null || true
  wait $! || true
else
  sleep 2
fi
kill "$process"
wait "$process" || true
process=
"$java" "@$options" -Xshare:dump -XX:SharedClassListFile="$classes" -XX:SharedArchiveFile="$archive.new" -cp "$jar" \
  >/dev/null 2>&1 || true
test -s "$archive.new" || { echo "pulseboard: this JVM made no class-data archive; it starts without" >&2; touch "$archive.new"; }
mv "$archive.new" "$archive"
echo "$ingredients" >"$archive.made-from"
