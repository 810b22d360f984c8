#!/bin/bash
# Usage: prepare.sh FOLDER
# Makes in FOLDER what the tests on a machine start from:
#   base/          Debian 12 with systemd and ssh, about what the public Vagrant box has, without Java
#   java/          what a Java runtime adds to it, as an overlay
#   packages/      a flat apt repository with all that the machine installs, so that it needs no network
#   vagrant/       a VAGRANT_HOME with base/ as box debian/bookworm64 for LXC
set -euo pipefail
umask 022
folder=$1
guest_packages=(puppet nginx make default-jre-headless)
base_packages=(systemd-sysv dbus iproute2 ifupdown openssh-server sudo rsync ca-certificates curl netbase procps)

say() { echo "pulseboard: $*" >&2; }

make_base() {
  say "making a Debian 12 root and a package repository for it; some minutes, once a week at most"
  # The hook runs when the root is complete: what apt would still fetch then is exactly what the repository must hold.
  mmdebstrap --quiet --variant=minbase --mode=root --include="$(IFS=, && echo "${base_packages[*]}")" \
    --customize-hook="APT_CONFIG=\$MMDEBSTRAP_APT_CONFIG apt-get install --quiet=2 --yes --no-install-recommends --download-only ${guest_packages[*]} >/dev/null" \
    --customize-hook="cp \"\$1\"/var/cache/apt/archives/*.deb '$folder/packages/'" \
    bookworm "$folder/base"
  rm -f "$folder"/base/etc/apt/sources.list.d/* "$folder/base/etc/resolv.conf"
  echo 'deb [trusted=yes] file:/var/local/packages ./' >"$folder/base/etc/apt/sources.list"
  mkdir "$folder/base/var/local/packages"
  : >"$folder/base/etc/resolv.conf"
  : >"$folder/base/etc/fstab"
  : >"$folder/base/etc/machine-id" # Empty: each machine makes its own.
  echo debian12 >"$folder/base/etc/hostname"
  printf '127.0.0.1 localhost debian12\n' >"$folder/base/etc/hosts"
}

make_repository() {
  cd "$folder/packages"
  apt-ftparchive packages . >Packages
  apt-ftparchive release . >Release
  cd "$OLDPWD"
}

# layer NAME: a writable view of base/ in $folder/NAME.root; what is written lands in $folder/NAME
layer() {
  mkdir "$folder/$1" "$folder/$1.scratch" "$folder/$1.root"
  mount -t overlay overlay -o "lowerdir=$folder/base,upperdir=$folder/$1,workdir=$folder/$1.scratch" "$folder/$1.root"
}

end_layer() {
  umount --recursive "$folder/$1.root"
  rm -rf "$folder/$1.scratch" "$folder/$1.root"
}

make_java() {
  layer java
  mount --bind "$folder/packages" "$folder/java.root/var/local/packages"
  mount -t proc proc "$folder/java.root/proc" # Java looks for itself there.
  chroot "$folder/java.root" sh -c 'export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless' >"$folder/java.log" 2>&1 </dev/null \
    || { tail -n 20 "$folder/java.log" >&2; exit 1; }
  end_layer java
}

add_vagrant_user() {
  local root=$1
  chroot "$root" useradd --create-home --shell /bin/bash vagrant
  echo 'vagrant ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/vagrant"
  install -d -m 700 "$root/home/vagrant/.ssh"
  install -m 600 "$(dpkg --listfiles vagrant | grep 'keys/vagrant.pub$')" "$root/home/vagrant/.ssh/authorized_keys"
  chroot "$root" chown -R vagrant:vagrant /home/vagrant/.ssh
}

# systemd-networkd and not ifupdown, which Vagrant's vm.hostname would restart through udev: a container has none.
# A fixed address saves a DHCP server: the bridge is in the test's own network namespace, with one machine on it.
add_network() {
  printf 'auto lo\niface lo inet loopback\n' >"$1/etc/network/interfaces"
  printf '[Match]\nName=eth0\n[Network]\nAddress=10.0.3.10/24\nGateway=10.0.3.1\n' >"$1/etc/systemd/network/eth0.network"
  chroot "$1" systemctl --quiet enable systemd-networkd
}

make_box() {
  local box=$folder/box
  layer vagrant-root
  add_vagrant_user "$folder/vagrant-root.root"
  add_network "$folder/vagrant-root.root"
  mkdir "$box"
  # vagrant-lxc drops the first two parts of each path. S: the targets of symbolic links stay as they are.
  tar --numeric-owner --transform 's,^\.,./rootfs,S' -C "$folder/vagrant-root.root" -I 'gzip -1' -cf "$box/rootfs.tar.gz" .
  end_layer vagrant-root
  rm -rf "$folder/vagrant-root"
  echo '{"provider":"lxc","version":"1.0.0"}' >"$box/metadata.json"
  cat >"$box/lxc-config" <<CONFIG
lxc.include = /usr/share/lxc/config/common.conf
lxc.arch = linux64
lxc.apparmor.profile = unconfined
lxc.net.0.type = veth
lxc.net.0.link = lxcbr0
lxc.net.0.flags = up
lxc.mount.entry = $folder/packages var/local/packages none bind,ro 0 0
CONFIG
  tar -C "$box" -cf "$folder/debian12.box" .
  VAGRANT_HOME=$folder/vagrant VAGRANT_CHECKPOINT_DISABLE=1 vagrant box add --name debian/bookworm64 "$folder/debian12.box" >/dev/null
  rm -rf "$box" "$folder/debian12.box"
}

# Mounts made here are seen by nobody else and vanish with this process.
if [ "${2:-}" != unshared ]; then
  rm -rf --one-file-system "$folder"
  exec unshare --mount --propagation private "$0" "$folder" unshared
fi
mkdir -p "$folder/packages"
make_base
make_repository
make_java
make_box
touch "$folder/ready"
say "$folder is ready: $(du -sh "$folder" | cut -f 1) after $SECONDS s; it can be deleted at any time"
