# shellcheck shell=bash
# The second place that backups go to, in an object store or on a machine that speaks SFTP: its settings, and whether it
# answers.

readonly REMOTE_SECONDS=60

readonly SFTP_VERSION=2.46

remote_place() { echo "$HOWDAH_HOME/repositories/remote.place"; }

remote_key() { echo "$HOWDAH_HOME/repositories/remote-key"; }

remote_secret() { echo "${HOWDAH_BACKUP_REMOTE_SECRET_FILE:-$HOWDAH_HOME/secrets/backup-remote-secret}"; }

# check_remote_settings: what the settings must be like; asks nobody.
check_remote_settings() {
    local key
    case $HOWDAH_BACKUP_REMOTE in
        '') return 0 ;;
        s3 | azure | sftp) ;;
        *) fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE must be s3, azure or sftp, not \"$HOWDAH_BACKUP_REMOTE\"." ;;
    esac
    [ "$HOWDAH_BACKUP_REMOTE" = sftp ] || [[ $HOWDAH_BACKUP_REMOTE_BUCKET =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_BUCKET must be the name of a bucket or container, not \"$HOWDAH_BACKUP_REMOTE_BUCKET\"."
    [[ $HOWDAH_BACKUP_REMOTE_ENDPOINT =~ ^[A-Za-z0-9.-]*(:[0-9]+)?$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_ENDPOINT must be a host name like s3.example.org or s3.example.org:9000, not \"$HOWDAH_BACKUP_REMOTE_ENDPOINT\"."
    [ "$HOWDAH_BACKUP_REMOTE" = azure ] || [ -n "$HOWDAH_BACKUP_REMOTE_ENDPOINT" ] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_ENDPOINT is missing: the host name of the place, like s3.eu-central-1.amazonaws.com."
    [[ $HOWDAH_BACKUP_REMOTE_PATH =~ ^/[A-Za-z0-9._/-]*$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_PATH must begin with a slash, unlike \"$HOWDAH_BACKUP_REMOTE_PATH\"."
    [[ $HOWDAH_BACKUP_REMOTE_ADDRESSING =~ ^(host|path)$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_ADDRESSING must be host or path, not \"$HOWDAH_BACKUP_REMOTE_ADDRESSING\"."
    [[ $HOWDAH_BACKUP_REMOTE_REGION =~ ^[A-Za-z0-9-]+$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_REGION must be a region's name, not \"$HOWDAH_BACKUP_REMOTE_REGION\"."
    [[ -n $HOWDAH_BACKUP_REMOTE_KEY && $HOWDAH_BACKUP_REMOTE_KEY != *[[:space:]]* ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_KEY is missing: the access key's id, the name of the storage account, or the user to sign in as."
    [ -s "$(remote_secret)" ] ||
        fail "$EXIT_SETTING" "The secret for the second place of backups is missing. Put it into $(remote_secret), or name its file with HOWDAH_BACKUP_REMOTE_SECRET_FILE."
    if [ "$HOWDAH_BACKUP_REMOTE" = sftp ]; then
        grep -q 'PRIVATE KEY' "$(remote_secret)" ||
            fail "$EXIT_SETTING" "$(remote_secret) must hold the private key that opens the second place of backups, as ssh-keygen writes it, without a password."
        [ -s "$HOWDAH_BACKUP_REMOTE_KNOWN_HOSTS" ] ||
            fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_KNOWN_HOSTS must name a file with the keys of ${HOWDAH_BACKUP_REMOTE_ENDPOINT%%:*}, as ssh-keyscan prints them. Compare them with the machine's own before you trust them."
    elif [ -n "$HOWDAH_BACKUP_REMOTE_CA" ]; then
        openssl x509 -in "$HOWDAH_BACKUP_REMOTE_CA" -noout 2>/dev/null ||
            fail "$EXIT_SETTING" "$HOWDAH_BACKUP_REMOTE_CA (HOWDAH_BACKUP_REMOTE_CA) is not a certificate in PEM form."
    fi
}

# remote_tool: the pgBackRest that speaks with the second place.
remote_tool() {
    if needs_newer_tool; then echo "$(newer_tools)/pgbackrest/bin/pgbackrest"; else command -v pgbackrest; fi
}

needs_newer_tool() {
    local installed
    [ "$HOWDAH_BACKUP_REMOTE" = sftp ] || return 1
    installed=$(pgbackrest version 2>/dev/null)
    [ "$(printf '%s\n' "$SFTP_VERSION" "${installed##* }" | sort -V | head -n 1)" != "$SFTP_VERSION" ]
}

# remote_address: host and port.
remote_address() {
    local endpoint=$HOWDAH_BACKUP_REMOTE_ENDPOINT port=443
    [ "$HOWDAH_BACKUP_REMOTE" != sftp ] || port=22
    case $endpoint in
        *:*) port=${endpoint##*:} ;;
    esac
    endpoint=${endpoint%%:*}
    echo "${endpoint:-$HOWDAH_BACKUP_REMOTE_KEY.blob.core.windows.net}:$port"
}

# write_remote_place [file]: what every server's second repository has in common, for the portal alone to read.
write_remote_place() {
    local kind=$HOWDAH_BACKUP_REMOTE file=${1:-$(remote_place)} name
    local ca=$HOWDAH_HOME/repositories/remote-ca.crt hosts=$HOWDAH_HOME/repositories/remote-known-hosts
    if [ -z "$kind" ]; then
        rm -f "$file" "$(remote_key)" "$ca" "$hosts"
        return 0
    fi
    needs_newer_tool && bring_newer_pgbackrest
    {
        echo "# at $(remote_address)"
        echo "# with $(remote_tool)"
        echo "repo1-type=$kind"
        "${kind}_place" "$hosts"
        [ "$kind" = sftp ] || [ -z "$HOWDAH_BACKUP_REMOTE_CA" ] || echo "repo1-storage-ca-file=$ca"
    } | in_place "$file" 600 || exit "$EXIT_HOME"
    if [ -n "$HOWDAH_BACKUP_REMOTE_CA" ]; then in_place "$ca" 644 <"$HOWDAH_BACKUP_REMOTE_CA" || exit "$EXIT_HOME"; fi
    if [ "$kind" = sftp ]; then
        in_place "$(remote_key)" 600 <"$(remote_secret)" || exit "$EXIT_HOME"
        in_place "$hosts" 644 <"$HOWDAH_BACKUP_REMOTE_KNOWN_HOSTS" || exit "$EXIT_HOME"
    fi
}

# secret_line: the file's only line.
secret_line() { tr -d '\r\n' <"$(remote_secret)" || fail "$EXIT_SETTING" "The file $(remote_secret) cannot be read."; }

s3_place() {
    printf 'repo1-s3-%s\n' "bucket=$HOWDAH_BACKUP_REMOTE_BUCKET" "endpoint=$HOWDAH_BACKUP_REMOTE_ENDPOINT" \
        "region=$HOWDAH_BACKUP_REMOTE_REGION" "uri-style=$HOWDAH_BACKUP_REMOTE_ADDRESSING" \
        "key=$HOWDAH_BACKUP_REMOTE_KEY" "key-secret=$(secret_line)"
}

azure_place() {
    printf 'repo1-azure-%s\n' "container=$HOWDAH_BACKUP_REMOTE_BUCKET" "account=$HOWDAH_BACKUP_REMOTE_KEY" \
        "uri-style=$HOWDAH_BACKUP_REMOTE_ADDRESSING" "key=$(secret_line)"
    [ -z "${HOWDAH_BACKUP_REMOTE_ENDPOINT%%:*}" ] || echo "repo1-azure-endpoint=${HOWDAH_BACKUP_REMOTE_ENDPOINT%%:*}"
    [[ $HOWDAH_BACKUP_REMOTE_ENDPOINT != *:* ]] || echo "repo1-storage-port=${HOWDAH_BACKUP_REMOTE_ENDPOINT##*:}"
}

sftp_place() {
    local address
    address=$(remote_address)
    printf 'repo1-sftp-%s\n' "host=${address%:*}" "host-port=${address##*:}" "host-user=$HOWDAH_BACKUP_REMOTE_KEY" \
        "host-key-hash-type=sha256" "host-key-check-type=strict" "known-host=$1" "private-key-file=$(remote_key)"
}

# ask_remote <seconds> [place]: lists what is there; prints why not when it can't. The tool itself tries for longer than anybody waits.
ask_remote() {
    local settings=$HOWDAH_HOME/run/remote.conf said
    { printf '[global]\nrepo1-path=%s\nlog-level-file=off\nio-timeout=5\n' "$HOWDAH_BACKUP_REMOTE_PATH" && cat "${2:-$(remote_place)}"; } |
        in_place "$settings" 600 || return
    said=$(timeout "$1" "$(remote_tool)" --config="$settings" repo-ls 2>&1 >/dev/null)
    case $? in
        0) rm -f "$settings" && return 0 ;;
        124) said="it did not answer within $1 s" ;;
    esac
    rm -f "$settings"
    echo "$said" | sed -n '1s/^.*ERROR: \(\[[0-9]*]: \)\{0,1\}//; 1s/:$//; 1p'
    return 1
}

# warn_about_remote: at the start; a place that is away keeps nothing from starting.
warn_about_remote() {
    local why
    [ -n "$HOWDAH_BACKUP_REMOTE" ] || return 0
    why=$(ask_remote 10) || say "The second place for backups can not be used now: $why. Backups go on here; what it lacks follows by itself."
}

# check_remote: for the operator.
check_remote() {
    local why place
    [ $# -eq 0 ] || fail "$EXIT_USAGE" "\"howdah check-remote\" takes nothing more."
    load_settings
    [ -n "$HOWDAH_BACKUP_REMOTE" ] || fail "$EXIT_SETTING" "There is no second place for backups: HOWDAH_BACKUP_REMOTE is not set."
    [ -d "$HOWDAH_HOME/repositories" ] || fail "$EXIT_NOT_READY" "Howdah was never started here: there is no data folder $HOWDAH_HOME."
    check_may_manage
    place=$HOWDAH_HOME/run/remote.place
    # What the portal has been started with stays.
    write_remote_place "$place"
    why=$(ask_remote $REMOTE_SECONDS "$place") || { rm -f "$place" && false; } || fail 1 "The second place for backups can not be used: $why"
    rm -f "$place"
    say "The second place for backups answers: $HOWDAH_BACKUP_REMOTE://${HOWDAH_BACKUP_REMOTE_BUCKET:-${HOWDAH_BACKUP_REMOTE_ENDPOINT}}$HOWDAH_BACKUP_REMOTE_PATH"
}
