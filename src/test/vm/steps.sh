# shellcheck shell=bash
# What every test on a machine needs: steps with their seconds, waiting with an end, one way to fail.

step_name=""
step_start=$SECONDS

# step NAME: says how long the step before it took, and begins the next one.
step() {
  [ -z "$step_name" ] || printf '  %3d s  %s\n' $((SECONDS - step_start)) "$step_name"
  step_name=$1
  step_start=$SECONDS
}

# done_with NAME: ends the last step and tells the time of all.
done_with() {
  step ""
  printf '  %3d s  in all\n%s: passed\n' "$SECONDS" "$1"
}

fail() {
  printf 'pulseboard: %s: failed%s: %s\n' "$(basename "$0")" "${step_name:+ at \"$step_name\"}" "$*" >&2
  exit 1
}

# within SECONDS WHAT COMMAND...: tries the command until it succeeds; after so many seconds the test has failed.
within() {
  local limit=$1 what=$2 end=$((SECONDS + $1))
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || fail "$what: not within $limit s ($*)"
    sleep 0.1
  done
}

# says TEXT: whether standard input has it. Reads to the end, unlike "grep -q": what writes must not fail of a broken pipe.
says() {
  local text
  text=$(cat)
  [[ $text == *"$1"* ]]
}

# logged LOG SECONDS COMMAND...: runs a long command into a file and shows the file's end when it fails.
logged() {
  local log=$1 limit=$2
  shift 2
  timeout "$limit" "$@" >"$log" 2>&1 </dev/null || {
    local code=$?
    tail -n 40 "$log" >&2
    fail "$* ended with $code (124: it took longer than $limit s)"
  }
}

# same WHAT EXPECTED ACTUAL
same() {
  [ "$2" = "$3" ] || fail "$1: expected \"$2\", found \"$3\""
}
