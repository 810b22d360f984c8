#!/bin/sh
# newer-rclone.sh FOLDER: unpacks the rclone of Debian's newest suite there; installs nothing, and leaves the lists of this machine alone.
set -eu
mkdir -p "$1"
folder=$(cd "$1" && pwd)
apt=$folder/apt
mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial"
mirror=$(sed -n 's/^URIs: *\(http[^ ]*\/debian\)\/* *$/\1/p; s/^deb .*\(http[^ ]*\/debian\)\/* .*/\1/p' \
	/etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keyring] ${mirror:-http://deb.debian.org/debian} sid main" >"$apt/sources.list"
cat >"$apt/apt.conf" <<END
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "-";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
END
echo "pulseboard: unpacking the newest rclone of Debian into $1"
cd "$folder"
APT_CONFIG=$apt/apt.conf apt-get -o Acquire::Retries=2 -o Acquire::http::Timeout=30 update -qq
APT_CONFIG=$apt/apt.conf apt-get download -qq rclone 2>/dev/null
dpkg-deb -x rclone_*.deb .
rm -rf "$apt" rclone_*.deb
usr/bin/rclone version >version.txt # It may need what this machine does not have.
head -n 1 version.txt
