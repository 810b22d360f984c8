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

# From Java 25 on the archive that the JVM brings is enough: ours would save 0.5 s of CPU at a start and take 4 MiB at rest.
home=$(dirname "$(dirname "$(readlink -f "$java")")")
version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null || true)
if [ "${version:-0}" -ge 25 ] && [ -f "$home/lib/server/classes.jsa" ]; then
  ln -sf "$home/lib/server/classes.jsa" "$archive"
  echo "$ingredients" >"$archive.made-from"
  exit 0
fi

# All that is written lies in one folder that only this user can enter, and goes with it.
folder=$(mktemp -d)
address=$folder/address classes=$folder/classes
process=
finish() {
  if [ -n "$process" ]; then
    kill "$process" 2>/dev/null || true
    wait "$process" || true
  fi
  rm -rf "$folder" "$archive.new"
}
trap finish EXIT
trap 'exit 1' INT TERM
rm -f "$archive" "$archive.made-from"
# Nobody else shall see through it meanwhile: there is a user, without a password, and only we have a token. No setting of the
# service counts here, so nothing is sent anywhere and no log is written.
for variable in $(env | sed -n 's/^\(PULSEBOARD_[A-Z_]*\)=.*/\1/p'); do unset "$variable"; done
secret=pulseboard_$(od -An -N32 -tx1 /dev/urandom | tr -d ' \n')
hash=$(printf %s "$secret" | sha256sum | cut -d ' ' -f 1)
mkdir "$folder/state"
echo '{"version":1,"users":{"archive":{"role":"viewer"}},"tokens":{"archive":{"label":"archive","scopes":["read:*"],"hash":"'"$hash"'"}}}' \
  >"$folder/state/accounts.json"
echo "Authorization: Bearer $secret" >"$folder/header" # A file, as the list of processes shows arguments.
PULSEBOARD_AUTH_FOLDER=$folder/state
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
  for path in '' api/host api/boards/host api/health; do curl -fs --max-time 2 -H "@$folder/header" "$url$path" >/dev/null || true; done
  # A viewer by hand: the WebSocket's opening, and one masked frame whose mask is 0, for which curl has no words of its own.
  register='{"type":"register","address":"board.host.changes"}'
  {
    printf 'GET /eventbus/websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
    printf 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cHVsc2Vib2FyZCdzIGtleQ==\r\n'
    printf 'Authorization: Bearer %s\r\n\r\n' "$secret"
    sleep 0.5
    printf '\201\262\000\000\000\000%s' "$register"
    sleep 2
  } | curl -sN --max-time 2 "telnet${url#http}" >/dev/null 2>&1 &
  curl -sN --max-time 2 -H "@$folder/header" "${url}api/boards/host/stream" >/dev/null || true
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
