#!/bin/sh
# Starts Pulseboard with the flags that it ships with. JAVA_OPTIONS come after them and win; they are split at spaces.
# Java takes the names of files by the locale, and without one it knows only ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in "" | C | POSIX) export LC_ALL=C.UTF-8 ;; esac
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
# shellcheck disable=SC2086
exec /usr/bin/java @/usr/share/pulseboard/jvm.options $engine ${JAVA_OPTIONS:-} -jar /usr/share/pulseboard/pulseboard.jar "$@"
