#!/bin/sh
# ceph.sh FOLDER: unpacks Debian's Ceph there, with those of its libraries that this machine does not have; installs nothing.
set -eu
rm -rf "$1"
mkdir -p "$1/new"
cd "$1/new"
download() {
	libraries=$(apt-get install -s --no-install-recommends ceph-mon ceph-osd radosgw \
		| sed -n '/^Inst lib\(rgw\|rbd\|cephfs\)/d; s/^Inst \(lib[^ ]*\).*/\1/p')
	# shellcheck disable=SC2086 # Words of their own.
	apt-get download -qq ceph-mon ceph-osd ceph-base ceph-common radosgw librados2 $libraries
}
echo "pulseboard: unpacking Debian's Ceph into $1"
download 2>/dev/null || { $(test "$(id -u)" = 0 || echo sudo) apt-get update -qq && download 2>/dev/null; }
for package in *.deb; do dpkg-deb -x "$package" .. || exit 1; done
cd ..
rm -r new etc var sbin usr/share usr/sbin
find usr/bin -type f ! -name ceph-mon ! -name ceph-osd ! -name '*maptool' ! -name radosgw ! -name radosgw-admin -delete
ln -s usr/lib/*-linux-gnu* libraries
find lib libraries/ceph -name 'lib*.so.*' ! -path '*/ceph/*/*' -exec mv {} libraries ';'
export LD_LIBRARY_PATH="$PWD/libraries"
for program in usr/bin/*; do "$program" --version >version.txt; done # They may need what this machine does not have.
cat version.txt
