#!/bin/sh
# Usage: audit.sh JAR FOLDER_OF_THE_PAGES_NPM_PACKAGES
# Writes target/pulseboard.cdx.json, the list of what is in the jar (CycloneDX), and asks the two registries that know of holes:
# Sonatype's OSS Index for the jar, npm for the vendored parts of the page. Says plainly which of them did not answer.
set -eu
jar=$1 packages=$2
code=0
(cd target && jar xf "../$jar" META-INF/sbom/pulseboard.cdx.json && mv META-INF/sbom/pulseboard.cdx.json . && rm -r META-INF)
echo "audit: target/pulseboard.cdx.json lists what is in the jar; webroot/vendor/VENDOR.md what the page brings"

log=target/audit-jar.log
if mvn -B -Dstyle.color=never org.sonatype.ossindex.maven:ossindex-maven-plugin:3.2.0:audit -Dossindex.scope=compile,runtime \
  >"$log" 2>&1 && ! grep -q 'Failed to fetch' "$log"; then
  echo "audit: jar: no known holes"
elif grep -q 'Detected .* vulnerable components' "$log"; then
  sed -n '/Detected .* vulnerable components/,/^\[INFO\] -----/p' "$log"
  code=1
else
  echo "audit: jar: NOT CHECKED, OSS Index did not answer (it may ask for an account); see $log" >&2
  code=1
fi

if result=$(cd "$packages" && npm audit 2>&1); then
  echo "audit: page: no known holes"
elif echo "$result" | grep -q 'endpoint returned an error\|ENOTFOUND\|ECONN'; then
  echo "audit: page: NOT CHECKED, this npm registry tells of no holes" >&2
  code=1
else
  echo "$result"
  code=1
fi
exit $code
