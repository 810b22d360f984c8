#!/bin/bash
# The Debian package, and the archive with its own Java runtime, on booted Debian machines: installed, upgraded, broken and
# removed, until nothing is left.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$(cd "$here/../../.." && pwd)/target
# shellcheck source=src/test/vm/steps.sh
. "$here/steps.sh"
# shellcheck source=src/test/vm/cache.sh
. "$here/cache.sh"
# shellcheck source=src/test/vm/isolate.sh
. "$here/isolate.sh"
# shellcheck source=src/test/vm/machine.sh
. "$here/machine.sh"
archives=("$target"/pulseboard-*-linux-"$(uname -m)".tar.gz)
for made in "$target/pulseboard.deb" "${archives[0]}"; do
  [ -e "$made" ] || fail "$made is missing: make package"
done
isolate "$@"

page=http://127.0.0.1:8080/
shared=/var/local/shared
host=""

guest() { machine_run "$host" "$@"; }

# run LOG COMMAND...: a command of the machine that must succeed; its output is shown when it does not.
run() {
  local log=$work/$1.log
  shift
  guest timeout 120 "$@" >"$log" 2>&1 </dev/null || { tail -n 40 "$log" >&2; fail "$* does not succeed"; }
}

# boot NAME [LAYER...]: the machine on which all that follows is tried.
boot() {
  machine_boot "$@"
  host=$1
  cp "$target/pulseboard.deb" "$target/pulseboard.jar" "${archives[0]}" "$work/$host/shared/"
}

property() { guest systemctl show --property "$1" --value pulseboard; }
journal_says() { guest journalctl --unit pulseboard --output cat | says "$1"; }
starts() { guest journalctl --unit pulseboard --output cat | grep -c '^Started pulseboard'; }
get() { curl -fs --max-time 5 "$page$1"; }
answers() { get api/health >/dev/null; }
silent() { ! answers; }
# json EXPRESSION: evaluates it with the document on standard input as "it".
json() { node -e 'const it = JSON.parse(require("fs").readFileSync(0)); console.log(eval(process.argv[1]))' "$1"; }
epoch() { get api/boards/host | json it.epoch; }

job_process_is() { [ "$(guest systemctl is-active pulseboard-work || true)" = "$1" ]; }
socket_is_open() { [ "$(guest stat --format %a /run/pulseboard-work/work.socket)" = 660 ] && job_process_is active; }
agent_has_stopped() { [ "$(get api/boards/boards | json 'it.state["web1/host"]?.health?.reason')" = stopping ]; }

# All files of the machine with type, mode and owner, but for what any use of it changes.
files() {
  guest find / -xdev \( -path /tmp -o -path /var/tmp -o -path /var/log/journal -o -path /var/lib/systemd -o -path /var/cache/apt \
    -o -path '/var/lib/dpkg/*-old' -o -path '/etc/*-' -o -path /var/backups -o -path /var/log/dpkg.log -o -path /var/local \) -prune -o -printf '%p %y %m %u %g\n' | sort
}

# Live numbers, each sampler well, the service's own user and nothing that it need not be allowed.
is_live() {
  local process status
  within 30 "the service answers" answers
  get "" | says '<title>Pulseboard' || fail "$page is not Pulseboard's page"
  logged "$work/viewer.log" 30 node "$here/viewer.mjs" "$page" 1
  # Filesystems come last: with the page, or up to ten seconds later.
  within 20 "every sampler has told something" every_sampler_told
  # systemd-nspawn lets nobody ask how the clock is kept.
  same "samplers that are not well" "" "$(get api/boards/host | json 'Object.entries(it.state.meta).filter(([n, m]) => !m.ok && n !== "clock").map(([n, m]) => n + ": " + m.reason).join()')"
  process=$(property MainPID)
  status=$(guest cat "/proc/$process/status")
  same "user of the service" "$(guest id -u pulseboard)" "$(awk '/^Uid:/ { print $2 }' <<<"$status")"
  same "capabilities" "0000000000000000" "$(awk '/^CapBnd:/ { print $2 }' <<<"$status")"
  same "new privileges, filter of system calls" "1 2" "$(awk '/^(NoNewPrivs|Seccomp):/ { print $2 }' <<<"$status" | xargs)"
}
every_sampler_told() { [ "$(get api/boards/host | json 'Object.keys(it.state.meta).length')" = 11 ]; }

# What a program outside of the sandbox sees, the service sees too.
sees_everything() {
  same "size of /" $(($(guest stat --file-system --format '%b * %S' /))) \
    "$(get api/boards/host | json 'it.state.filesystems["/"].totalBytes')"
  same "inodes are told" "number" "$(get api/boards/host | json 'typeof it.state.filesystems["/"].inodesUsedPercent')"
  local users
  users=$(curl -sN --max-time 8 "${page}api/boards/processes/stream" | grep -o '"user":"[a-z]*"' | sort -u | xargs || true)
  [[ $users == *pulseboard*root* ]] || fail "processes of all users: found only $users"
}

comes_back_when_killed() {
  local before
  before=$(epoch)
  guest kill -9 "$(property MainPID)"
  within 30 "the service is back" other_epoch "$before"
}
other_epoch() { local now; now=$(epoch) && [ -n "$now" ] && [ "$now" != "$1" ]; }

status() { curl -s --max-time 5 --output /dev/null --write-out '%{http_code}' "$@"; }
asks() { [ "$(status "${page}api/boards/host")" = 401 ]; }

# asks_for_users COMMAND: with a user whom this command adds, the service lets in who signs in and nobody else.
asks_for_users() {
  same "without users, for whoever is on the machine" 200 "$(status "${page}api/boards/host")"
  guest "$1" user add anna --role admin --password-stdin <<<"a long password" >"$work/user.log" 2>&1 || fail "user add: $(cat "$work/user.log")"
  same "the users' file" "pulseboard 600" "$(guest stat --format '%U %a' /var/lib/pulseboard/accounts.json)"
  within 10 "the service asks" asks
  rm -f "$work/cookies"
  same "signing in" 200 "$(status --cookie-jar "$work/cookies" --json '{"name":"anna","password":"a long password"}' "${page}api/session")"
  same "signed in" 200 "$(status --cookie "$work/cookies" "${page}api/boards/host")"
  # With nothing at hand but what a start makes, and settings from before there were users.
  guest rm /var/cache/pulseboard/pulseboard.jsa
  guest sed -i.bak '/^auth:/d; /^  folder: .var.lib/d' /etc/pulseboard/pulseboard.yaml
  guest systemctl restart pulseboard
  within 30 "the service answers" answers
  guest test -s /var/cache/pulseboard/pulseboard.jsa || fail "with users there is no archive of classes"
  same "a stranger after a restart" 401 "$(status "${page}api/boards/host")"
  same "who signed in before it" 200 "$(status --cookie "$work/cookies" "${page}api/boards/host")"
  same "users" "anna" "$(guest "$1" user list | cut -f 1)"
  guest mv /etc/pulseboard/pulseboard.yaml.bak /etc/pulseboard/pulseboard.yaml
  guest "$1" user remove anna >/dev/null
  within 10 "the service asks no more" answers_anybody
}
answers_anybody() { get api/boards/host >/dev/null; }

# A package that differs in its version only.
newer_package() {
  dpkg-deb --raw-extract "$target/pulseboard.deb" "$work/newer"
  sed -i 's/^Version: .*/&+newer/' "$work/newer/DEBIAN/control"
  dpkg-deb --root-owner-group -Znone --build "$work/newer" "$work/$host/shared/newer.deb" >/dev/null
  rm -rf "$work/newer"
}

step "in a chroot, where nothing runs, the package installs too"
mkdir -p "$work/chroot/upper" "$work/chroot/scratch" "$work/chroot/root"
mount -t overlay overlay -o "lowerdir=$cache/java:$cache/base,upperdir=$work/chroot/upper,workdir=$work/chroot/scratch" "$work/chroot/root"
cp "$target/pulseboard.deb" "$work/chroot/root/tmp/"
logged "$work/chroot.log" 60 chroot "$work/chroot/root" dpkg --install /tmp/pulseboard.deb
[ -L "$work/chroot/root/etc/systemd/system/multi-user.target.wants/pulseboard.service" ] || fail "the service is not enabled"
umount "$work/chroot/root"

step "a machine without Java: apt brings it with the package"
boot deb
guest sh -c 'apt-get update -qq' >/dev/null
guest test ! -e /usr/bin/java || fail "the machine has Java already"
! guest dpkg --install "$shared/pulseboard.deb" >"$work/first.log" 2>&1 || fail "the package installs without Java"
run fix apt-get --fix-broken install --yes --no-install-recommends
grep -q "^Pulseboard: $page, settings in /etc/pulseboard/pulseboard.yaml" "$work/fix.log" || fail "apt does not say where it is: $(tail "$work/fix.log")"

step "active under its own user, page, REST and changes, all samplers well"
is_live
sees_everything
same "state" "active enabled" "$(property ActiveState) $(property UnitFileState)"
guest systemd-analyze verify --man=no /usr/lib/systemd/system/pulseboard.service
guest pulseboard --version | says 'Pulseboard ' || fail "there is no command pulseboard"

step "jobs and the agent have units that nobody has enabled; without a job the first ends at once, and says so"
same "enabled" "disabled disabled" "$(guest systemctl is-enabled pulseboard-work pulseboard-agent | xargs || true)"
guest systemd-analyze verify --man=no /usr/lib/systemd/system/pulseboard-work.service /usr/lib/systemd/system/pulseboard-agent.service
guest systemctl start pulseboard-work
within 30 "it has ended" job_process_is inactive
same "result, exit code" "success 0" "$(guest systemctl show --property Result,ExecMainStatus --value pulseboard-work | xargs)"
guest journalctl --unit pulseboard-work --output cat | says 'there is no job in the settings' || fail "it does not say that there is no job"

step "with something that runs there: its user, its token, and a socket that the other service can reach and nobody else"
guest mkdir -p /run/systemd/system/pulseboard-work.service.d
guest tee /run/systemd/system/pulseboard-work.service.d/try.conf >/dev/null <<'UNIT'
[Service]
ExecStart=
ExecStart=/bin/sh -c 'id -un >/run/pulseboard-work/work.socket; cat $CREDENTIALS_DIRECTORY/work.token >>/run/pulseboard-work/work.socket; \
  head -c 4 /etc/pulseboard/pulseboard.yaml >/dev/null && ! touch /var/lib/pulseboard/x 2>/dev/null && chmod 660 /run/pulseboard-work/work.socket && exec sleep 60'
UNIT
guest systemctl daemon-reload
guest systemctl start pulseboard-work
within 10 "the job runs, and its socket is there" socket_is_open
same "whose socket" "pulseboard-work pulseboard 660" "$(guest stat --format '%U %G %a' /run/pulseboard-work/work.socket)"
same "user and token of the job" "pulseboard-work none" "$(guest setpriv --reuid=pulseboard --regid=pulseboard --clear-groups cat /run/pulseboard-work/work.socket | xargs)"
! guest setpriv --reuid=65534 --regid=65534 --clear-groups ls /run/pulseboard-work 2>/dev/null || fail "nobody can reach the socket"
guest sh -c 'echo a-token >/var/lib/pulseboard/work.token && chown pulseboard: /var/lib/pulseboard/work.token && chmod 600 /var/lib/pulseboard/work.token'
guest systemctl restart pulseboard-work
within 10 "the socket is there again" socket_is_open
same "token of the job" "pulseboard-work a-token" "$(guest cat /run/pulseboard-work/work.socket | xargs)"
guest rm -r /run/systemd/system/pulseboard-work.service.d /var/lib/pulseboard/work.token
guest systemctl daemon-reload
guest systemctl stop pulseboard-work

step "the agent links to the service beside it by the settings of both"
guest cp /etc/pulseboard/pulseboard.yaml /root/settings.yaml
guest sh -c 'printf "fleet:\n  accept: true\n  hub: http://127.0.0.1:8080/\n  tokenFile: /etc/pulseboard/hub.token\n" >>/etc/pulseboard/pulseboard.yaml'
guest sh -c 'install -m 640 -g pulseboard /dev/null /etc/pulseboard/hub.token && pulseboard token add web1 --scope publish:web1 >/etc/pulseboard/hub.token'
guest systemctl restart pulseboard
within 30 "the service answers" answers
guest systemctl start pulseboard-agent
within 30 "the board of the agent is there" get api/boards/web1/host >/dev/null
same "user of the agent" "pulseboard" "$(guest stat --format %U "/proc/$(guest systemctl show --property MainPID --value pulseboard-agent)")"
guest systemctl stop pulseboard-agent
within 10 "its board says that it is gone" agent_has_stopped
guest pulseboard token revoke web1 >/dev/null
guest rm /etc/pulseboard/hub.token
guest sh -c 'cat /root/settings.yaml >/etc/pulseboard/pulseboard.yaml && rm /root/settings.yaml'
guest systemctl restart pulseboard
within 30 "the service answers" answers

step "a restart does not make the archive of classes anew"
archive=$(guest stat --format '%i %y %s' /var/cache/pulseboard/pulseboard.jsa)
[ "${archive##* }" -gt 1000000 ] || fail "there is no archive of classes: $archive"
guest systemctl restart pulseboard
within 30 "the service answers" answers
same "archive of classes" "$archive" "$(guest stat --format '%i %y %s' /var/cache/pulseboard/pulseboard.jsa)"

step "purged, removed with all that it made, and the variables that belong to it"
guest sh -c 'echo JAVA_OPTIONS=-Xmx128m >/etc/default/pulseboard'
run purge apt-get purge --yes pulseboard
same "files that name Pulseboard" "" "$(files | grep -i pulseboard || true)"
same "users" "" "$(guest getent passwd pulseboard pulseboard-work || true)"

step "installed where it cannot run, that is said"
guest sh -c 'mkdir /etc/pulseboard && echo "web: {prot: 1}" >/etc/pulseboard/pulseboard.yaml'
run broken dpkg --force-confold --install "$shared/pulseboard.deb"
grep -q 'does not run yet; why: journalctl -u pulseboard' "$work/broken.log" || fail "dpkg says: $(cat "$work/broken.log")"
run purge dpkg --purge pulseboard

step "installed again and upgraded: changed settings stay, one restart, another epoch"
files >"$work/before.txt"
run again dpkg --install "$shared/pulseboard.deb"
is_live
guest sh -c 'printf "host:\n  topProcesses: 7\n" >>/etc/pulseboard/pulseboard.yaml'
settings=$(guest cat /etc/pulseboard/pulseboard.yaml)
before=$(starts) old_epoch=$(epoch)
newer_package
run newer dpkg --install "$shared/newer.deb"
same "version" "$(dpkg-deb --field "$work/$host/shared/newer.deb" Version)" "$(guest dpkg-query -W pulseboard | cut -f 2)"
same "settings" "$settings" "$(guest cat /etc/pulseboard/pulseboard.yaml)"
within 30 "the service answers with another epoch" other_epoch "$old_epoch"
same "starts of the service" $((before + 1)) "$(starts)"

step "killed with -9 it comes back"
comes_back_when_killed

step "a wrong setting ends it once, with the reason in the journal"
guest sed -i 's/^  port:/  prot:/' /etc/pulseboard/pulseboard.yaml
guest systemctl restart pulseboard
within 30 "the service has failed" guest systemctl is-failed pulseboard
same "exit code, restarts" "2 0" "$(property ExecMainStatus) $(property NRestarts)"
within 30 "the journal says why" journal_says 'unknown setting web.prot; the nearest is web.port'
guest sed -i 's/^  prot:/  port:/' /etc/pulseboard/pulseboard.yaml
guest systemctl restart pulseboard
within 30 "the service answers" answers

step "a folder for logs that the unit closes ends it once, with the way to open it in the journal"
guest sh -c 'echo PULSEBOARD_LOG_FOLDER=/srv/logs >/etc/default/pulseboard'
guest systemctl restart pulseboard
within 30 "the service has failed" guest systemctl is-failed pulseboard
same "exit code, restarts" "2 0" "$(property ExecMainStatus) $(property NRestarts)"
within 30 "the journal says why" journal_says 'ReadWritePaths=/srv/logs'
guest rm /etc/default/pulseboard
guest systemctl restart pulseboard
within 30 "the service answers" answers

step "root adds a user: the service asks at once, whoever signed in stays in"
asks_for_users pulseboard

step "a second master is refused"
code=0
said=$(guest java -jar "$shared/pulseboard.jar" install 2>&1) || code=$?
same "exit code of pulseboard install" 2 "$code"
[[ $said == *"apt purge pulseboard"* ]] || fail "pulseboard install says: $said"

step "removed: stopped, the settings stay, and it is said what of Nginx will miss it"
guest sh -c 'mkdir -p /etc/nginx/conf.d && echo "include /usr/share/pulseboard/nginx/site.conf;" >/etc/nginx/conf.d/page.conf'
run remove apt-get remove --yes pulseboard
grep -q 'Nginx will not start again until they are changed or removed: /etc/nginx/conf.d/page.conf' "$work/remove.log" \
  || fail "apt does not say which file of Nginx needs the package: $(cat "$work/remove.log")"
guest rm -r /etc/nginx
silent || fail "the service still answers"
same "settings" "$settings" "$(guest cat /etc/pulseboard/pulseboard.yaml)"
guest test -s /var/lib/pulseboard/accounts.json || fail "users and tokens are gone"

step "removed only, its settings are still dpkg's: a second master is refused, and a purge spares one that is there"
code=0
said=$(guest java -jar "$shared/pulseboard.jar" install 2>&1) || code=$?
same "exit code of pulseboard install" 2 "$code"
[[ $said == *"then: apt purge pulseboard" ]] || fail "pulseboard install says: $said"
guest sh -c 'mkdir /opt/pulseboard && touch /opt/pulseboard/installed.txt'
guest sh /var/lib/dpkg/info/pulseboard.postrm purge
guest test -s /var/log/pulseboard/pulseboard.log || fail "the logs are gone"
guest getent passwd pulseboard >/dev/null || fail "the user is gone"
guest rm -r /opt/pulseboard

step "purged: the machine's files are what they were before"
run purge dpkg --purge pulseboard
files >"$work/after.txt"
diff "$work/before.txt" "$work/after.txt" >"$work/difference.txt" || fail "files: $(head -n 20 "$work/difference.txt")"
machine_stop deb

step "another machine without Java: pulseboard install from the archive with its own"
boot archive
guest test ! -e /usr/bin/java || fail "the machine has Java already"
guest tar -C "$shared" -xzf "$shared/$(basename "${archives[0]}")"
program=$shared/$(basename "${archives[0]}" .tar.gz)/bin/pulseboard
code=0
said=$(guest setpriv --reuid=65534 --clear-groups "$program" install 2>&1) || code=$?
same "exit code for nobody" 2 "$code"
[[ $said == *"only root can do this"* ]] || fail "pulseboard install says to nobody: $said"
files >"$work/before.txt"
run install "$program" install
grep -q "^Pulseboard is at $page\$" "$work/install.log" || fail "pulseboard install does not end with the address"
is_live
sees_everything
same "Java" "/opt/pulseboard/runtime/bin/java" "$(guest readlink "/proc/$(property MainPID)/exe")"
comes_back_when_killed
asks_for_users /usr/local/bin/pulseboard

step "the Debian package is refused beside it"
! guest dpkg --unpack "$shared/pulseboard.deb" >"$work/refused.log" 2>&1 || fail "the package is unpacked beside it"
grep -q 'run "pulseboard uninstall"' "$work/refused.log" || fail "dpkg says: $(cat "$work/refused.log")"

step "installed over itself it is started anew, and the settings stay"
guest sh -c 'printf "host:\n  topProcesses: 7\n" >>/etc/pulseboard/pulseboard.yaml'
old_epoch=$(epoch)
run install /usr/local/bin/pulseboard install
within 30 "the service answers with another epoch" other_epoch "$old_epoch"
guest grep -q 'topProcesses: 7' /etc/pulseboard/pulseboard.yaml || fail "the settings were replaced"
stopped=$(guest date --date "$(property InactiveEnterTimestamp)" +%s)
[ "$(guest stat --format %Y /var/cache/pulseboard/pulseboard.jsa)" -le "$stopped" ] || fail "the archive of classes is made during the pause"
[ "$(guest stat --format %Y /opt/pulseboard/pulseboard.jar)" -le "$(guest stat --format %Y /var/cache/pulseboard/pulseboard.jsa)" ] || fail "the archive of classes is an older one"

step "pulseboard uninstall keeps settings and logs; with --purge the files are what they were before"
run uninstall /usr/local/bin/pulseboard uninstall
silent || fail "the service still answers"
guest test -s /etc/pulseboard/pulseboard.yaml -a -s /var/log/pulseboard/pulseboard.log || fail "settings or logs are gone"
run uninstall "$program" uninstall --purge
files >"$work/after.txt"
diff "$work/before.txt" "$work/after.txt" >"$work/difference.txt" || fail "files: $(head -n 20 "$work/difference.txt")"
same "users" "" "$(guest getent passwd pulseboard pulseboard-work || true)"
machine_stop archive
done_with "the package on booted machines"
