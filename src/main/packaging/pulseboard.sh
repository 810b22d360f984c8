#!/bin/sh
# Starts Pulseboard with the flags that it ships with. JAVA_OPTIONS come after them and win; they are split at spaces.
# shellcheck disable=SC2086
exec /usr/bin/java @/usr/share/pulseboard/jvm.options ${JAVA_OPTIONS:-} -jar /usr/share/pulseboard/pulseboard.jar "$@"
