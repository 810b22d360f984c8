#!/bin/sh
# Debian's rsync 3.5.0: a daemon that is root only in a user namespace (unshare -r) serves nobody, whatever uid and gid it is told.
#
# Expected: with "uid = 0" and "gid = 0", which it has already, there is nothing to change, and it serves.
# Found: without them setgid fails, as its default is nobody; with them it calls setgroups all the same, which such a namespace does not allow.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq rsync libpopt0 libxxhash0 2>/dev/null || { apt-get update -qq; apt-get download -qq rsync libpopt0 libxxhash0; }
dpkg-deb -f rsync_*.deb Version | sed 's/[+-].*//' >found
for package in *.deb; do dpkg-deb -x "$package" .; done
mkdir from to
echo content >from/file
printf 'use chroot = no\nuid = 0\ngid = 0\n[here]\npath = %s\n' "$folder/from" >rsyncd.conf
cat >inside <<'X'
ip link set lo up
libraries=$(echo "$PWD"/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH="$libraries"
usr/bin/rsync --daemon --no-detach --address=127.0.0.1 --port=8730 --config=rsyncd.conf &
daemon=$!
code=10
tries=0
while [ "$code" = 10 ] && [ "$tries" -lt 100 ]; do
    code=0
    usr/bin/rsync -a rsync://127.0.0.1:8730/here/ to/ >log 2>&1 || code=$?
    tries=$((tries + 1))
    [ "$code" != 10 ] || sleep 0.1
done
kill "$daemon"
echo "client ended with $code" >>found
grep -o '@ERROR: .*' log >>found || true
X
unshare -rmn sh -eu inside
cat found
cat >expected <<'X'
3.5.0
client ended with 5
@ERROR: setgroups failed
X
if cmp -s found expected; then
    echo "as found: a daemon in a user namespace serves nobody"
else
    echo "this has changed" >&2
    exit 1
fi
