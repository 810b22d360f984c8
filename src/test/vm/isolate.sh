# shellcheck shell=bash
# Runs a test where it disturbs nobody: in network, mount and process namespaces of its own, with a control group and a work
# folder of its own. The kernel ends and unmounts everything in there when the test's first process ends, however it ends.

isolated_prefix=${TMPDIR:-/var/tmp}/pulseboard-vm-

check_machine() {
  local reason=""
  if [ "$(id -u)" != 0 ]; then
    reason="this needs root"
  elif ! unshare --net --mount --pid --fork --mount-proc true 2>/dev/null; then
    reason="this machine allows no new network, mount and process namespaces"
  elif [ -z "$(control_groups)" ]; then
    reason="there are no control groups below /sys/fs/cgroup"
  elif ! grep -q overlay /proc/filesystems && ! modprobe overlay 2>/dev/null; then
    reason="this kernel has no overlay file system"
  fi
  [ -z "$reason" ] || { echo "pulseboard: cannot run machines for the test: $reason" >&2; exit 1; }
}

# The hierarchies in which systemd keeps its services: version 2, or version 1 with its own named one beside it.
control_groups() {
  local hierarchy
  for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/unified /sys/fs/cgroup/systemd; do
    [ ! -w "$hierarchy/cgroup.procs" ] || echo "$hierarchy"
  done
}

# isolate "$@": the script's first command. Starts the script anew inside, and ends with its exit code.
isolate() {
  if [ -n "${PULSEBOARD_VM_WORK:-}" ]; then
    enter_isolation
    return
  fi
  check_machine
  hold_cache
  remove_left_behind
  work=$(mktemp -d "${isolated_prefix}XXXXXX")
  exec 7<"$work"
  flock --shared 7
  trap leave_isolation EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  start_isolated "$@" &
  inside=$!
  local code=0
  wait "$inside" || code=$?
  exit "$code"
}

start_isolated() {
  local hierarchy
  for hierarchy in $(control_groups); do
    mkdir "$hierarchy/$(basename "$work")"
    echo "$BASHPID" >"$hierarchy/$(basename "$work")/cgroup.procs"
  done
  # Even when this shell is killed and can clean up nothing, the namespaces end with it.
  PULSEBOARD_VM_WORK=$work exec setpriv --pdeathsig KILL \
    unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private "$0" "$@"
}

leave_isolation() {
  kill -KILL "$inside" 2>/dev/null || true
  wait "$inside" 2>/dev/null || true
  remove_run "$work"
}

# remove_run FOLDER: a run's work folder and its control groups, those of containers too, which carry the folder's name.
remove_run() {
  local name _
  name=$(basename "$1")
  for _ in $(seq 50); do # Ended processes leave their control groups a moment later.
    find /sys/fs/cgroup -depth -type d -path "*$name*" -exec rmdir {} + 2>/dev/null || true
    [ -n "$(find /sys/fs/cgroup -type d -path "*$name*" -print -quit)" ] || break
    sleep 0.1
  done
  rm -rf --one-file-system "$1"
}

# A run that was killed could not remove its folder; it holds no lock on it any more either. A folder that is only just made
# may not have its lock yet.
remove_left_behind() {
  local folder
  find "$(dirname "$isolated_prefix")" -maxdepth 1 -type d -path "$isolated_prefix*" -mmin +1 | while read -r folder; do
    ! flock --exclusive --nonblock "$folder" true || remove_run "$folder"
  done
}

enter_isolation() {
  work=$PULSEBOARD_VM_WORK
  unset PULSEBOARD_VM_WORK
  ip link set lo up
  # /sys shows the network namespace of whoever mounted it; the control groups below it are kept.
  mkdir "$work/cgroup"
  mount --rbind /sys/fs/cgroup "$work/cgroup"
  mount -t sysfs sysfs /sys
  mount --rbind "$work/cgroup" /sys/fs/cgroup
}
