# shellcheck shell=bash
# Where the data lie, and the settings: the environment first, then howdah.conf, then the default.

readonly DATA_VERSION=1

readonly SETTINGS="HOWDAH_HTTPS_PORT HOWDAH_HTTP_PORT HOWDAH_PORTAL_LISTEN HOWDAH_LISTEN HOWDAH_PUBLIC_NAME HOWDAH_PROXIES
HOWDAH_SERVER_PORTS HOWDAH_METADATA_PORT HOWDAH_GRACE_DAYS HOWDAH_TLS_CERTIFICATE HOWDAH_TLS_KEY HOWDAH_LIMITS
HOWDAH_STORAGE_LIMITS HOWDAH_TOOL_ROOTS HOWDAH_USER_PREFIX HOWDAH_NODE HOWDAH_PUBLIC_ADDRESS HOWDAH_SMTP_HOST HOWDAH_SMTP_PORT HOWDAH_SMTP_TLS
HOWDAH_SMTP_USER HOWDAH_SMTP_PASSWORD_FILE HOWDAH_SMTP_FROM HOWDAH_WEBHOOK_PRIVATE HOWDAH_TRUSTED_CA HOWDAH_SPARES HOWDAH_BACKGROUND_SHARE
HOWDAH_AUDIT_DAYS HOWDAH_BACKUP_REMOTE HOWDAH_BACKUP_REMOTE_BUCKET HOWDAH_BACKUP_REMOTE_ENDPOINT HOWDAH_BACKUP_REMOTE_REGION
HOWDAH_BACKUP_REMOTE_PATH HOWDAH_BACKUP_REMOTE_ADDRESSING HOWDAH_BACKUP_REMOTE_KEY HOWDAH_BACKUP_REMOTE_SECRET_FILE
HOWDAH_BACKUP_REMOTE_CA HOWDAH_BACKUP_REMOTE_KNOWN_HOSTS HOWDAH_PRICE_VCORE_HOUR HOWDAH_PRICE_GIB_HOUR HOWDAH_CURRENCY"

default_of() {
    case $1 in
        HOWDAH_HTTPS_PORT) echo 8443 ;;
        HOWDAH_SERVER_PORTS) echo 25432-26431 ;;
        HOWDAH_METADATA_PORT) echo 25431 ;;
        HOWDAH_GRACE_DAYS) echo 5 ;;
        HOWDAH_LIMITS | HOWDAH_STORAGE_LIMITS) echo auto ;;
        HOWDAH_SPARES) echo on ;;
        HOWDAH_BACKGROUND_SHARE) echo 10 ;;
        HOWDAH_USER_PREFIX) echo howdah- ;;
        HOWDAH_NODE) uname -n ;;
        HOWDAH_SMTP_TLS) echo starttls ;;
        HOWDAH_BACKUP_REMOTE_REGION) echo us-east-1 ;;
        HOWDAH_BACKUP_REMOTE_PATH) echo /howdah ;;
        HOWDAH_BACKUP_REMOTE_ADDRESSING) echo host ;;
    esac
}

settings_template() {
    cat <<'CONF'
# Settings of this Howdah. Remove the # before a line to change it, then start the portal again.
# A variable of the same name in the environment wins over this file.

# Port of the portal (HTTPS).
#HOWDAH_HTTPS_PORT=8443

# Plain HTTP, for this machine alone (127.0.0.1). Off unless a port is given.
#HOWDAH_HTTP_PORT=

# Addresses the database servers listen on, separated by commas; * is every address there will ever be.
# Unless given: the loopback addresses and this machine's own.
#HOWDAH_LISTEN=

# The one address the portal listens on, or * for all. Unless given: HOWDAH_LISTEN if that is one address, else *.
#HOWDAH_PORTAL_LISTEN=*

# Name under which people reach this machine. It goes into certificates, links and connection strings.
#HOWDAH_PUBLIC_NAME=

# Reverse proxies whose X-Forwarded headers are believed, as a regular expression over their addresses.
# None unless given. Example: 127\.0\.0\.1
#HOWDAH_PROXIES=

# Ports for the database servers, two each.
#HOWDAH_SERVER_PORTS=25432-26431

# Port of the control plane's own PostgreSQL, on 127.0.0.1 only.
#HOWDAH_METADATA_PORT=25431

# Days a deleted server can be brought back.
#HOWDAH_GRACE_DAYS=5

# A certificate of your own for the portal (PEM, with its chain) and its key (PEM, without a password).
#HOWDAH_TLS_CERTIFICATE=
#HOWDAH_TLS_KEY=

# Days after which records of the audit log move into sealed files in audit/archive; at least 90. Unless given, all stay.
#HOWDAH_AUDIT_DAYS=

# CPU and memory limits of the servers: auto enforces them where this host can, off never does.
#HOWDAH_LIMITS=auto

# A disk of its own size for each new server: auto where this host can mount XFS images (root, loop devices), off never. Without,
# storage is a soft limit.
#HOWDAH_STORAGE_LIMITS=auto

# Keep one empty data folder of each PostgreSQL version in use ready, so that a new server starts in about a second: on or off.
#HOWDAH_SPARES=on

# Percent of the processors that backups, rehearsals and copies may use however busy the servers are, 1 to 100. They take more
# while the servers leave it free.
#HOWDAH_BACKGROUND_SHARE=10

# Folders to look for PostgreSQL in, besides those of the packages, separated by commas.
# Each holds bin/ or <version>/bin/.
#HOWDAH_TOOL_ROOTS=

# How the names of the servers' operating system users begin, where Howdah runs as root.
#HOWDAH_USER_PREFIX=howdah-

# Name of this node; the host name unless given.
#HOWDAH_NODE=

# Where people's browsers find the portal; links in mails and webhooks' messages begin with it. Unless given: the address
# that "howdah run" prints. Set it behind a reverse proxy. Example: https://howdah.example.org
#HOWDAH_PUBLIC_ADDRESS=

# The mail server that notifications go out by; without it no mail is sent.
#HOWDAH_SMTP_HOST=
# How the way there is encrypted: starttls (port 587), tls (port 465) or none (port 25).
#HOWDAH_SMTP_TLS=starttls
#HOWDAH_SMTP_PORT=
# The name to sign in with, if it wants one, and the file that holds the password. Unless given, the file is
# secrets/variables/smtp-password in this folder.
#HOWDAH_SMTP_USER=
#HOWDAH_SMTP_PASSWORD_FILE=
# The sender's address; howdah@ and the mail server's name unless given.
#HOWDAH_SMTP_FROM=

# Networks out of the public internet that webhooks may be in, separated by commas, or yes for all of them. There, plain
# http is possible too. None unless given. Example: 10.20.0.0/16,fd00:1::/64
#HOWDAH_WEBHOOK_PRIVATE=

# Certificate authorities (PEM) that mail servers and webhooks may have certificates of, besides those Java knows.
#HOWDAH_TRUSTED_CA=

# What an hour of a vCore and an hour of a GiB of memory cost, such as 0.04, and in which currency. Nothing about money is
# shown unless given.
#HOWDAH_PRICE_VCORE_HOUR=
#HOWDAH_PRICE_GIB_HOUR=
#HOWDAH_CURRENCY=

# A second place for all backups, besides the folder backups: s3, azure or sftp. Off unless set.
#HOWDAH_BACKUP_REMOTE=
# The bucket or container, and the host name of the object store, with its port unless that is 443 (of azure only where it
# is not blob.core.windows.net). Of sftp only the host name, with its port unless that is 22.
#HOWDAH_BACKUP_REMOTE_BUCKET=
#HOWDAH_BACKUP_REMOTE_ENDPOINT=
# The region, and whether the bucket's name is part of the host name or of the path.
#HOWDAH_BACKUP_REMOTE_REGION=us-east-1
#HOWDAH_BACKUP_REMOTE_ADDRESSING=host
# What names there begin with; of sftp the folder. Two installations in one place need different ones.
#HOWDAH_BACKUP_REMOTE_PATH=/howdah
# The access key's id, the storage account, or the user to sign in as, and the file that holds the secret, of sftp the private
# key. Unless given, the file is secrets/backup-remote-secret in this folder.
#HOWDAH_BACKUP_REMOTE_KEY=
#HOWDAH_BACKUP_REMOTE_SECRET_FILE=
# The certificate authority (PEM) of the object store, if it is not one that the system knows.
#HOWDAH_BACKUP_REMOTE_CA=
# Of sftp, a file with the keys that the other machine is known by, as ssh-keyscan prints them.
#HOWDAH_BACKUP_REMOTE_KNOWN_HOSTS=
CONF
}

# choose_home: sets HOWDAH_HOME to an absolute path; creates nothing.
choose_home() {
    if [ -z "${HOWDAH_HOME:-}" ]; then
        if am_root; then
            HOWDAH_HOME=/var/lib/howdah
        else
            HOWDAH_HOME=${XDG_DATA_HOME:-${HOME:-}/.local/share}/howdah
        fi
    fi
    HOWDAH_HOME=$(realpath -m -- "$HOWDAH_HOME")
    [[ $HOWDAH_HOME =~ ^[A-Za-z0-9/._@+-]+$ ]] ||
        fail "$EXIT_HOME" "HOWDAH_HOME may hold letters, digits and . _ @ + - only, unlike $HOWDAH_HOME"
    export HOWDAH_HOME
}

# load_settings: reads howdah.conf as data, never as shell text, and exports every setting.
load_settings() {
    choose_home
    local file=$HOWDAH_HOME/howdah.conf line key value number=0
    if [ -r "$file" ]; then
        while IFS= read -r line || [ -n "$line" ]; do
            number=$((number + 1))
            line=${line%$'\r'}
            [[ $line =~ ^[[:space:]]*(#|$) ]] && continue
            [[ $line =~ ^[[:space:]]*([A-Z_]+)[[:space:]]*=[[:space:]]*(.*[^[:space:]])?[[:space:]]*$ ]] ||
                fail "$EXIT_SETTING" "Line $number of $file is not of the form KEY=value."
            key=${BASH_REMATCH[1]}
            value=${BASH_REMATCH[2]}
            [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]] && value=${BASH_REMATCH[1]}
            case " ${SETTINGS//$'\n'/ } " in
                *" $key "*) ;;
                *) fail "$EXIT_SETTING" "$file names a setting that does not exist: $key (line $number)." ;;
            esac
            [ -n "${!key:-}" ] || printf -v "$key" '%s' "$value"
        done <"$file"
    fi
    for key in $SETTINGS; do
        [ -n "${!key:-}" ] || printf -v "$key" '%s' "$(default_of "$key")"
        export "${key?}"
    done
    check_settings
}

check_settings() {
    local key first last
    for key in HOWDAH_HTTPS_PORT HOWDAH_HTTP_PORT HOWDAH_METADATA_PORT; do
        [ "$key" = HOWDAH_HTTP_PORT ] && [ -z "$HOWDAH_HTTP_PORT" ] && continue
        is_port "${!key}" || fail "$EXIT_SETTING" "$key must be a port from 1 to 65535, not \"${!key}\"."
    done
    first=${HOWDAH_SERVER_PORTS%%-*}
    last=${HOWDAH_SERVER_PORTS##*-}
    { [[ $HOWDAH_SERVER_PORTS =~ ^[0-9]+-[0-9]+$ ]] && is_port "$first" && is_port "$last" && [ "$first" -lt "$last" ]; } ||
        fail "$EXIT_SETTING" "HOWDAH_SERVER_PORTS must be two ports like 25432-26431, not \"$HOWDAH_SERVER_PORTS\"."
    [[ $HOWDAH_GRACE_DAYS =~ ^[0-9]{1,4}$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_GRACE_DAYS must be a whole number of days, not \"$HOWDAH_GRACE_DAYS\"."
    { [ -z "$HOWDAH_AUDIT_DAYS" ] || [[ $HOWDAH_AUDIT_DAYS =~ ^[1-9][0-9]{1,4}$ && $HOWDAH_AUDIT_DAYS -ge 90 ]]; } ||
        fail "$EXIT_SETTING" "HOWDAH_AUDIT_DAYS must be a whole number of days, at least 90, not \"$HOWDAH_AUDIT_DAYS\"."
    [[ $HOWDAH_LIMITS =~ ^(auto|off)$ ]] || fail "$EXIT_SETTING" "HOWDAH_LIMITS must be auto or off, not \"$HOWDAH_LIMITS\"."
    [[ $HOWDAH_STORAGE_LIMITS =~ ^(auto|off)$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_STORAGE_LIMITS must be auto or off, not \"$HOWDAH_STORAGE_LIMITS\"."
    [[ $HOWDAH_SPARES =~ ^(on|off)$ ]] || fail "$EXIT_SETTING" "HOWDAH_SPARES must be on or off, not \"$HOWDAH_SPARES\"."
    [[ $HOWDAH_BACKGROUND_SHARE =~ ^([1-9][0-9]?|100)$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_BACKGROUND_SHARE must be 1 to 100 (percent), not \"$HOWDAH_BACKGROUND_SHARE\"."
    for key in HOWDAH_PRICE_VCORE_HOUR HOWDAH_PRICE_GIB_HOUR; do
        [[ ${!key} =~ ^([0-9]{1,9}(\.[0-9]{1,6})?)?$ ]] ||
            fail "$EXIT_SETTING" "$key must be an amount such as 0.04, not \"${!key}\"."
    done
    check_listening
    [[ $HOWDAH_PUBLIC_NAME =~ ^[A-Za-z0-9.-]*$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_PUBLIC_NAME must be a host name or an IPv4 address, not \"$HOWDAH_PUBLIC_NAME\"."
    check_messages
    check_remote_settings
    if [ -n "$HOWDAH_TLS_CERTIFICATE$HOWDAH_TLS_KEY" ]; then
        for key in HOWDAH_TLS_CERTIFICATE HOWDAH_TLS_KEY; do
            [ -n "${!key}" ] || fail "$EXIT_SETTING" "An own certificate needs both HOWDAH_TLS_CERTIFICATE and HOWDAH_TLS_KEY; $key is missing."
            [ -r "${!key}" ] || fail "$EXIT_SETTING" "The file that $key names cannot be read: ${!key}"
        done
    fi
}

check_listening() {
    [[ $HOWDAH_LISTEN =~ ^[A-Za-z0-9.:,\ *-]*$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_LISTEN must be addresses separated by commas, or *, not \"$HOWDAH_LISTEN\"."
    if [ -z "$HOWDAH_PORTAL_LISTEN" ]; then
        case $HOWDAH_LISTEN in
            *,*) fail "$EXIT_SETTING" "HOWDAH_LISTEN names several addresses. Say with HOWDAH_PORTAL_LISTEN which one the portal listens on, or * for all." ;;
            '') HOWDAH_PORTAL_LISTEN='*' ;;
            *) HOWDAH_PORTAL_LISTEN=$HOWDAH_LISTEN ;;
        esac
    fi
    [[ $HOWDAH_PORTAL_LISTEN =~ ^(\*|[A-Za-z0-9.:-]+)$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_PORTAL_LISTEN must be one address or *, not \"$HOWDAH_PORTAL_LISTEN\"."
}

# check_messages: what mails and webhooks need.
check_messages() {
    local key networks
    [ -n "$HOWDAH_PUBLIC_ADDRESS" ] || HOWDAH_PUBLIC_ADDRESS=$(portal_address)
    [[ $HOWDAH_PUBLIC_ADDRESS =~ ^https?://[A-Za-z0-9.:-]+|^https?://\[[0-9A-Fa-f:]+\] && $HOWDAH_PUBLIC_ADDRESS != *[[:space:]\"\<\>?#]* ]] ||
        fail "$EXIT_SETTING" "HOWDAH_PUBLIC_ADDRESS must be an address like https://howdah.example.org, not \"$HOWDAH_PUBLIC_ADDRESS\"."
    [[ $HOWDAH_SMTP_HOST =~ ^[A-Za-z0-9.:-]*$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_SMTP_HOST must be a host name or an address, not \"$HOWDAH_SMTP_HOST\"."
    [ -z "$HOWDAH_SMTP_PORT" ] || is_port "$HOWDAH_SMTP_PORT" ||
        fail "$EXIT_SETTING" "HOWDAH_SMTP_PORT must be a port from 1 to 65535, not \"$HOWDAH_SMTP_PORT\"."
    [[ $HOWDAH_SMTP_TLS =~ ^(starttls|tls|none)$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_SMTP_TLS must be starttls, tls or none, not \"$HOWDAH_SMTP_TLS\"."
    [[ $HOWDAH_SMTP_FROM =~ ^([^[:space:]@\<\>]+@[A-Za-z0-9.-]+)?$ ]] ||
        fail "$EXIT_SETTING" "HOWDAH_SMTP_FROM must be a mail address, not \"$HOWDAH_SMTP_FROM\"."
    if [ -n "$HOWDAH_SMTP_HOST" ] && [ -n "$HOWDAH_SMTP_USER" ] && [ -z "$HOWDAH_SMTP_PASSWORD_FILE" ] &&
        [ ! -r "$HOWDAH_HOME/secrets/variables/smtp-password" ]; then
        fail "$EXIT_SETTING" "HOWDAH_SMTP_USER needs a password: name its file with HOWDAH_SMTP_PASSWORD_FILE."
    fi
    for key in HOWDAH_SMTP_PASSWORD_FILE HOWDAH_TRUSTED_CA; do
        [ -z "${!key}" ] || [ -r "${!key}" ] || fail "$EXIT_SETTING" "The file that $key names cannot be read: ${!key}"
    done
    [ -z "$HOWDAH_TRUSTED_CA" ] || openssl x509 -in "$HOWDAH_TRUSTED_CA" -noout 2>/dev/null ||
        fail "$EXIT_SETTING" "$HOWDAH_TRUSTED_CA is not a certificate in PEM form."
    case $HOWDAH_WEBHOOK_PRIVATE in yes | no) return ;; esac
    IFS=', ' read -ra networks <<<"$HOWDAH_WEBHOOK_PRIVATE"
    for key in "${networks[@]}"; do
        is_network "$key" ||
            fail "$EXIT_SETTING" "HOWDAH_WEBHOOK_PRIVATE must be networks separated by commas, or yes; \"$key\" is neither."
    done
}

is_network() {
    [[ $1 =~ ^[0-9]{1,3}(\.[0-9]{1,3}){3}(/([0-9]|[12][0-9]|3[0-2]))?$ ]] && return
    [[ $1 == *:* && $1 =~ ^[0-9A-Fa-f:.]+(/([0-9]{1,2}|1[01][0-9]|12[0-8]))?$ ]]
}

is_port() { [[ $1 =~ ^[1-9][0-9]{0,4}$ ]] && [ "$1" -le 65535 ]; }

# The name a person types into the browser, and the host on which this script itself reaches the portal.
portal_address() { echo "https://${HOWDAH_PUBLIC_NAME:-$(portal_host)}:$HOWDAH_HTTPS_PORT"; }

portal_host() {
    case $HOWDAH_PORTAL_LISTEN in
        '*' | 0.0.0.0 | :: | 127.0.0.1 | localhost) echo localhost ;;
        *:*) echo "[$HOWDAH_PORTAL_LISTEN]" ;;
        *) echo "$HOWDAH_PORTAL_LISTEN" ;;
    esac
}
