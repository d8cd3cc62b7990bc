# shellcheck shell=bash
# The database servers as processes: which run, and stopping them all. Each one's pooler and PostgreSQL have a keeper,
# a process whose identity stands in servers/<id>/<member>/run/{pooler,postgres}.keeper as "pid starttime".

# keepers <pooler|postgres>: files of the keepers that run.
keepers() {
    local file
    for file in "$HOWDAH_HOME"/servers/*/*/run/"$1".keeper; do
        [ -e "$file" ] && alive "$file" >/dev/null && echo "$file"
    done
}

# A keeper that is told to end stops its process in good order, then ends.
stop_keepers() {
    local file pid
    keepers "$1" | while read -r file; do
        pid=$(alive "$file") && kill -TERM "$pid" 2>/dev/null
    done
}

none_kept() { [ -z "$(keepers "$1")" ]; }

# stop_servers: poolers first, so that clients see a closed door and not a broken line; every server at once.
stop_servers() {
    local running
    running=$( (keepers pooler; keepers postgres) | sed -E 's|.*/servers/([^/]+)/.*|\1|' | sort -u | wc -l)
    [ "$running" -gt 0 ] || return 0
    say "Stopping $running database server(s) ..."
    stop_keepers pooler
    wait_until 15 none_kept pooler || complain "Some poolers take long; going on with their servers."
    stop_keepers postgres
    wait_until 60 none_kept postgres && none_kept pooler && return
    complain "These keepers still run after 60 s:"
    (keepers pooler; keepers postgres) >&2
    return 1
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
        state="$(kept "$folder" postgres), $(kept "$folder" pooler)"
        say "  ${name:-$id}${name:+ ($id)}: $state${ports:+; $ports}"
    done
    [ "$count" -gt 0 ] || say "  none yet"
}

kept() {
    local file up=0 all=0
    for file in "$1"*/run/"$2".keeper; do
        [ -e "$file" ] || continue
        all=$((all + 1))
        if alive "$file" >/dev/null; then up=$((up + 1)); fi
    done
    if [ "$up" -eq 0 ]; then echo "$2 stopped"; elif [ "$all" -gt 1 ]; then echo "$2 running ($up of $all)"; else echo "$2 running"; fi
}

# json_text <file> <key>: a simple text value, for showing only.
json_text() { sed -nE 's/.*"'"$2"'" *: *"([^"]*)".*/\1/p' "$1" 2>/dev/null | head -n 1; }
