#!/bin/sh
# Starts Pulseboard with the Java runtime beside it. JAVA_OPTIONS come after the flags that it ships with and win; they are
# split at spaces.
# Java takes the names of files by the locale, and without one it knows only ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in "" | C | POSIX) export LC_ALL=C.UTF-8 ;; esac
here=$(dirname "$(dirname "$(readlink -f "$0")")")
archive=$here/pulseboard.jsa
# What hashes and encrypts much needs the compiler and the memory that the monitor does without; as in Worker.
engine=
case "${1:-} ${2:-}" in
  "sync agent" | "lab bench" | "lab chaos" | "lab compare") engine="-XX:TieredStopAtLevel=4 -XX:ReservedCodeCacheSize=64m -Xmx192m -XX:MaxDirectMemorySize=64m
    -XX:CompileCommand=CompileThresholdScaling,com.sun.crypto.provider.*::*,0.002
    -XX:CompileCommand=CompileThresholdScaling,sun.security.provider.*::*,0.002
    -XX:CompileCommand=CompileThresholdScaling,pulseboard.board.sync.content.*::*,0.01
    -XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000
    -XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000" ;;
esac

# The classes that a start loads are kept for the next ones, which are faster in less memory. An archive fits one place only,
# so it is made here, once, and only when this is to serve: when the first word is an option that says how, or there is none.
case ${1:---port} in
  --port* | --host* | --config* | --no-auth)
    if [ -w "$here" ]; then
      [ -e "$archive" ] || echo "pulseboard: the first start here takes some seconds more" >&2
      timeout -k 2 60 "$here/archive-classes.sh" "$here/pulseboard.jar" "$here/jvm.options" "$archive" \
        "$here/runtime/bin/java" >/dev/null 2>&1 || true
    fi
    ;;
esac
if [ -s "$archive" ]; then
  # shellcheck disable=SC2086
  set -- "-XX:SharedArchiveFile=$archive" $engine ${JAVA_OPTIONS:-} -jar "$here/pulseboard.jar" "$@"
else
  # shellcheck disable=SC2086
  set -- $engine ${JAVA_OPTIONS:-} -jar "$here/pulseboard.jar" "$@"
fi
# One arena of the C library for all threads: 2 MiB less.
export MALLOC_ARENA_MAX=1
exec "$here/runtime/bin/java" "@$here/jvm.options" "$@"
