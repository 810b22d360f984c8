#!/bin/sh
# Prints the home of the newest JDK below /usr/lib/jvm that is newer than 17; nothing when there is none.
newest=17
home=
for release in /usr/lib/jvm/*/release; do
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
  if [ "${version:-0}" -gt "$newest" ] && [ -x "${release%/release}/bin/javac" ]; then
    newest=$version
    home=${release%/release}
  fi
done
echo "$home"
