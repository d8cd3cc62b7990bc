#!/bin/sh
# The parent of one process of a database server. It outlives the portal, starts the process again when it dies, and
# takes over a process whose own keeper has died.
#
#   keep RUN NAME DIRECTORY PIDFILES SIGNAL PROGRAM CGROUPS COMMAND...
#
# RUN        directory of these files, all of which only the control plane may write:
#              NAME.want    as long as it exists the process is kept alive
#              NAME.pid     "pid starttime" of the process, NAME.keeper the same of its keeper
#              NAME.deaths  a line for each time it ended, since this keeper began
#              NAME.out     what the process prints
# DIRECTORY  the process's working directory, by which those that a dead parent left behind are recognised
# PIDFILES   files the process writes itself that begin with its id, separated by blanks
# SIGNAL     asks the process to end in good order
# PROGRAM    the file it executes, by its real path
# CGROUPS    cgroup.procs files to be written before it starts, separated by colons, or -
#
# SIGTERM to the keeper ends the process in good order and then the keeper; NAME.want stays as it is.
set -u
umask 077
ulimit -S -n "$(ulimit -H -n)" 2>/dev/null
cd /
run=$1 name=$2 directory=$3 own=$4 signal=$5 program=$6 groups=$7
shift 7

exec 9>"$run/$name.lock"
# A keeper that is being killed holds the lock for some milliseconds more.
flock -w 1 9 || exit 0

asked=
child=
since=
trap 'asked=yes; [ -z "$child" ] || ! alive || kill -s "$signal" "$child" 2>/dev/null' TERM
trap '' HUP INT

# Sets $ticks to the start time of the living process $1. A zombie is dead.
started() {
    { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    set -- ${line##*) }
    case $1 in Z | X) return 1 ;; esac
    ticks=${20}
}

alive() {
    started "$child" && [ "$ticks" = "$since" ]
}

record() {
    printf '%s %s\n' "$2" "$3" >"$run/$1.new" && mv "$run/$1.new" "$run/$1"
}

nap() {
    sleep "$1" 9>&- &
    wait $!
}

# Whether the process $1 works in the directory and is of the program, which an upgrade may have replaced since. Looking
# costs no fork, or a start would wait for one for every process of the host.
inhabits() {
    [ "/proc/$1/cwd" -ef "$directory" ] || return 1
    [ ! "/proc/$1/exe" -ef "$program" ] || return 0
    [ "$(readlink "/proc/$1/exe")" = "$program (deleted)" ]
}

# The ids of all such processes.
inhabitants() {
    for process in /proc/[0-9]*; do
        if inhabits "${process#/proc/}"; then echo "${process#/proc/}"; fi
    done
}

# Finds the process that an earlier keeper has left.
adopt() {
    for source in "$run/$name.pid" $own; do
        child=
        since=
        { read -r child since <"$source"; } 2>/dev/null
        case $child in '' | *[!0-9]*) continue ;; esac
        started "$child" || continue
        [ -z "$since" ] || [ "$since" = "$ticks" ] || continue
        if inhabits "$child"; then
            since=$ticks
            return 0
        fi
    done
    child=
    return 1
}

# What a killed parent has left would keep shared memory or a port busy, and nobody else uses this directory. The
# process's own pid files go too when their number belongs to somebody else by now, or to a zombie that init has not
# noticed yet: neither program would start.
sweep() {
    left=$(inhabitants)
    tries=0
    while [ -n "$left" ] && [ $tries -lt 50 ]; do
        kill -s KILL $left 2>/dev/null
        sleep 0.02 9>&-
        tries=$((tries + 1))
        left=$(inhabitants)
    done
    for file in $own; do
        other=
        { read -r other _ <"$file"; } 2>/dev/null
        case $other in
            '' | *[!0-9]*) ;;
            *) if [ -d "/proc/$other" ]; then rm -f "$file"; fi ;;
        esac
    done
}

launch() {
    sweep
    (
        exec 9>&-
        if [ "$groups" != - ]; then
            IFS=:
            for group in $groups; do echo 0 >"$group"; done
        fi
        cd "$directory" && exec "$@"
    ) </dev/null >>"$run/$name.out" 2>&1 &
    child=$!
    if started "$child"; then since=$ticks; else since=0; fi
}

started $$
record "$name.keeper" $$ "$ticks"
: >"$run/$name.deaths"

deaths=0
adopted=
if adopt; then adopted=yes; fi
while [ -n "$adopted" ] || { [ -z "$asked" ] && [ -e "$run/$name.want" ]; }; do
    if [ -z "$adopted" ]; then launch "$@"; fi
    record "$name.pid" "$child" "$since"
    read -r begun _ </proc/uptime
    if [ -n "$asked" ] && alive; then kill -s "$signal" "$child" 2>/dev/null; fi
    status=-
    while alive; do
        if [ -n "$adopted" ]; then
            nap 0.2
        else
            wait "$child"
            status=$?
        fi
    done
    wait "$child" 2>/dev/null
    adopted=
    child=
    rm -f "$run/$name.pid"
    echo "$status" >>"$run/$name.deaths"
    if [ -n "$asked" ] || [ ! -e "$run/$name.want" ]; then break; fi

    read -r ended _ </proc/uptime
    lived=$((${ended%%.*} - ${begun%%.*}))
    # One that ran and ended in good order was asked to, for a restart: it is back at once.
    if [ $lived -ge 60 ] || { [ "$status" = 0 ] && [ $lived -ge 1 ]; }; then deaths=0; fi
    case $deaths in
        0) ;;
        1) nap 0.2 ;;
        2) nap 0.5 ;;
        3) nap 1 ;;
        4) nap 2 ;;
        5) nap 5 ;;
        *) nap 10 ;;
    esac
    deaths=$((deaths + 1))
done
rm -f "$run/$name.keeper"
