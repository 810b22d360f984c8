#!/bin/sh
# Debian's prometheus-alertmanager 0.25.0: the program does not start from an unpacked package.
#
# Expected: as the upstream program, which has its default template built in, it starts with a configuration and a folder alone.
# Found: Debian's reads /usr/share/prometheus/alertmanager/default.tmpl from that one place and ends when it is not there, whatever
# the configuration says of templates.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
if [ -e /usr/share/prometheus/alertmanager/default.tmpl ]; then
    echo "not tried: the package is installed here" >&2
    exit 1
fi
apt-get download -qq prometheus-alertmanager 2>/dev/null || { apt-get update -qq; apt-get download -qq prometheus-alertmanager; }
dpkg-deb -f ./*.deb Version | sed 's/-.*//' >found
dpkg-deb -x ./*.deb .
printf 'route: {receiver: none}\nreceivers: [{name: none}]\n' >config.yml
timeout 20 usr/bin/prometheus-alertmanager --config.file=config.yml --storage.path=data --web.listen-address=127.0.0.1:0 \
    --cluster.listen-address= >log 2>&1 && code=0 || code=$?
echo "ended with $code" >>found
grep -o 'open /usr/share/prometheus/alertmanager/default.tmpl: no such file or directory' log | head -1 >>found || true
cat found
cat >expected <<'X'
0.25.0
ended with 1
open /usr/share/prometheus/alertmanager/default.tmpl: no such file or directory
X
if cmp -s found expected; then
    echo "as found: without its installed template it does not start"
else
    tail -3 log >&2
    echo "this has changed" >&2
    exit 1
fi
