# shellcheck shell=bash
# What the script says, and the exit codes it ends with. docs/operator-guide.md lists the codes.

readonly EXIT_USAGE=2 EXIT_NOT_READY=3 EXIT_PACKAGES=10 EXIT_NO_JDK=11 EXIT_PORT=12 EXIT_DISK=13 EXIT_NEWER_DATA=14 \
    EXIT_HOME=15 EXIT_ALREADY_RUNNING=16 EXIT_SETTING=17 EXIT_BUILD=20 EXIT_METADATA=21 EXIT_PORTAL=22 \
    EXIT_PORTAL_DIED=23 EXIT_STILL_RUNNING=24

say() { printf '%s\n' "$*"; }

complain() { printf '%s\n' "$*" >&2; }

# fail <exit code> <sentence>...: each sentence on a line of its own, then the end.
fail() {
    local code=$1
    shift
    printf '%s\n' "$@" >&2
    exit "$code"
}

am_root() { [ "$(id -u)" -eq 0 ]; }

# started_at <pid>: start time of a process in clock ticks since boot; with the pid it names one process for ever.
started_at() {
    local stat
    { read -r stat <"/proc/$1/stat"; } 2>/dev/null || return 1
    # The name in brackets may hold blanks: count the fields behind it. Field 3 is the state; a zombie is gone.
    stat=${stat##*) }
    # shellcheck disable=SC2086
    set -- $stat
    [ "$1" != Z ] && printf '%s\n' "${20}"
}

# alive <file>: prints the pid when the process that the file names as "pid starttime" still runs.
alive() {
    local pid started
    { read -r pid started <"$1"; } 2>/dev/null || [ -n "${pid:-}" ] || return 1
    [[ $pid =~ ^[0-9]+$ && $started =~ ^[0-9]+$ ]] || return 1
    [ "$(started_at "$pid")" = "$started" ] && printf '%s\n' "$pid"
}

# wait_until <seconds> <command...>: asks ten times a second.
wait_until() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$deadline" ] || return 1
        pause 0.1
    done
}

# pause <seconds>: a sleep that lets traps run at once.
pause() {
    sleep "$1" &
    wait $!
}
