# shellcheck shell=bash
# The second place that backups go to, in an object store: its settings, and whether it answers.

readonly REMOTE_SECONDS=60

remote_place() { echo "$HOWDAH_HOME/repositories/remote.place"; }

remote_secret() { echo "${HOWDAH_BACKUP_REMOTE_SECRET_FILE:-$HOWDAH_HOME/secrets/backup-remote-secret}"; }

# check_remote_settings: what the settings must be like; asks nobody.
check_remote_settings() {
    local key
    case $HOWDAH_BACKUP_REMOTE in
        '') return 0 ;;
        s3 | azure) ;;
        sftp) fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE is sftp, which needs pgBackRest 2.46 or newer ($(pgbackrest version 2>/dev/null || echo "none") is installed) and is not offered yet. Use s3 or azure." ;;
        *) fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE must be s3 or azure, not \"$HOWDAH_BACKUP_REMOTE\"." ;;
    esac
    [[ $HOWDAH_BACKUP_REMOTE_BUCKET =~ ^[A-Za-z0-9][A-Za-z0-9._-]*$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_BUCKET must be the name of a bucket or container, not \"$HOWDAH_BACKUP_REMOTE_BUCKET\"."
    [[ $HOWDAH_BACKUP_REMOTE_ENDPOINT =~ ^[A-Za-z0-9.-]*(:[0-9]+)?$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_ENDPOINT must be a host name like s3.example.org or s3.example.org:9000, not \"$HOWDAH_BACKUP_REMOTE_ENDPOINT\"."
    [ "$HOWDAH_BACKUP_REMOTE" = azure ] || [ -n "$HOWDAH_BACKUP_REMOTE_ENDPOINT" ] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_ENDPOINT is missing: the host name of the object store, like s3.eu-central-1.amazonaws.com."
    [[ $HOWDAH_BACKUP_REMOTE_PATH =~ ^/[A-Za-z0-9._/-]*$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_PATH must begin with a slash, unlike \"$HOWDAH_BACKUP_REMOTE_PATH\"."
    [[ $HOWDAH_BACKUP_REMOTE_ADDRESSING =~ ^(host|path)$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_ADDRESSING must be host or path, not \"$HOWDAH_BACKUP_REMOTE_ADDRESSING\"."
    [[ $HOWDAH_BACKUP_REMOTE_REGION =~ ^[A-Za-z0-9-]+$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_REGION must be a region's name, not \"$HOWDAH_BACKUP_REMOTE_REGION\"."
    [[ -n $HOWDAH_BACKUP_REMOTE_KEY && $HOWDAH_BACKUP_REMOTE_KEY != *[[:space:]]* ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKUP_REMOTE_KEY is missing: the access key's id, or the name of the storage account."
    [ -s "$(remote_secret)" ] ||
        fail "$EXIT_SETTING" "The secret for the second place of backups is missing. Put it into $(remote_secret), or name its file with HOWDAH_BACKUP_REMOTE_SECRET_FILE."
    if [ -n "$HOWDAH_BACKUP_REMOTE_CA" ]; then
        openssl x509 -in "$HOWDAH_BACKUP_REMOTE_CA" -noout 2>/dev/null ||
            fail "$EXIT_SETTING" "$HOWDAH_BACKUP_REMOTE_CA (HOWDAH_BACKUP_REMOTE_CA) is not a certificate in PEM form."
    fi
}

# write_remote_place [file]: what every server's second repository has in common, for the portal alone to read.
write_remote_place() {
    local kind=$HOWDAH_BACKUP_REMOTE file=${1:-$(remote_place)} ca=$HOWDAH_HOME/repositories/remote-ca.crt secret
    if [ -z "$kind" ]; then
        rm -f "$file" "$ca"
        return 0
    fi
    secret=$(tr -d '\r\n' <"$(remote_secret)") || fail "$EXIT_SETTING" "The file $(remote_secret) cannot be read."
    {
        echo "repo1-type=$kind"
        if [ "$kind" = s3 ]; then
            printf 'repo1-s3-%s\n' "bucket=$HOWDAH_BACKUP_REMOTE_BUCKET" "endpoint=$HOWDAH_BACKUP_REMOTE_ENDPOINT" \
                "region=$HOWDAH_BACKUP_REMOTE_REGION" "uri-style=$HOWDAH_BACKUP_REMOTE_ADDRESSING" \
                "key=$HOWDAH_BACKUP_REMOTE_KEY" "key-secret=$secret"
        else
            printf 'repo1-azure-%s\n' "container=$HOWDAH_BACKUP_REMOTE_BUCKET" "account=$HOWDAH_BACKUP_REMOTE_KEY" \
                "uri-style=$HOWDAH_BACKUP_REMOTE_ADDRESSING" "key=$secret"
            [ -z "${HOWDAH_BACKUP_REMOTE_ENDPOINT%%:*}" ] || echo "repo1-azure-endpoint=${HOWDAH_BACKUP_REMOTE_ENDPOINT%%:*}"
            [[ $HOWDAH_BACKUP_REMOTE_ENDPOINT != *:* ]] || echo "repo1-storage-port=${HOWDAH_BACKUP_REMOTE_ENDPOINT##*:}"
        fi
        [ -z "$HOWDAH_BACKUP_REMOTE_CA" ] || echo "repo1-storage-ca-file=$ca"
    } | in_place "$file" 600 || exit "$EXIT_HOME"
    if [ -n "$HOWDAH_BACKUP_REMOTE_CA" ]; then in_place "$ca" 644 <"$HOWDAH_BACKUP_REMOTE_CA" || exit "$EXIT_HOME"; fi
}

# ask_remote <seconds> [place]: lists what is there; prints why not when it can't. The tool itself tries for longer than anybody waits.
ask_remote() {
    local settings=$HOWDAH_HOME/run/remote.conf said
    { printf '[global]\nrepo1-path=%s\nlog-level-file=off\nio-timeout=5\n' "$HOWDAH_BACKUP_REMOTE_PATH" && cat "${2:-$(remote_place)}"; } |
        in_place "$settings" 600 || return
    said=$(timeout "$1" pgbackrest --config="$settings" repo-ls 2>&1 >/dev/null)
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
    say "The second place for backups answers: $HOWDAH_BACKUP_REMOTE://$HOWDAH_BACKUP_REMOTE_BUCKET$HOWDAH_BACKUP_REMOTE_PATH"
}
