#!/bin/bash
# A real "vagrant up" with the project's own Vagrantfile, on LXC: what docs/install.md promises, from an empty machine to its end.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
# shellcheck source=src/test/vm/steps.sh
. "$here/steps.sh"
# shellcheck source=src/test/vm/cache.sh
. "$here/cache.sh"
# shellcheck source=src/test/vm/isolate.sh
. "$here/isolate.sh"
# shellcheck source=src/test/vm/lxc.sh
. "$here/lxc.sh"
isolate "$@"
work=${work:?}
[ -e "$repository/target/pulseboard.deb" ] || fail "target/pulseboard.deb is missing: make package"

page=http://localhost:8000/
project=$work/$(basename "$work") # Vagrant names the container after this folder, and isolate.sh finds it by this name.
data=$project/puppet/data/vagrant.yaml

pid() { guest systemctl show --property MainPID --value "$1"; }
starts() { guest journalctl --unit pulseboard --output cat | grep -c '^Started pulseboard'; }

# What a fresh clone has, and the package.
copy_project() {
  mkdir -p "$project/target"
  git -C "$repository" ls-files -z --cached --others --exclude-standard \
    | tar -C "$repository" --null --files-from=- -cf - | tar -C "$project" -xf -
  cp "$repository/target/pulseboard.deb" "$project/target/"
}

# provision LOG: after a change on the host, as docs/install.md says it.
provision() {
  logged "$work/$1.log" 60 vagrant rsync
  logged "$work/$1.log" 120 vagrant provision
}

unchanged() {
  same "changes by Puppet" "" "$(grep 'Notice: /Stage' "$work/$1.log" || true)"
}

# A package that differs in its version only.
newer_package() {
  local folder=$work/newer
  dpkg-deb --raw-extract "$project/target/pulseboard.deb" "$folder"
  sed -i 's/^Version: .*/&+newer/' "$folder/DEBIAN/control"
  dpkg-deb --root-owner-group --build "$folder" "$project/target/pulseboard.deb" >/dev/null
  rm -rf "$folder"
}

service_is_confined() {
  local process status
  process=$(pid pulseboard)
  status=$(guest cat "/proc/$process/status")
  same "user of the service" "$(guest id -u pulseboard)" "$(awk '/^Uid:/ { print $2 }' <<<"$status")"
  same "new privileges" "1" "$(awk '/^NoNewPrivs:/ { print $2 }' <<<"$status")"
  same "filter of system calls" "2" "$(awk '/^Seccomp:/ { print $2 }' <<<"$status")"
  same "capabilities" "0000000000000000" "$(awk '/^CapBnd:/ { print $2 }' <<<"$status")"
  same "writing to the system" "ro" "$(guest cat "/proc/$process/mountinfo" | awk '$5 == "/" { print substr($6, 1, 2) }' | tail -n 1)"
}

curl_says() {
  curl -fs --max-time 5 "$2" | says "$1"
}

nothing_is_left() {
  same "containers" "" "$(lxc-ls)"
  same "folders of containers" "" "$(ls -A /var/lib/lxc)"
  ! curl -fs --max-time 2 "$page" >/dev/null || fail "something still answers at $page"
}

step "the project and a network"
copy_project
cd "$project"
start_network
use_box
diff -q Vagrantfile "$repository/Vagrantfile" || fail "the Vagrantfile is not the project's own"

step "vagrant up"
logged "$work/up.log" 300 vagrant up --provider=lxc
grep -q "Pulseboard is live: http://localhost:8000" "$work/up.log" || fail "vagrant up does not end with the address"

step "a page and live changes at $page"
within 30 "the page answers" curl -fs --max-time 5 "$page"
curl -fs --max-time 5 "$page" | says '<title>Pulseboard' || fail "$page is not Pulseboard's page"
logged "$work/first-viewer.log" 30 node "$here/viewer.mjs" "$page" 1
service_is_confined
# The host is another machine to this one, so it would be asked.
curl -fs --max-time 5 "${page}api/session" | says '"isOpen":true' || fail "somebody is asked to sign in"

# The one call that the service may make beside what ordinary services call.
within 30 "the board says how the clock is kept" curl_says '"synchronized":' "${page}api/boards/host"

step "vagrant provision again changes nothing"
service=$(pid pulseboard) nginx=$(pid nginx)
logged "$work/again.log" 120 vagrant provision
unchanged again
same "process of the service" "$service" "$(pid pulseboard)"
same "process of Nginx" "$nginx" "$(pid nginx)"

# It stays open through all that follows, until it has seen four runs of the server.
node "$here/viewer.mjs" "$page" 4 >"$work/viewer.log" 2>&1 &
viewer=$!
seen() { grep -q "^live $1:" "$work/viewer.log"; }
# live_again COUNT: the open viewer has seen three changes of so many runs of the server.
live_again() {
  local end=$((SECONDS + 30))
  until seen "$1"; do
    [ "$SECONDS" -lt "$end" ] || { cat "$work/viewer.log" >&2; fail "the open viewer saw no three changes of run $1 within 30 s"; }
    sleep 0.1
  done
}
live_again 1

step "a changed setting restarts Pulseboard only"
echo 'pulseboard::host_interval_milliseconds: 500' >>"$data"
provision setting
[ "$(pid pulseboard)" != "$service" ] || fail "the service was not restarted"
same "process of Nginx" "$nginx" "$(pid nginx)"
live_again 2

step "a changed name reloads Nginx only"
service=$(pid pulseboard)
sed -i 's/^\(pulseboard::nginx_server_names: .*\)\]/\1, other.localhost]/' "$data"
provision name
same "process of the service" "$service" "$(pid pulseboard)"
same "process of Nginx" "$nginx" "$(pid nginx)"
curl -fs --max-time 5 --header "Host: other.localhost" "$page" | says '<title>Pulseboard' || fail "Nginx was not reloaded"

step "a newer package is installed and started once"
before=$(starts)
newer_package
provision newer
same "version" "$(dpkg-deb --field "$project/target/pulseboard.deb" Version)" "$(guest dpkg-query --show pulseboard | cut -f 2)"
same "starts of the service" $((before + 1)) "$(starts)"
live_again 3

step "killed with -9, it comes back and the viewer with it"
guest kill -9 "$(pid pulseboard)"
live_again 4
wait "$viewer" || { cat "$work/viewer.log"; fail "the viewer was not content"; }

step "vagrant reload, and back by itself"
logged "$work/reload.log" 180 vagrant reload
within 30 "the page answers" curl -fs --max-time 5 "$page"
logged "$work/last-viewer.log" 30 node "$here/viewer.mjs" "$page" 1

step "vagrant destroy leaves nothing"
logged "$work/destroy.log" 120 vagrant destroy --force
nothing_is_left
done_with "vagrant up on LXC"
