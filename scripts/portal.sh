# shellcheck shell=bash
# run, down and status: the portal (Open Liberty) as a child that is watched, and what belongs around it.

readonly READY_SECONDS=${HOWDAH_READY_SECONDS:-180} STOP_SECONDS=10

run() {
    local detach=
    while [ $# -gt 0 ]; do
        case $1 in
            -d | --detach) detach=yes ;;
            *) fail "$EXIT_USAGE" "\"howdah run\" does not know \"$1\". It takes --detach or nothing." ;;
        esac
        shift
    done
    load_settings
    check_before_change
    find_jdk
    install_missing "$RUN_NEEDS"
    [ -n "${JAVA_HOME:-}" ] || find_jdk
    prepare_home
    warn_about_remote
    build
    if [ -n "$detach" ]; then run_detached; else keep_portal; fi
}

# The child holds the lock on and lives in a session of its own; this script only waits for its verdict.
run_detached() {
    local child
    rm -f "$HOWDAH_HOME/run/verdict"
    umask 077
    setsid "$HOWDAH_ROOT/howdah" keep-portal </dev/null >"$HOWDAH_HOME/log/run.log" 2>&1 &
    child=$!
    while [ ! -e "$HOWDAH_HOME/run/verdict" ] && kill -0 "$child" 2>/dev/null; do pause 0.2; done
    cat "$HOWDAH_HOME/log/run.log"
    if [ ! -e "$HOWDAH_HOME/run/verdict" ]; then
        wait "$child"
        exit $?
    fi
    welcome
}

keep_detached_portal() {
    [ -n "${HOWDAH_HOME:-}" ] && [ -e /proc/self/fd/9 ] || fail "$EXIT_USAGE" "keep-portal is a part of \"howdah run --detach\"."
    load_settings
    find_jdk
    DETACHED=yes
    keep_portal
}

log_line() {
    say "$*"
    printf '%s %s\n' "$(date -u +%FT%TZ)" "$*" >>"$HOWDAH_HOME/log/howdah.log"
}

# keep_portal: starts everything, says where it is, then watches it until it is told to stop.
keep_portal() {
    local stopping='' restarts=() code
    # What the portal writes is for its own user.
    umask 077
    trap 'stopping=yes' INT TERM HUP
    trap 'rm -f "$HOWDAH_HOME/run/script.pid"' EXIT
    echo "$$ $(started_at $$)" | in_place "$HOWDAH_HOME/run/script.pid" 644
    start_metadata
    start_portal
    wait_for_portal || {
        code=$?
        stop_portal
        exit "$code"
    }
    # The one-time link belongs on a screen; a detached portal's output is a log.
    [ -n "${DETACHED:-}" ] || [ -n "$stopping" ] || welcome
    touch "$HOWDAH_HOME/run/verdict"
    while [ -z "$stopping" ]; do
        pause 1
        [ -z "$stopping" ] || break
        if process_gone "$PORTAL_PID"; then restart_portal || exit $?; fi
        keep_metadata
        trim_console
    done
    say "Stopping the portal ..."
    stop_portal
    say "The portal has stopped. The database servers go on; ./howdah down stops them too."
}

start_portal() {
    local log=$HOWDAH_HOME/log name
    say "Starting the portal ..."
    [ ! -e "$log/console.log" ] || mv -f "$log/console.log" "$log/console.previous.log"
    portal_address >"$HOWDAH_HOME/run/portal.address"
    (
        # What is not set must be absent, not empty, to count as not set.
        for name in $SETTINGS; do [ -n "${!name}" ] || unset "$name"; done
        export WLP_USER_DIR=$WLP/usr WLP_OUTPUT_DIR=$HOWDAH_HOME/run/liberty LOG_DIR=$log \
            VARIABLE_SOURCE_DIRS=$HOWDAH_HOME/secrets/variables HOWDAH_SCRIPT=$HOWDAH_ROOT/howdah HOWDAH_HOME
        unset JVM_ARGS WLP_DEBUG_ADDRESS
        exec setsid "$WLP/bin/server" run howdah
    ) </dev/null >>"$log/console.log" 2>&1 &
    PORTAL_PID=$!
    # Its death is reported in this script's words, not in the shell's.
    disown "$PORTAL_PID"
    echo "$PORTAL_PID $(started_at "$PORTAL_PID")" | in_place "$HOWDAH_HOME/run/portal.pid" 644
}

portal_ready() {
    curl --silent --fail --insecure --noproxy '*' --max-time 5 --output /dev/null \
        "https://$(portal_host):$HOWDAH_HTTPS_PORT/health/ready" 2>/dev/null
}

# wait_for_portal: 0 when ready, else the exit code, after saying why. Being told to stop is not an error.
wait_for_portal() {
    local deadline=$((SECONDS + READY_SECONDS))
    until portal_ready; do
        [ -z "$stopping" ] || return 0
        if process_gone "$PORTAL_PID"; then
            say_portal_log "The portal ended before it was ready."
            return "$EXIT_PORTAL"
        fi
        if [ "$SECONDS" -ge "$deadline" ]; then
            say_portal_log "The portal was not ready after $READY_SECONDS s."
            return "$EXIT_PORTAL"
        fi
        pause 0.3
    done
}

say_portal_log() {
    complain "$1 Its newest log lines:"
    tail -n 15 "$HOWDAH_HOME/log/console.log" >&2
    complain "The whole log: $HOWDAH_HOME/log/messages.log (JSON) and $HOWDAH_HOME/log/console.log"
}

# restart_portal: up to three times in five minutes, each time waiting longer.
restart_portal() {
    local now=$SECONDS recent=() at
    for at in "${restarts[@]}"; do [ $((now - at)) -ge 300 ] || recent+=("$at"); done
    if [ ${#recent[@]} -ge 3 ]; then
        log_line "The portal died for the fourth time within five minutes; giving up."
        say_portal_log "It cannot be kept running."
        return "$EXIT_PORTAL_DIED"
    fi
    log_line "The portal died unexpectedly; starting it again."
    pause $((1 + 4 * ${#recent[@]}))
    restarts=("${recent[@]}" "$now")
    [ -z "$stopping" ] || return 0
    start_portal
    wait_for_portal || return
    [ -n "$stopping" ] || log_line "The portal is ready again at $(portal_address)"
}

# stop_portal: Open Liberty shuts down in good order on SIGTERM; what is not gone in time is killed.
stop_portal() {
    kill -TERM "$PORTAL_PID" 2>/dev/null
    if ! wait_until "$STOP_SECONDS" process_gone "$PORTAL_PID"; then
        log_line "The portal did not stop within $STOP_SECONDS s and was killed."
        kill -KILL "$PORTAL_PID" 2>/dev/null
    fi
    rm -f "$HOWDAH_HOME/run/portal.pid" "$HOWDAH_HOME/run/portal.address" "$HOWDAH_HOME/run/verdict"
}

process_gone() { ! started_at "$1" >/dev/null; }

# What the JVM itself prints is little; should it ever be much, the newest part is enough.
trim_console() {
    local console=$HOWDAH_HOME/log/console.log
    [ "$(stat -c %s "$console" 2>/dev/null || echo 0)" -lt 20000000 ] && return
    cp -f "$console" "$HOWDAH_HOME/log/console.previous.log" && : >"$console"
}

first_administrator_link() {
    local code
    { read -r code <"$HOWDAH_HOME/secrets/first-administrator"; } 2>/dev/null || [ -n "${code:-}" ] || return 1
    echo "$(running_address)/welcome#$code"
}

welcome() {
    local link
    say
    say "Howdah is ready at $(portal_address)"
    if link=$(first_administrator_link); then
        say "To make the first administrator, open this link. It works once:"
        say "  $link"
    fi
    [ -n "$HOWDAH_TLS_CERTIFICATE" ] ||
        say "Browsers and clients trust it once they trust this certificate: $HOWDAH_HOME/ca.crt"
    say "Logs: $HOWDAH_HOME/log. To stop: ./howdah down (portal and databases) or Ctrl-C (portal only)."
}

down() {
    local pid code=0
    [ $# -eq 0 ] || fail "$EXIT_USAGE" "\"howdah down\" takes nothing more."
    load_settings
    if [ ! -d "$HOWDAH_HOME" ]; then
        say "Nothing runs: there is no data folder $HOWDAH_HOME."
        return
    fi
    check_may_manage
    stop_everything || code=$EXIT_STILL_RUNNING
    [ "$code" -ne 0 ] || say "Everything is stopped. The data stay in $HOWDAH_HOME."
    exit "$code"
}

check_may_manage() {
    am_root || [ -O "$HOWDAH_HOME" ] ||
        fail "$EXIT_HOME" "$HOWDAH_HOME belongs to $(stat -c %U "$HOWDAH_HOME"), and this is $(id -un)."
}

stop_everything() {
    local pid keeper code=0
    if pid=$(alive "$HOWDAH_HOME/run/portal.pid"); then
        say "Stopping the portal ..."
        # The script that watches it stops it; when that script is gone, it is told directly.
        keeper=$(alive "$HOWDAH_HOME/run/script.pid") && kill -TERM "$keeper" 2>/dev/null || kill -TERM "$pid" 2>/dev/null
        if ! wait_until $((STOP_SECONDS + 5)) process_gone "$pid"; then
            kill -KILL "$pid" 2>/dev/null
        fi
        [ -z "$keeper" ] || wait_until 5 process_gone "$keeper"
        rm -f "$HOWDAH_HOME"/run/portal.{pid,address}
    elif keeper=$(alive "$HOWDAH_HOME/run/script.pid"); then
        kill -TERM "$keeper" 2>/dev/null
        wait_until $((STOP_SECONDS + 5)) process_gone "$keeper"
    fi
    stop_servers || code=1
    if metadata_pid >/dev/null; then
        say "Stopping the metadata server ..."
        stop_metadata || code=1
    fi
    return "$code"
}

status() {
    local pid code=$EXIT_NOT_READY link
    [ $# -eq 0 ] || fail "$EXIT_USAGE" "\"howdah status\" takes nothing more."
    load_settings
    if [ ! -d "$HOWDAH_HOME" ]; then
        say "Howdah was never started here: there is no data folder $HOWDAH_HOME."
        exit "$EXIT_NOT_READY"
    fi
    check_may_manage
    say "Data folder: $HOWDAH_HOME"
    if ! pid=$(alive "$HOWDAH_HOME/run/portal.pid"); then
        say "Portal: stopped"
    elif portal_ready; then
        say "Portal: ready at $(running_address) (process $pid)"
        code=0
    else
        say "Portal: running, but not ready, at $(running_address) (process $pid)"
    fi
    if pid=$(metadata_pid); then
        say "Metadata server: running on 127.0.0.1:$(sed -n 4p "$HOWDAH_HOME/metadata/postmaster.pid") (process $pid)"
    else
        say "Metadata server: stopped"
    fi
    say "Database servers:"
    describe_servers
    if link=$(first_administrator_link); then
        say "The first administrator is still to be made: $link"
    fi
    exit "$code"
}
