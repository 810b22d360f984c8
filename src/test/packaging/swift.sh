#!/bin/sh
# swift.sh FOLDER: unpacks Debian's Swift there, and boto, with those of its libraries that this machine does not have; installs nothing.
set -eu
rm -rf "$1"
mkdir -p "$1/new"
cd "$1/new"
download() {
	packages=$(apt-get install -s --no-install-recommends swift-proxy swift-account swift-container swift-object python3-boto3 python3-pkg-resources \
		| sed -n 's/^Inst \(swift[^ ]*\|python3-[^ ]*\|liberasurecode1\) .*/\1/p')
	# shellcheck disable=SC2086 # Words of their own.
	apt-get download -qq $packages
}
echo "pulseboard: unpacking Debian's Swift and boto into $1"
download 2>/dev/null || { $(test "$(id -u)" = 0 || echo sudo) apt-get update -qq && download 2>/dev/null; }
for package in *.deb; do dpkg-deb -x "$package" .. || exit 1; done
cd ..
rm -r new etc var usr/share usr/sbin 2>/dev/null || true
ln -s usr/lib/*-linux-gnu* libraries
export LD_LIBRARY_PATH="$PWD/libraries" PYTHONPATH="$PWD/usr/lib/python3/dist-packages"
/usr/bin/python3 -c 'import pkg_resources, boto3, swift.common.wsgi; print(pkg_resources.get_distribution("swift"))' >version.txt
cat version.txt
