# shellcheck shell=bash
# Debian machines under systemd-nspawn, in the network namespace of the test: what listens in one is on the test's 127.0.0.1.
# For a test that has sourced cache.sh and isolate.sh, and is isolated.

cache=${cache:?}
work=${work:-}

# machine_boot NAME [LAYER...]: boots a machine from the cache's base with the named layers (java) above it.
# Its files are a copy: $work/NAME/root. Files of the test are seen in it below /var/local/shared ($work/NAME/shared).
machine_boot() {
  local name=$1 folder=$work/$1 lower=$cache/base layer
  shift
  for layer in "$@"; do lower=$cache/$layer:$lower; done
  mkdir -p "$folder/upper" "$folder/scratch" "$folder/root" "$folder/shared"
  mount -t overlay overlay -o "lowerdir=$lower,upperdir=$folder/upper,workdir=$folder/scratch" "$folder/root"
  machine_keep_running "$name" >"$folder/console.log" 2>&1 </dev/null &
  machine_await "$name"
}

# A guest that reboots ends nspawn with code 133, and whoever started it has to start it again.
machine_keep_running() {
  local folder=$work/$1 code=133
  while [ "$code" = 133 ]; do
    systemd-nspawn --quiet --directory="$folder/root" --machine="$1" --register=no --keep-unit --boot --console=pipe \
      --bind-ro="$cache/packages:/var/local/packages" --bind="$folder/shared:/var/local/shared" &
    echo $! >"$folder/pid"
    code=0
    wait $! || code=$?
  done
  rm -f "$folder/pid"
}

machine_leader() {
  pgrep --parent "$(cat "$work/$1/pid")" | head -n 1
}

# machine_run NAME COMMAND...: runs a command in the machine as root.
machine_run() {
  local leader
  leader=$(machine_leader "$1") || return 1
  shift
  nsenter --target "$leader" --mount --uts --ipc --net --pid --cgroup -- \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
}

machine_is_up() {
  case $(machine_run "$1" systemctl is-system-running) in running | degraded) return 0 ;; esac
  return 1
}

machine_await() {
  within 60 "machine $1 is up" machine_is_up "$1"
}

machine_reboot() {
  local before
  before=$(machine_leader "$1")
  machine_run "$1" systemctl reboot >/dev/null 2>&1 || true # The command may be gone before it can answer.
  within 60 "machine $1 goes down" machine_has_other_leader "$1" "$before"
  machine_await "$1"
}

machine_has_other_leader() {
  local now
  now=$(machine_leader "$1") && [ -n "$now" ] && [ "$now" != "$2" ]
}

machine_is_gone() {
  [ ! -e "$work/$1/pid" ]
}

machine_stop() {
  machine_run "$1" systemctl poweroff >/dev/null 2>&1 || true
  within 60 "machine $1 stops" machine_is_gone "$1"
  umount "$work/$1/root"
  rm -rf --one-file-system "${work:?}/$1"
}
