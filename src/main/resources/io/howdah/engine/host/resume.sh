#!/bin/sh
# Resumes a paused pooler whose portal has died in the middle of a change, so that its clients do not wait for ever. It
# begins before the pause does, and ends with it.
#
#   resume RUN NAME PORTAL STARTED LONGEST
#
# RUN      directory of these files, all of which only the control plane may write:
#            pause          the name of the pause in force
#            resumed        written here, when this has ended the pause
#            pgbouncer.pid  "pid starttime" of the pooler
# NAME     the pause that is watched: another in its place is somebody else's
# PORTAL   the process id of the portal
# STARTED  its start time in clock ticks
# LONGEST  seconds after which the pooler is resumed whoever lives
set -u
umask 077
cd /
trap '' HUP INT TERM
run=$1 name=$2 portal=$3 since=$4 longest=$5

# Sets $ticks to the start time of the living process $1. A zombie is dead.
started() {
    { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
    set -- ${line##*) }
    case $1 in Z | X) return 1 ;; esac
    ticks=${20}
}

in_force() {
    now=
    { IFS= read -r now <"$run/pause"; } 2>/dev/null
    [ "$now" = "$name" ]
}

looks=0
while in_force && started "$portal" && [ "$ticks" = "$since" ] && [ $looks -lt $((longest * 5)) ]; do
    sleep 0.2
    looks=$((looks + 1))
done
in_force || exit 0
# PostgreSQL may be on its way back, by its keeper.
sleep 1
in_force || exit 0
pooler=
begun=
{ read -r pooler begun <"$run/pgbouncer.pid"; } 2>/dev/null
# PgBouncer takes this signal for RESUME.
if started "$pooler" && [ "$ticks" = "$begun" ]; then kill -s USR2 "$pooler" 2>/dev/null; fi
: >"$run/resumed"
rm -f "$run/pause"
