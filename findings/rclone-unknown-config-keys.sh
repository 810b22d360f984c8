#!/bin/sh
# rclone 1.60.1 (Debian 12): its remote control takes options under names that there are not, and says nothing.
#
# Expected: as the command line, which ends with "unknown flag", it refuses a command whose _config or _filter holds a key that it does not
# know: a filter that is misspelt would otherwise let files through.
# Found: the command is done as if the key were not there, with an empty answer and exit code 0; what was to be left out is copied.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq rclone 2>/dev/null || { apt-get update -qq; apt-get download -qq rclone; }
dpkg-deb -f ./*.deb Version | sed 's/[+-].*//' >found
dpkg-deb -x ./*.deb .
mkdir from
echo wanted >from/wanted.txt
echo secret >from/secret.txt
usr/bin/rclone copy from by-flag --exclude-rules secret.txt --config /dev/null >log 2>&1 && code=0 || code=$?
echo "unknown flag: $([ "$code" -ne 0 ] && echo refused || echo taken)" >>found
usr/bin/rclone rc --loopback sync/copy --config /dev/null --json \
	'{"srcFs":"from","dstFs":"to","_filter":{"ExcludeRules":["secret.txt"]},"_config":{"Transferss":1}}' >answer 2>log && code=0 || code=$?
echo "unknown keys: exit code $code, copied: $(find to -type f -exec basename {} ';' | sort | tr '\n' ' ')" >>found
usr/bin/rclone rc --loopback sync/copy --config /dev/null --json \
	'{"srcFs":"from","dstFs":"right","_filter":{"ExcludeRule":["secret.txt"]}}' >answer 2>log
echo "the right key: copied: $(find right -type f -exec basename {} ';' | sort | tr '\n' ' ')" >>found
cat found
cat >expected <<'X'
1.60.1
unknown flag: refused
unknown keys: exit code 0, copied: secret.txt wanted.txt 
the right key: copied: wanted.txt 
X
if cmp -s found expected; then
	echo "as found: unknown keys are taken in silence"
else
	tail -3 log >&2
	echo "this has changed" >&2
	exit 1
fi
