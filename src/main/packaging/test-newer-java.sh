#!/bin/sh
# Runs the Java tests again on the newest other JDK below /usr/lib/jvm. With one JDK only there is nothing to compare, and it
# says so.
set -eu
newest=17
home=
for release in /usr/lib/jvm/*/release; do
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
  if [ "${version:-0}" -gt "$newest" ] && [ -x "${release%/release}/bin/javac" ]; then
    newest=$version
    home=${release%/release}
  fi
done
if [ -z "$home" ]; then
  echo "pulseboard: no JDK newer than 17 on this machine: the tests ran on one JDK only"
  exit 0
fi
echo "pulseboard: running the Java tests on JDK $newest too"
JAVA_HOME=$home mvn -B --no-transfer-progress -Dspotless.check.skip -DbuildFolder=target/jdk"$newest" test
