# shellcheck shell=bash
# Where the root file systems and the guest's packages are kept between runs: outside the work tree, safe to delete. A change
# of the recipe, or a new week with new security updates, makes a new edition; editions that nobody has used for a day are removed.

cache_home=${XDG_CACHE_HOME:-$HOME/.cache}/pulseboard-vm
vm_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache_edition=$(cat "$vm_folder/prepare.sh" <(date +%G-%V) | sha256sum | cut -c 1-12)
cache=$cache_home/$cache_edition

# Makes the edition unless it is there, and holds it (file descriptor 8) until this process and its children have ended.
hold_cache() {
  mkdir -p "$cache_home"
  exec 9>"$cache_home/lock"
  flock --timeout 900 9 || { echo "pulseboard: somebody else prepares $cache_home for more than 15 minutes" >&2; exit 1; }
  # It inherits the lock: when this process is killed, the next one still waits for what goes on here.
  [ -e "$cache/ready" ] || "$vm_folder/prepare.sh" "$cache" || exit 1
  touch "$cache/ready"
  exec 8<"$cache/ready"
  flock --shared 8
  remove_old_editions
  exec 9>&-
}

remove_old_editions() {
  local edition
  for edition in "$cache_home"/*/; do
    edition=${edition%/}
    if [ "$edition" = "$cache" ] || [ ! -d "$edition" ]; then continue; fi
    # Another branch may want it again soon.
    if [ -n "$(find "$edition" -maxdepth 1 -name ready -mtime -1)" ]; then continue; fi
    # Half-made ones have no file "ready"; as this process has the lock, nobody is making them.
    if [ ! -e "$edition/ready" ] || flock --exclusive --nonblock "$edition/ready" true; then
      rm -rf --one-file-system "$edition"
    fi
  done
}
