# shellcheck shell=bash
# The audit log, looked at past the portal.

# audit verify [--checkpoints <file>]... [--archive <file>]...: 0 when the log is whole, 1 when it is not.
audit() {
    local files=() code started=
    [ "${1:-}" = verify ] || fail "$EXIT_USAGE" "\"howdah audit\" knows \"verify\", not \"${1:-}\"."
    shift
    while [ $# -gt 0 ]; do
        [[ $1 =~ ^--(checkpoints|archive)$ && -n ${2:-} ]] || fail "$EXIT_USAGE" "\"howdah audit verify\" does not know \"$1\". It takes --checkpoints <file> and --archive <file>."
        [ -r "$2" ] || fail "$EXIT_USAGE" "The file $2 cannot be read."
        files+=("$1" "$(realpath -- "$2")")
        shift 2
    done
    load_settings
    [ -s "$HOWDAH_HOME/metadata/PG_VERSION" ] || fail "$EXIT_NOT_READY" "Howdah was never started here: there are no metadata in $HOWDAH_HOME."
    check_may_manage
    find_jdk
    build
    if ! metadata_pid >/dev/null; then
        lock_home
        start_metadata >&2
        started=yes
    fi
    "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -Xmx256m -cp "$BUILT_SERVER/apps/howdah.war/WEB-INF/classes:$BUILT_SERVER/apps/howdah.war/WEB-INF/lib/*" \
        io.howdah.audit.VerifyAuditLog "${files[@]}"
    code=$?
    [ -z "$started" ] || stop_metadata
    exit "$code"
}
