#!/bin/bash
# The Puppet module on a server without Vagrant: from nothing to HTTPS with a password, a mistake that is survived, and removal.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../../.." && pwd)
# shellcheck source=src/test/vm/steps.sh
. "$here/steps.sh"
# shellcheck source=src/test/vm/cache.sh
. "$here/cache.sh"
# shellcheck source=src/test/vm/isolate.sh
. "$here/isolate.sh"
# shellcheck source=src/test/vm/machine.sh
. "$here/machine.sh"
isolate "$@"
work=${work:?}
[ -e "$repository/target/pulseboard.deb" ] || fail "target/pulseboard.deb is missing: make package"
shared=$work/server/shared
log=$work/server/puppet.log

# apply EXPECTED_CODE PARAMETERS: 0 nothing changed, 2 something changed, 4 or 6 something failed.
apply() {
  local expected=$1 code=0
  shift
  machine_run server timeout 120 puppet apply --detailed-exitcodes --color false --modulepath /var/local/shared/modules \
    --execute "class { 'pulseboard': $* }" >"$log" 2>&1 </dev/null || code=$?
  [ "$code" = "$expected" ] || { tail -n 30 "$log" >&2; fail "puppet apply ended with $code, not $expected, for: $*"; }
}

process() { machine_run server systemctl show --property MainPID --value "$1"; }
missing() { ! machine_run server test -e "$1" || fail "$1 is still there"; }
status() { curl --silent --insecure --max-time 5 --output /dev/null --write-out '%{http_code}' "$@"; }

refused() { [ "$(status "$@")" = 401 ]; }

bootstrap() {
  machine_run server timeout 120 sh /var/local/shared/bootstrap.sh >"$log" 2>&1 </dev/null
}

builds() { machine_run server wc --lines /var/local/builds | cut -d " " -f 1; }

# A project that is built by "make deb", as Pulseboard is, but in no time and without the network.
make_project() {
  mkdir -p "$vagrant/src"
  printf 'deb:\n\tgrep good src/Program\n\tmkdir -p target\n\tcp %s target/\n\techo >>/var/local/builds\n' \
    /var/local/shared/pulseboard.deb >"$vagrant/Makefile"
  echo good >"$vagrant/src/Program"
}

step "the bootstrap brings Puppet, and builds the package when the sources have changed"
machine_boot server java
cp -r "$repository/puppet/modules" "$repository/puppet/bootstrap.sh" "$repository/target/pulseboard.deb" "$shared/"
vagrant=$work/server/root/vagrant
make_project
bootstrap || { tail "$log" >&2; fail "the bootstrap failed"; }
bootstrap && touch "$vagrant/src/Program" "$vagrant/CONTRIBUTING.md" && bootstrap
same "builds, when nothing has changed since the first" 1 "$(builds)"
echo bad >"$vagrant/src/Program"
! bootstrap || fail "a build that fails is not told"
! bootstrap || fail "after a build that failed, the old package is taken for new"
echo good again >"$vagrant/src/Program"
bootstrap
same "builds, after a change" 2 "$(builds)"
mkdir "$vagrant/target"
echo "of the host" >"$vagrant/target/pulseboard.deb"
bootstrap
same "package" "of the host" "$(machine_run server cat /opt/pulseboard-vagrant/pulseboard.deb)"
same "builds, when the host has a package" 2 "$(builds)"
! grep "older than the sources" "$log" || fail "a package that is newer than all sources is called old"
mkdir "$vagrant/webroot"
touch --date "1 minute" "$vagrant/webroot/page.js" "$vagrant/CONTRIBUTING.md"
bootstrap
grep -q "target/pulseboard.deb is older than the sources (webroot/page.js for one)" "$log" || fail "a stale package is not told"

machine_run server openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost \
  -keyout /etc/ssl/private/monitor.key -out /etc/ssl/certs/monitor.pem 2>/dev/null
printf 'admin:%s\n' "$(openssl passwd -6 secret)" >"$shared/users"

source="package_source => '/var/local/shared/pulseboard.deb'"
secure="$source, nginx_listen => ['127.0.0.1:443'], nginx_certificate => '/etc/ssl/certs/monitor.pem',
  nginx_certificate_key => '/etc/ssl/private/monitor.key', nginx_password_file => '/var/local/shared/users'"
more="$secure, web_port => 9000, log_folder => '/srv/log', memory_limit => '300M', java_options => '-Dtold=50%',
  host_ignore_interfaces => \"it's|lo\", nginx_server_names => ['localhost', 'monitor.example']"

step "one line of Puppet ends at live numbers, and again changes nothing"
apply 2 "$source"
within 30 "the page answers" curl --fail http://localhost/api/boards/host
logged "$work/server/viewer.log" 30 node "$here/viewer.mjs" http://localhost/ 1
for version in 4 6; do
  curl "-$version" --silent --fail http://localhost/ | says "<title>Pulseboard" || fail "localhost is not the page by IPv$version"
done
apply 0 "$source"

step "HTTPS and a password"
before=$(process nginx)
apply 2 "$secure"
within 10 "HTTPS answers" curl --fail --insecure --user admin:secret https://localhost/api/boards/host
same "without a password" 401 "$(status https://localhost/)"
same "with a wrong password" 401 "$(status --user admin:wrong https://localhost/)"
session() { curl --silent --insecure --max-time 5 "$@" | sed -n 's/.*"name":"\([^"]*\)".*/\1/p'; }
same "who is in, without a second question" "proxy:admin" "$(session --user admin:secret --header 'X-Remote-User: eve' https://localhost/api/session)"
same "by plain HTTP, where Debian's own site is" 404 "$(status http://localhost/api/boards/host)"
same "process of Nginx" "$before" "$(process nginx)"

step "every kind of setting arrives"
apply 2 "$more"
within 30 "Nginx reaches the other port" curl --fail --insecure --user admin:secret https://localhost/api/boards/host
same "its own name" 200 "$(status --user admin:secret --header 'Host: monitor.example' https://localhost/api/boards/host)"
same "another name" 403 "$(status --user admin:secret --header 'Host: evil.example' https://localhost/api/boards/host)"
same "memory limit" 314572800 "$(machine_run server systemctl show --property MemoryMax --value pulseboard)"
machine_run server grep --text --quiet -e '-Dtold=50%' "/proc/$(process pulseboard)/cmdline" || fail "the Java options did not arrive"
within 10 "a log is written" machine_run server test -s /srv/log/pulseboard.log
apply 0 "$more"

step "an Nginx that is broken is told, again and again, and the running one goes on"
before=$(process pulseboard)
machine_run server sh -c 'echo "nonsense;" >/etc/nginx/conf.d/broken.conf'
apply 6 "$secure, web_port => 9000, log_folder => '/srv/log', nginx_server_names => ['localhost', 'third.example']"
apply 4 "$secure, web_port => 9000, log_folder => '/srv/log', nginx_server_names => ['localhost', 'third.example']"
grep -q 'unknown directive "nonsense' "$log" || fail "Puppet does not show what Nginx says"
within 30 "the running Nginx answers" curl --fail --insecure --user admin:secret https://localhost/api/boards/host
machine_run server rm /etc/nginx/conf.d/broken.conf

step "a site that Nginx refuses is told, and never on disk: Nginx restarts, with all its sites"
machine_run server sh -c 'echo "server { listen 127.0.0.1:81; return 200; }" >/etc/nginx/sites-enabled/other; systemctl reload nginx'
apply 6 "${more/monitor.pem/missing.pem}"
apply 4 "${more/monitor.pem/missing.pem}"
grep -q 'cannot load certificate "/etc/ssl/certs/missing.pem"' "$log" || fail "Puppet does not show what Nginx says of the certificate"
machine_run server nginx -t -q || fail "a site that Nginx refuses is on disk"
machine_run server systemctl restart nginx
same "the other site" 200 "$(status http://127.0.0.1:81/)"
within 30 "the site from before answers" curl --fail --insecure --user admin:secret https://localhost/api/boards/host

step "who is elsewhere signs in, unless it is said that nobody has to; on this machine it is for users, once there are any"
ip address add 10.9.9.9/32 dev lo
open="$source, nginx_listen => ['80'], nginx_server_names => ['localhost', '10.9.9.9']"
elsewhere() { status --interface 10.9.9.9 http://10.9.9.9/api/boards/host; }
apply 2 "$open"
within 30 "the page answers" curl --fail http://localhost/api/boards/host
same "who is elsewhere" 401 "$(elsewhere)"
machine_run server pulseboard user add anna --generate >"$log"
within 10 "who is on this machine is asked, too" refused http://localhost/api/boards/host
apply 2 "$open, require_login => false"
within 30 "the page answers" curl --fail http://localhost/api/boards/host
same "who is elsewhere, with require_login => false" 200 "$(elsewhere)"
machine_run server pulseboard user remove anna >"$log"
apply 2 "$open"

step "without Debian's default site, only this machine's own addresses answer on port 80"
same "another address, before" 200 "$(status http://127.0.0.2/)"
apply 2 "$source, nginx_remove_default_site => true"
same "another address" 000 "$(status http://127.0.0.2/ || true)"
within 30 "the page answers" curl --fail http://localhost/api/boards/host
same "the other site" 200 "$(status http://127.0.0.1:81/)"
apply 0 "$source, nginx_remove_default_site => true"

step "removed, nothing is left"
apply 2 "ensure => absent"
for path in /usr/share/pulseboard /etc/pulseboard /var/lib/pulseboard /var/log/pulseboard /etc/nginx/sites-enabled/pulseboard.conf \
  /etc/nginx/pulseboard.passwords /etc/systemd/system/pulseboard.service.d /usr/lib/systemd/system/pulseboard.service; do
  missing "$path"
done
same "user" "" "$(machine_run server getent passwd pulseboard || true)"
same "Nginx" "active" "$(machine_run server systemctl is-active nginx)"
machine_run server nginx -t -q || fail "Nginx would not start again"
apply 0 "ensure => absent"
machine_stop server
done_with "the Puppet module on a server"
