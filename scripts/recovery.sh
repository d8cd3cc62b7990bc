# shellcheck shell=bash
# Backups of the control plane's own data, and the way back from them on an empty machine.

readonly METADATA_STANZA=metadata

metadata_repository() { echo "$HOWDAH_HOME/backups/metadata"; }

metadata_repository_settings() { echo "$HOWDAH_HOME/repositories/metadata/pgbackrest.conf"; }

# write_metadata_repository: the folders of the repository and the tool's settings, which hold its key.
write_metadata_repository() {
    local desk=$HOWDAH_HOME/repositories/metadata user
    user=$(service_user)
    install -d -m 711 "$HOWDAH_HOME/backups" "$HOWDAH_HOME/repositories"
    install -d -m 711 "$(metadata_repository)"
    install -d -m 700 -o "$user" "$(metadata_repository)/repo" "$desk" "$desk/lock"
    (
        umask 077
        cat >"$desk/fresh" <<CONF
# Written by howdah at every start.
[global]
repo1-path=$(metadata_repository)/repo
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=$(cat "$HOWDAH_HOME/secrets/backup.key")
repo1-retention-full=5
compress-type=zst
lock-path=$desk/lock
spool-path=$desk/lock
log-level-file=off
log-level-console=warn
archive-timeout=60
start-fast=y
[$METADATA_STANZA]
pg1-path=$HOWDAH_HOME/metadata
pg1-port=$HOWDAH_METADATA_PORT
pg1-socket-path=$HOWDAH_HOME/run/metadata
pg1-user=postgres
CONF
    ) || return 1
    chown "$user" "$desk/fresh" && mv -f "$desk/fresh" "$(metadata_repository_settings)"
}

# metadata_backup_tool <word...>: pgBackRest for the metadata, as the user its server runs as.
metadata_backup_tool() {
    as_service_user pgbackrest --config="$(metadata_repository_settings)" --stanza=$METADATA_STANZA "$@"
}

# metadata_archiving: the settings by which the metadata server hands over its WAL. It is reached over its socket, which a
# deep home does without.
metadata_archiving() {
    local program
    program=$(command -v pgbackrest) && [ -s "$(metadata_repository_settings)" ] && [ -n "$1" ] || {
        echo "archive_mode = off"
        return
    }
    echo "archive_mode = on"
    echo "archive_timeout = '60s'"
    echo "archive_command = '$program --config=$(metadata_repository_settings) --stanza=$METADATA_STANZA archive-push \"%p\"'"
}

# keep_home: what the metadata are of no use without, encrypted with the backup key.
keep_home() {
    local name names=()
    for name in secrets howdah.conf version ca.crt node; do [ ! -e "$HOWDAH_HOME/$name" ] || names+=("$name"); done
    set -o pipefail
    tar -C "$HOWDAH_HOME" --exclude=secrets/backup.key -c "${names[@]}" |
        openssl enc -aes-256-cbc -pbkdf2 -iter 600000 -salt -pass "file:$HOWDAH_HOME/secrets/backup.key" |
        in_place "$(metadata_repository)/home.tar.enc" 600
}

# back_up_metadata: called by the portal once an hour; takes a backup when the newest is older than 23 hours, a full one
# once a week. Prints what it did, if anything.
back_up_metadata() {
    local newest full kind=incr day=86400
    load_settings
    [ -s "$(metadata_repository_settings)" ] || return 0
    keep_home || fail 1 "The installation's secrets and settings could not be put beside the backups."
    [ -s "$(metadata_repository)/repo/archive/$METADATA_STANZA/archive.info" ] ||
        metadata_backup_tool stanza-create || fail 1 "The repository for the metadata could not be made."
    newest=$(metadata_backup_age '[0-9]{8}-[0-9]{6}[FDI]')
    full=$(metadata_backup_age '[0-9]{8}-[0-9]{6}F')
    [ "${1:-}" = now ] || [ "$newest" -ge $((day * 23 / 24)) ] || return 0
    [ "$full" -lt $((day * 7)) ] || kind=full
    metadata_backup_tool backup --type=$kind || fail 1 "The metadata could not be backed up."
    echo "Backed up the metadata ($kind)."
}

# metadata_backup_age <pattern of labels>: seconds since the newest such backup was begun; many when there is none.
metadata_backup_age() {
    local label
    label=$(metadata_backup_tool info | grep -oE "$1\b" | sort | tail -n 1)
    [ -n "$label" ] || {
        echo 999999999
        return
    }
    echo $(($(date +%s) - $(date -d "${label:0:8} ${label:9:2}:${label:11:2}:${label:13:2}" +%s)))
}

# restore_metadata: brings the control plane back where only the backups and the backup key are left.
restore_metadata() {
    local key='' from='' bin
    while [ $# -gt 0 ]; do
        case $1 in
            --key) key=${2:-} ;;
            --from) from=${2:-} ;;
            *) fail "$EXIT_USAGE" "\"howdah restore-metadata\" does not know \"$1\". It takes --key <file> and --from <folder>." ;;
        esac
        shift 2 || fail "$EXIT_USAGE" "\"howdah restore-metadata\" needs a value after its last word."
    done
    load_settings
    [ -n "$key" ] || fail "$EXIT_USAGE" "The backup key is needed: --key <file>, a copy of secrets/backup.key of the lost installation."
    [ -s "$key" ] || fail "$EXIT_USAGE" "There is no backup key in $key."
    from=${from:-$HOWDAH_HOME/backups}
    [ -s "$from/metadata/home.tar.enc" ] || fail "$EXIT_USAGE" "There are no backups of an installation in $from."
    for place in metadata secrets version; do
        [ ! -e "$HOWDAH_HOME/$place" ] || fail "$EXIT_HOME" "$HOWDAH_HOME holds an installation already ($place). Move it away first; nothing was changed."
    done
    RECOVERING=$(mktemp -d) || exit "$EXIT_HOME"
    trap 'rm -rf "$RECOVERING"' EXIT
    openssl enc -d -aes-256-cbc -pbkdf2 -iter 600000 -pass "file:$key" -in "$from/metadata/home.tar.enc" >"$RECOVERING/home.tar" 2>/dev/null &&
        tar -tf "$RECOVERING/home.tar" >/dev/null 2>&1 ||
        fail "$EXIT_USAGE" "The key in $key does not open the backups in $from. Nothing was changed."
    install_missing "$RUN_NEEDS"
    mkdir -p "$HOWDAH_HOME" || exit "$EXIT_HOME"
    if [ "$(realpath -m "$from")" != "$(realpath -m "$HOWDAH_HOME/backups")" ]; then
        say "Copying the backups from $from ..."
        mkdir -p "$HOWDAH_HOME/backups" && cp -a "$from/." "$HOWDAH_HOME/backups/" || fail "$EXIT_HOME" "The backups could not be copied."
    fi
    say "Bringing back the installation's secrets and settings ..."
    tar -C "$HOWDAH_HOME" -xf "$RECOVERING/home.tar" --exclude=version || exit "$EXIT_HOME"
    chmod 700 "$HOWDAH_HOME/secrets"
    in_place "$HOWDAH_HOME/secrets/backup.key" 600 <"$key" || exit "$EXIT_HOME"
    load_settings
    prepare_folders
    make_service_user
    chown -R "$(service_user)" "$(metadata_repository)/repo"
    write_metadata_repository || exit "$EXIT_HOME"
    say "Restoring the metadata ..."
    install -d -m 700 -o "$(service_user)" "$HOWDAH_HOME/metadata"
    metadata_backup_tool --log-level-console=error restore || fail "$EXIT_METADATA" "The metadata could not be restored."
    start_metadata
    bin=$(metadata_tools)
    wait_until 600 metadata_recovered "$bin" || fail "$EXIT_METADATA" "The metadata server is still replaying its log. See $HOWDAH_HOME/log/metadata"
    tar -C "$HOWDAH_HOME" -xf "$RECOVERING/home.tar" version || exit "$EXIT_HOME"
    say "The metadata are back. Start the portal with: ./howdah run"
    say "Database servers whose files are gone can be brought back from their backups there."
}

metadata_recovered() {
    [ "$(as_service_user "$1/psql" -XAtq -h "$HOWDAH_HOME/run/metadata" -p "$HOWDAH_METADATA_PORT" -U postgres \
        -c 'SELECT pg_is_in_recovery()' postgres 2>/dev/null)" = f ]
}
