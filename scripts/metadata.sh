# shellcheck shell=bash
# The control plane's own PostgreSQL. It outlives the portal and is stopped only by "down".

# postgres_tools: the bin folders of every PostgreSQL on this machine, one a line.
postgres_tools() {
    local bin root roots
    IFS=,: read -r -a roots <<<"${HOWDAH_TOOL_ROOTS:-}"
    for bin in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin; do echo "$bin"; done
    for root in "${roots[@]}"; do printf '%s\n' "$root"/bin "$root"/*/bin; done
}

# newest_postgres: the bin folder of the newest installed major.
newest_postgres() {
    local bin major best=0 chosen=
    for bin in $(postgres_tools); do
        [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] || continue
        major=$(postgres_major "$bin")
        if [ "$major" -gt "$best" ]; then
            best=$major
            chosen=$bin
        fi
    done
    [ -n "$chosen" ] && echo "$chosen"
}

postgres_major() { "$1/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/'; }

# metadata_tools: the bin folder for this cluster, which keeps the major it was made with.
metadata_tools() {
    local wanted bin
    if [ ! -s "$HOWDAH_HOME/metadata/PG_VERSION" ]; then
        newest_postgres
        return
    fi
    wanted=$(cat "$HOWDAH_HOME/metadata/PG_VERSION")
    for bin in $(postgres_tools); do
        [ -x "$bin/postgres" ] && [ "$(postgres_major "$bin")" = "$wanted" ] && echo "$bin" && return
    done
    complain "The metadata in $HOWDAH_HOME/metadata need PostgreSQL $wanted, which is not installed. Bring back its package, postgresql-$wanted."
    return 1
}

# as_service_user <command...>: PostgreSQL never runs as root. The lock of the home stays behind.
as_service_user() {
    if am_root; then
        (cd / && exec runuser -u howdah -- "$@" 9>&-)
    else
        (cd / && exec "$@" 9>&-)
    fi
}

service_user() { if am_root; then echo howdah; else id -un; fi; }

# metadata_pid: the postmaster of this home, when it runs.
metadata_pid() {
    local pid
    { read -r pid <"$HOWDAH_HOME/metadata/postmaster.pid"; } 2>/dev/null || return 1
    [ "$(readlink "/proc/$pid/cwd" 2>/dev/null)" = "$(realpath -m "$HOWDAH_HOME/metadata")" ] && echo "$pid"
}

start_metadata() {
    local bin pid archived=
    bin=$(metadata_tools) || exit "$EXIT_METADATA"
    make_metadata_cluster "$bin"
    ! grep -qs '^archive_mode = on' "$HOWDAH_HOME/metadata/howdah.conf" || archived=yes
    write_metadata_settings
    separate_metadata_owner "$bin"
    if pid=$(metadata_pid) && [ -z "$archived" ] && grep -q '^archive_mode = on' "$HOWDAH_HOME/metadata/howdah.conf"; then
        say "Restarting the metadata server, so that it is backed up ..."
        stop_metadata
    elif pid=$(metadata_pid); then
        [ "$(sed -n 4p "$HOWDAH_HOME/metadata/postmaster.pid")" = "$HOWDAH_METADATA_PORT" ] && return
        say "Moving the metadata server to port $HOWDAH_METADATA_PORT ..."
        stop_metadata
    fi
    say "Starting the metadata server (PostgreSQL $(postgres_major "$bin"), 127.0.0.1:$HOWDAH_METADATA_PORT) ..."
    # A postmaster that was killed a moment ago may still be seen, and a new one would not start beside it.
    wait_until 5 launch_metadata "$bin" || fail "$EXIT_METADATA" "The metadata server did not start. Its newest log lines:" \
        "$(tail -n 8 "$HOWDAH_HOME/log/metadata/start.log" 2>/dev/null)" "The whole log: $HOWDAH_HOME/log/metadata"
}

# prepare_and_start_metadata: a home with its secrets and the metadata server, without a portal.
prepare_and_start_metadata() {
    load_settings
    find_jdk
    prepare_home
    start_metadata
}

launch_metadata() {
    as_service_user setsid "$1/pg_ctl" start -s -w -t 60 -D "$HOWDAH_HOME/metadata" -l "$HOWDAH_HOME/log/metadata/start.log" \
        </dev/null >/dev/null 2>&1
}

# Made beside its place and moved there when it is whole, so that a start that was cut short begins again.
make_metadata_cluster() {
    local bin=$1 place=$HOWDAH_HOME/metadata making=$HOWDAH_HOME/run/metadata-being-made
    [ ! -s "$place/PG_VERSION" ] || return 0
    say "Making the metadata server ..."
    rm -rf "$making"
    install -d -m 700 -o "$(service_user)" "$making"
    install -d -m 750 -o "$(service_user)" "$HOWDAH_HOME/log/metadata"
    {
        as_service_user "$bin/initdb" --data-checksums -U postgres --auth-local=peer --auth-host=scram-sha-256 \
            -E UTF8 --locale=C.UTF-8 -D "$making" &&
            metadata_access_rules | as_service_user tee "$making/pg_hba.conf" &&
            metadata_user_map | as_service_user tee "$making/pg_ident.conf" &&
            metadata_roles | as_service_user "$bin/postgres" --single -D "$making" postgres &&
            echo "include 'howdah.conf'" | as_service_user tee -a "$making/postgresql.conf"
    } >"$HOWDAH_HOME/log/metadata-making.log" 2>&1 ||
        fail "$EXIT_METADATA" "The metadata server could not be made. See $HOWDAH_HOME/log/metadata-making.log"
    mv -T "$making" "$place" || exit "$EXIT_METADATA"
}

metadata_access_rules() {
    cat <<'HBA'
# type  database  user      address        method
local   all       postgres                 peer map=howdah
host    howdah    howdah,howdah_owner 127.0.0.1/32 scram-sha-256
HBA
}

# The operating system's user that the server runs as, and root, are its superuser; there is no password for that role.
metadata_user_map() { printf 'howdah %s postgres\nhowdah root postgres\n' "$(service_user)"; }

# One statement a line, as single-user mode wants; the password goes in by standard input.
metadata_roles() {
    echo "SET log_statement = 'none'"
    echo "CREATE ROLE howdah LOGIN PASSWORD '$(cat "$HOWDAH_HOME/secrets/metadata-password")'"
    echo "CREATE DATABASE howdah"
    echo "REVOKE ALL ON DATABASE howdah FROM PUBLIC"
}

# separate_metadata_owner <bin>: the tables belong to a role that only migrations use, so that the portal's own can be kept
# from changing the audit log. The mark lies among the data and goes with them into their backups. What is still being
# restored is left to the next start.
separate_metadata_owner() {
    local data=$HOWDAH_HOME/metadata log=$HOWDAH_HOME/log/metadata-making.log
    [ ! -e "$data/howdah.roles" ] && [ ! -e "$data/recovery.signal" ] || return 0
    if metadata_pid >/dev/null; then
        say "Restarting the metadata server, so that its tables get an owner of their own ..."
        stop_metadata
    fi
    {
        metadata_access_rules | as_service_user tee "$data/pg_hba.conf" &&
            metadata_privileges | as_service_user "$1/postgres" --single -j -D "$data" howdah
    } >"$log" 2>&1 && ! grep -qE 'ERROR|FATAL|PANIC' "$log" ||
        fail "$EXIT_METADATA" "The metadata's tables could not be given to their owner. See $log"
    as_service_user touch "$data/howdah.roles"
}

# Statements as single-user mode wants them with -j; they can be run again.
metadata_privileges() {
    local statement
    for statement in "SET log_statement = 'none'" \
        "DO \$\$BEGIN CREATE ROLE howdah_owner; EXCEPTION WHEN duplicate_object THEN NULL; END\$\$" \
        "ALTER ROLE howdah_owner LOGIN PASSWORD '$(cat "$HOWDAH_HOME/secrets/metadata-owner-password")'" \
        "REASSIGN OWNED BY howdah TO howdah_owner" \
        "ALTER DATABASE howdah OWNER TO howdah_owner" \
        "ALTER SCHEMA public OWNER TO howdah_owner" \
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC" \
        "GRANT CONNECT ON DATABASE howdah TO howdah" \
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO howdah" \
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO howdah" \
        "ALTER DEFAULT PRIVILEGES FOR ROLE howdah_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO howdah" \
        "ALTER DEFAULT PRIVILEGES FOR ROLE howdah_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO howdah"; do
        printf '%s;\n\n' "$statement"
    done
}

write_metadata_settings() {
    local socket=$HOWDAH_HOME/run/metadata
    install -d -m 755 -o "$(service_user)" "$socket"
    install -d -m 750 -o "$(service_user)" "$HOWDAH_HOME/log/metadata"
    # A socket's address holds 107 bytes; a deeper home does without.
    [ ${#socket} -le 80 ] || socket=
    write_metadata_repository || complain "The metadata are not backed up: their repository could not be made."
    as_service_user tee "$HOWDAH_HOME/metadata/howdah.conf" >/dev/null <<CONF
# Written by howdah at every start.
listen_addresses = '127.0.0.1'
port = $HOWDAH_METADATA_PORT
unix_socket_directories = '$socket'
password_encryption = 'scram-sha-256'
max_connections = 60
shared_buffers = '128MB'
max_wal_size = '512MB'
# A portal that is cut off in the middle of a transaction must not hold its locks against the others.
idle_in_transaction_session_timeout = '15s'
tcp_keepalives_idle = 10
tcp_keepalives_interval = 5
tcp_keepalives_count = 3
logging_collector = on
log_directory = '$HOWDAH_HOME/log/metadata'
log_filename = 'postgresql-%a.log'
log_rotation_age = '1d'
log_rotation_size = 0
log_truncate_on_rotation = on
log_line_prefix = '%m [%p] %q%u@%d '
$(metadata_archiving "$socket")
CONF
}

# keep_metadata: called every second while the portal runs. What a killed postmaster leaves behind is gone within a moment.
keep_metadata() {
    local bin
    metadata_pid >/dev/null && return
    bin=$(metadata_tools) || return
    log_line "The metadata server is gone; starting it again."
    if wait_until 5 launch_metadata "$bin"; then
        log_line "The metadata server runs again."
    else
        log_line "The metadata server did not start; trying again. See $HOWDAH_HOME/log/metadata"
    fi
}

stop_metadata() {
    local pid bin
    pid=$(metadata_pid) || return 0
    bin=$(dirname -- "$(readlink -f "/proc/$pid/exe")")
    [ -x "$bin/pg_ctl" ] || bin=$(metadata_tools) || return 1
    as_service_user "$bin/pg_ctl" stop -s -m fast -w -t 60 -D "$HOWDAH_HOME/metadata"
}
