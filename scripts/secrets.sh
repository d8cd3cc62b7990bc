# shellcheck shell=bash
# Folders and secrets of a home. Every secret is made once, lies in a file that only its user reads, and never stands on
# a command line.

# prepare_home: makes what is missing of $HOWDAH_HOME; run again it changes nothing.
prepare_home() {
    local new=
    [ -e "$HOWDAH_HOME/version" ] || new=yes
    [ -z "$new" ] || say "Preparing the data folder $HOWDAH_HOME ..."
    prepare_folders
    mkdir -p "$HOWDAH_HOME/secrets" && chmod 700 "$HOWDAH_HOME/secrets" || exit "$EXIT_HOME"
    [ -e "$HOWDAH_HOME/howdah.conf" ] || settings_template >"$HOWDAH_HOME/howdah.conf"
    lock_home
    make_service_user
    make_secret master.key openssl rand -base64 32
    make_secret backup.key openssl rand -base64 32
    make_secret metadata-password openssl rand -hex 24
    make_secret metadata-owner-password openssl rand -hex 24
    make_secret portal-keystore-password openssl rand -hex 24
    make_secret audit.key openssl genpkey -algorithm ed25519
    make_secret audit.pub openssl pkey -in "$HOWDAH_HOME/secrets/audit.key" -pubout
    make_ca
    make_portal_keystore
    offer_secrets_to_liberty
    write_remote_place
    # Last: a home that has a version is whole.
    [ -z "$new" ] || echo "$DATA_VERSION" >"$HOWDAH_HOME/version"
}

prepare_folders() {
    mkdir -p "$HOWDAH_HOME"/{servers,backups,repositories,log,run} || exit "$EXIT_HOME"
    # Service users walk through these to their own folders there, and read nothing else.
    chmod 711 "$HOWDAH_HOME"/{log,backups,repositories} || exit "$EXIT_HOME"
}

lock_home() {
    [ ! /proc/self/fd/9 -ef "$HOWDAH_HOME" ] || return 0
    exec 9<"$HOWDAH_HOME"
    flock --nonblock 9 || fail "$EXIT_ALREADY_RUNNING" "Another \"howdah run\" is just starting with the data in $HOWDAH_HOME."
}

make_service_user() {
    am_root || return 0
    if ! getent passwd howdah >/dev/null; then
        say "Making the system user howdah ..."
        useradd --system --user-group --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin howdah ||
            exit "$EXIT_HOME"
    fi
}

# in_place <file> <mode>: standard input becomes the file, whole or not at all.
in_place() {
    local temporary
    temporary=$(mktemp "$1.XXXXXX") && cat >"$temporary" && chmod "$2" "$temporary" && mv -f "$temporary" "$1"
}

make_secret() {
    local file=$HOWDAH_HOME/secrets/$1
    shift
    [ -s "$file" ] || "$@" | in_place "$file" 600 || fail "$EXIT_HOME" "The secret $file could not be made."
}

make_ca() {
    local secrets=$HOWDAH_HOME/secrets work host
    [ -s "$HOWDAH_HOME/ca.crt" ] && [ -s "$secrets/ca.key" ] && return
    say "Making the installation's own certificate authority ..."
    work=$(mktemp -d "$secrets/ca.XXXXXX")
    host=$(uname -n)
    cat >"$work/ca.conf" <<CONF
[req]
prompt = no
distinguished_name = name
x509_extensions = ca
[name]
CN = Howdah CA ${host:0:50}
[ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
CONF
    openssl req -x509 -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -days 3650 \
        -config "$work/ca.conf" -keyout "$work/ca.key" -out "$work/ca.crt" 2>"$work/openssl.log" ||
        fail "$EXIT_HOME" "The certificate authority could not be made:" "$(cat "$work/openssl.log")"
    in_place "$secrets/ca.key" 600 <"$work/ca.key"
    in_place "$HOWDAH_HOME/ca.crt" 644 <"$work/ca.crt"
    rm -rf "$work"
}

# portal_names: the subject alternative names, one a line, in a stable order.
portal_names() {
    local address
    {
        printf 'DNS:localhost\nIP:127.0.0.1\nIP:::1\nDNS:%s\n' "$(uname -n)"
        ip -o address show scope global 2>/dev/null | awk '{ split($4, a, "/"); print a[1] }' | while read -r address; do
            echo "IP:$address"
        done
        case $HOWDAH_PUBLIC_NAME in
            '') ;;
            *[!0-9.]*) echo "DNS:$HOWDAH_PUBLIC_NAME" ;;
            *) echo "IP:$HOWDAH_PUBLIC_NAME" ;;
        esac
    } | LC_ALL=C sort -u
}

# make_portal_keystore: secrets/portal.p12, from the own certificate if one is set, else issued by the CA and renewed
# when the names changed or fewer than 30 days are left.
make_portal_keystore() {
    local secrets=$HOWDAH_HOME/secrets
    if [ -n "$HOWDAH_TLS_CERTIFICATE" ]; then
        check_own_certificate
        write_keystore "$HOWDAH_TLS_CERTIFICATE" "$HOWDAH_TLS_KEY"
        rm -f "$secrets/portal.crt"
        return
    fi
    if [ -s "$secrets/portal.p12" ] && [ "$(portal_names)" = "$(cat "$secrets/portal.names" 2>/dev/null)" ] &&
        openssl x509 -in "$secrets/portal.crt" -noout -checkend $((30 * 86400)) >/dev/null 2>&1 &&
        openssl verify -CAfile "$HOWDAH_HOME/ca.crt" "$secrets/portal.crt" >/dev/null 2>&1; then
        return
    fi
    issue_portal_certificate
}

issue_portal_certificate() {
    local secrets=$HOWDAH_HOME/secrets work host
    say "Issuing the portal's certificate ..."
    work=$(mktemp -d "$secrets/portal.XXXXXX")
    host=$(uname -n)
    cat >"$work/portal.conf" <<CONF
[req]
prompt = no
distinguished_name = name
[name]
CN = ${host:0:63}
[portal]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = $(portal_names | paste -sd ,)
CONF
    {
        openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 -config "$work/portal.conf" \
            -keyout "$work/portal.key" -out "$work/portal.csr" &&
            openssl x509 -req -sha256 -days 397 -in "$work/portal.csr" -CA "$HOWDAH_HOME/ca.crt" -CAkey "$secrets/ca.key" \
                -set_serial "0x$(openssl rand -hex 16)" -extfile "$work/portal.conf" -extensions portal -out "$work/portal.crt"
    } 2>"$work/openssl.log" || fail "$EXIT_HOME" "The portal's certificate could not be issued:" "$(cat "$work/openssl.log")"
    cat "$work/portal.crt" "$HOWDAH_HOME/ca.crt" >"$work/chain.crt"
    write_keystore "$work/chain.crt" "$work/portal.key"
    in_place "$secrets/portal.crt" 644 <"$work/portal.crt"
    portal_names | in_place "$secrets/portal.names" 600
    rm -rf "$work"
}

# write_keystore <chain> <key>: PKCS#12; its password travels in a file.
write_keystore() {
    local secrets=$HOWDAH_HOME/secrets
    openssl pkcs12 -export -name portal -in "$1" -inkey "$2" -passin pass: \
        -passout "file:$secrets/portal-keystore-password" 2>/dev/null | in_place "$secrets/portal.p12" 600 ||
        fail "$EXIT_SETTING" "The certificate $1 and its key could not be put into a key store."
}

check_own_certificate() {
    local theirs ours
    theirs=$(openssl x509 -in "$HOWDAH_TLS_CERTIFICATE" -noout -pubkey 2>/dev/null) ||
        fail "$EXIT_SETTING" "$HOWDAH_TLS_CERTIFICATE is not a certificate in PEM form."
    ours=$(openssl pkey -in "$HOWDAH_TLS_KEY" -passin pass: -pubout 2>/dev/null) ||
        fail "$EXIT_SETTING" "$HOWDAH_TLS_KEY is not a key in PEM form without a password."
    [ "$theirs" = "$ours" ] ||
        fail "$EXIT_SETTING" "The key $HOWDAH_TLS_KEY does not belong to the certificate $HOWDAH_TLS_CERTIFICATE."
    openssl x509 -in "$HOWDAH_TLS_CERTIFICATE" -noout -checkend 0 >/dev/null ||
        fail "$EXIT_SETTING" "The certificate $HOWDAH_TLS_CERTIFICATE has expired."
}

# Open Liberty reads each file of this folder as a variable named like the file (VARIABLE_SOURCE_DIRS).
offer_secrets_to_liberty() {
    local name
    mkdir -p "$HOWDAH_HOME/secrets/variables"
    for name in metadata-password metadata-owner-password portal-keystore-password; do
        ln -sfn "../$name" "$HOWDAH_HOME/secrets/variables/$name"
    done
}
