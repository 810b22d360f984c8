#!/bin/sh
# Usage: failed-tests.sh TARGET
# The tests that failed, the last thing that "make test" says: two lines for each, from the reports below that folder.
set -eu
cd "$1"
for reports in surefire-reports reports-jdk*; do
  [ -d "$reports" ] || continue
  find "$reports" -name '*.txt' -exec awk -v on="${reports#surefire-}" '
    / <<< (ERROR|FAILURE)!/ && !/^Tests run/ { sub(/ -- Time elapsed.*/, ""); name = $0; said = ""; next }
    name && !said { said = substr($0, 1, 240); next }
    { sub(/^\t/, " ") }
    name && (/^ at pulseboard\./ || /^$/) {
      print "pulseboard: failed: " name (on == "reports" ? "" : " (" on ")") "\n    " said $0; name = "" }
    END { if (name) print "pulseboard: failed: " name "\n    " said }' {} +
done
cat failed-page-tests/* 2>/dev/null || true
