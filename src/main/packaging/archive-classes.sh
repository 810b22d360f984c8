#!/bin/sh
# Usage: archive-classes.sh JAR JVM_OPTIONS ARCHIVE
# Runs the program for a moment, looks at it once in each way, and keeps the classes that this loaded.
set -eu
jar=$1 options=$2 archive=$3
address=$(mktemp)
trap 'rm -f "$address"' EXIT
rm -f "$archive"
java "@$options" -XX:ArchiveClassesAtExit="$archive" -Xlog:cds=off -Xlog:cds+dynamic=off \
  -jar "$jar" --host 127.0.0.1 --port 0 >"$address" 2>/dev/null &
process=$!
for _ in $(seq 100); do
  grep -q http "$address" && break
  sleep 0.1
done
url=$(sed -n 's/.*\(http:[^ ]*\).*/\1/p' "$address")
java -cp "$jar" pulseboard.Main --version >/dev/null
if command -v curl >/dev/null 2>&1; then
  for path in '' api/host api/boards/host api/health; do curl -fs "$url$path" >/dev/null || true; done
  curl -sN --max-time 2 "${url}api/boards/host/stream" >/dev/null || true
else
  sleep 2
fi
kill "$process"
wait "$process" || true
test -s "$archive" || { echo "pulseboard: this JVM made no class-data archive; it starts without" >&2; touch "$archive"; }
