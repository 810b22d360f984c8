#!/bin/sh
# rclone 1.60.1 (Debian 12): its remote control does not know of remotes that the environment makes, though it uses them.
#
# Expected: config/listremotes answers with what "rclone listremotes" prints, so that whoever asks it can tell a name that is misspelt.
# Found: a remote made by RCLONE_CONFIG_NAME_TYPE is printed by the command and can be listed by operations/list, but is neither in
# config/listremotes nor in config/dump. So a name is not refused because it is missing there: Pulseboard waits for what rclone says when
# it uses it. (1.75.2 has it in config/listremotes.)
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download -qq rclone 2>/dev/null || { apt-get update -qq; apt-get download -qq rclone; }
dpkg-deb -f ./*.deb Version | sed 's/[+-].*//' >found
dpkg-deb -x ./*.deb .
printf '[filed]\ntype = memory\n' >config
RCLONE_CONFIG=$folder/config RCLONE_CONFIG_MADE_TYPE=memory
export RCLONE_CONFIG RCLONE_CONFIG_MADE_TYPE
{
	echo "listremotes: $(usr/bin/rclone listremotes | tr '\n' ' ')"
	echo "config/listremotes: $(usr/bin/rclone rc --loopback config/listremotes | tr -d ' \t\n')"
	echo "config/dump: $(usr/bin/rclone rc --loopback config/dump | tr -d ' \t\n')"
	echo "operations/list: $(usr/bin/rclone rc --loopback operations/list fs=made: remote= | tr -d ' \t\n')"
} >>found
cat found
cat >expected <<'X'
1.60.1
listremotes: filed: made: 
config/listremotes: {"remotes":["filed"]}
config/dump: {"filed":{"type":"memory"}}
operations/list: {"list":[]}
X
if cmp -s found expected; then
	echo "as found: a remote of the environment is used, and not listed by the remote control"
else
	echo "this has changed" >&2
	exit 1
fi
