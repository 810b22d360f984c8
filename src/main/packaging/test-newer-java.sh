#!/bin/sh
# Usage: test-newer-java.sh [CLASSES]
# Runs the Java tests of these classes, or all but the long ones, on the newest other JDK of this machine. With one JDK only there is
# nothing to compare, and it says so.
set -eu
home=$("$(dirname "$0")/newer-java.sh")
if [ -z "$home" ]; then
  echo "pulseboard: no JDK newer than 17 on this machine: the tests ran on one JDK only"
  exit 0
fi
newest=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
classes=${1:-}
excluded="long | soak${classes:+ | system}"
echo "pulseboard: running Java tests on JDK $newest too: ${classes:-all but the long ones}"
# The same classes, which is what users have; beside other stages of "make test", so one process is enough.
exec mvn -B --no-transfer-progress -Djvm="$home/bin/java" -Dreports=reports-jdk"$newest" -DexcludedGroups="$excluded" -DforkCount=1 \
  ${classes:+"-Dtest=$classes"} -Dspotless.check.skip test-compile surefire:test
