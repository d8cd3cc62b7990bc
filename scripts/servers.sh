# shellcheck shell=bash
# The database servers as processes: which run, and stopping them all. Each of a server's processes has a keeper, which
# starts it again when it dies; who they are stands in servers/<id>/<member>/run/<name>.keeper and <name>.pid as
# "pid starttime".

# marks <name pattern> <keeper|pid>: the files whose process runs.
marks() {
    local file
    for file in "$HOWDAH_HOME"/servers/*/*/run/*."$2"; do
        # shellcheck disable=SC2053
        [[ ${file##*/} == $1.$2 ]] && alive "$file" >/dev/null && echo "$file"
    done
}

# What stops in which order: poolers first, so that clients see a closed door and not a broken line.
shopt -s extglob
readonly POOLERS='!(postgres)' POSTGRES=postgres

running_processes() { marks "$1" keeper; marks "$1" pid; }

none_running() { [ -z "$(running_processes "$1")" ]; }

# end_processes <name pattern> <signal>: a keeper that is told to end stops its process in good order, then ends. A process
# whose keeper is gone is told itself.
end_processes() {
    local file
    for file in $(marks "$1" keeper); do kill -TERM "$(alive "$file")" 2>/dev/null; done
    for file in $(marks "$1" pid); do
        alive "${file%.pid}.keeper" >/dev/null || kill "-$2" "$(alive "$file")" 2>/dev/null
    done
}

# stop_servers: every server at once.
stop_servers() {
    local running
    running=$(running_processes '*' | sed -E 's|.*/servers/([^/]+)/.*|\1|' | sort -u | wc -l)
    [ "$running" -gt 0 ] || return 0
    say "Stopping $running database server(s) ..."
    end_processes "$POOLERS" TERM
    wait_until 10 none_running "$POOLERS" || complain "Some poolers take long; going on with their servers."
    end_processes "$POSTGRES" INT
    wait_until 60 none_running '*' && return
    complain "These still run after 60 s:"
    running_processes '*' >&2
    return 1
}

# release_volumes_under <folder>: unmounts the servers' disks below it and lets their loop devices go.
release_volumes_under() {
    local place device
    am_root || return 0
    awk -v under="$1/" 'index($2, under) == 1 { print $2 }' /proc/mounts | sort -r | while read -r place; do
        umount "$place" || umount --lazy "$place"
    done
    losetup --noheadings --list --output NAME,BACK-FILE 2>/dev/null | while read -r device place; do
        [[ $place != "$1"/* ]] || losetup --detach "$device"
    done
}

# describe_servers: a line for every server that lies on disk.
describe_servers() {
    local folder id name ports state count=0
    for folder in "$HOWDAH_HOME"/servers/*/; do
        [ -d "$folder" ] || continue
        count=$((count + 1))
        id=$(basename "$folder")
        name=$(json_text "$folder/server.json" name)
        ports=$(grep -oE '"[A-Za-z]*[Pp]ort" *: *[0-9]+' "$folder/server.json" 2>/dev/null | tr -d '" ' | paste -sd ' ')
        state="$(running_of "$folder" postgres PostgreSQL), $(running_of "$folder" pgbouncer pooler)"
        say "  ${name:-$id}${name:+ ($id)}: $state${ports:+; $ports}"
    done
    [ "$count" -gt 0 ] || say "  none yet"
}

# running_of <server folder> <process> <what people call it>
running_of() {
    local file up=0 members=0
    for file in "$1"*/run/; do
        [ -d "$file" ] || continue
        members=$((members + 1))
        if alive "$file$2.pid" >/dev/null; then up=$((up + 1)); fi
    done
    if [ "$up" -eq 0 ]; then
        echo "$3 stopped"
    elif [ "$members" -gt 1 ]; then
        echo "$3 running ($up of $members)"
    else
        echo "$3 running"
    fi
}

# json_text <file> <key>: a simple text value, for showing only.
json_text() { sed -nE 's/.*"'"$2"'" *: *"([^"]*)".*/\1/p' "$1" 2>/dev/null | head -n 1; }
