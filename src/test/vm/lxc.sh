# shellcheck shell=bash
# What Vagrant's LXC provider needs in the test's own namespaces: the bridge that the box is on, a Vagrant home, and an empty
# place for containers.

work=${work:-}
cache=${cache:?}

start_network() {
  ip link add lxcbr0 type bridge
  ip address add 10.0.3.1/24 dev lxcbr0
  ip link set lxcbr0 up
}

use_box() {
  mkdir -p "$work/lxc" "$work/vagrant"
  mount --bind "$work/lxc" /var/lib/lxc # Nobody else's containers, and none of ours in the machine's own folder.
  ln -s "$cache/vagrant/boxes" "$work/vagrant/boxes"
  export VAGRANT_HOME=$work/vagrant VAGRANT_NO_COLOR=1 VAGRANT_CHECKPOINT_DISABLE=1
  unset PULSEBOARD_PORT
  # Debian's vagrant-lxc 1.4.3 hands texts' values over as one hash; the I18n of Ruby 3 takes only keywords.
  cat >"$VAGRANT_HOME/Vagrantfile" <<'RUBY'
I18n.singleton_class.prepend(Module.new { def t(key = nil, values = {}, **keywords) = super(key, **values, **keywords) })
RUBY
}

# guest COMMAND...: runs a command in the one container there is, as root.
guest() {
  lxc-attach --name "$(lxc-ls --line)" --clear-env --set-var PATH=/usr/sbin:/usr/bin:/sbin:/bin -- "$@" </dev/null
}
