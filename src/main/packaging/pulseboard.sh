#!/bin/sh
# Starts Pulseboard with the flags that it ships with. JAVA_OPTIONS come after them and win; they are split at spaces.
# Java takes the names of files by the locale, and without one it knows only ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in "" | C | POSIX) export LC_ALL=C.UTF-8 ;; esac
# shellcheck disable=SC2086
exec /usr/bin/java @/usr/share/pulseboard/jvm.options ${JAVA_OPTIONS:-} -jar /usr/share/pulseboard/pulseboard.jar "$@"
