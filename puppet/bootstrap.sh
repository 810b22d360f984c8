#!/bin/sh
# First step of "vagrant up", run in the machine as root: brings Puppet, and the package that Puppet is to install. Whatever is
# there already stays as it is.
set -eu
home=/opt/pulseboard-vagrant
package=$home/pulseboard.deb
export DEBIAN_FRONTEND=noninteractive

# install COMMAND PACKAGE: unless the command is there. A box may be older than what its repository still serves.
install() {
  if ! command -v "$1" >/dev/null; then
    echo "pulseboard: installing $2"
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$2" >/dev/null
  fi
}

# The same package again must stay the same file: Puppet would not mind, but a reader of the log would.
keep() {
  cmp -s "$1" "$package" || cp "$1" "$package"
}

# The sources are copied out of /vagrant, which the host replaces: what a build leaves there would be lost each time.
build() {
  source=$home/source
  # By content, not by time: what is copied is then newer than what was built before, and only that.
  changes=$(rsync --archive --no-times --checksum --delete --itemize-changes --include=/.mvn --exclude='/.*' \
    --exclude=/target --exclude=/puppet --exclude=/src/test --exclude=node_modules --exclude=/findings --exclude=/CONTRIBUTING.md /vagrant/ "$source/")
  if [ -n "$changes" ] || [ ! -e "$source/target/pulseboard.deb" ]; then
    echo "pulseboard: no target/pulseboard.deb on the host, building it in this machine; the first time takes some minutes"
    rm -f "$source/target/pulseboard.deb" # Should the build fail, the next one must not take the old package for new.
    install make make
    make -C "$source" deb
  fi
  keep "$source/target/pulseboard.deb"
}

# tell_if_older PACKAGE: a package that was built before the sources changed wins all the same, but not in silence.
tell_if_older() {
  newer=$(find /vagrant -type f -newer "$1" \( -path '/vagrant/src/main/*' -o -path '/vagrant/webroot/*' -o -path '/vagrant/nginx/*' \
    -o -path /vagrant/pom.xml -o -path /vagrant/logback.xml \) -print -quit)
  [ -z "$newer" ] || echo "pulseboard: target/pulseboard.deb is older than the sources (${newer#/vagrant/} for one);" \
    "make deb builds it anew, or delete it to have the machine build" >&2
}

mkdir -p "$home"
install puppet puppet
if [ -e /vagrant/target/pulseboard.deb ]; then
  tell_if_older /vagrant/target/pulseboard.deb
  keep /vagrant/target/pulseboard.deb
else
  build
fi
