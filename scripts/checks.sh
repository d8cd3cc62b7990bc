# shellcheck shell=bash
# What must hold before anything is changed.

readonly GIB_IN_KIB=1048576

check_before_change() {
    check_data_version
    check_home_is_usable
    check_not_running
    check_disk
    check_ports
    check_can_build
    # Where openssl is yet to be installed, making the key store checks the same.
    if [ -n "$HOWDAH_TLS_CERTIFICATE" ] && command -v openssl >/dev/null; then check_own_certificate; fi
}

check_data_version() {
    local found
    [ -e "$HOWDAH_HOME/version" ] || return 0
    read -r found <"$HOWDAH_HOME/version" || true
    [[ ${found:-} =~ ^[0-9]+$ ]] ||
        fail "$EXIT_NEWER_DATA" "$HOWDAH_HOME/version holds \"${found:-}\" instead of a number; this does not look like a data folder of Howdah."
    [ "$found" -le "$DATA_VERSION" ] ||
        fail "$EXIT_NEWER_DATA" "The data in $HOWDAH_HOME were written by a newer Howdah (layout $found; this one knows $DATA_VERSION). Use the newer version, or another HOWDAH_HOME."
}

nearest_existing() {
    local path=$1
    until [ -e "$path" ]; do path=$(dirname -- "$path"); done
    echo "$path"
}

check_home_is_usable() {
    local existing path
    existing=$(nearest_existing "$HOWDAH_HOME")
    [ -d "$existing" ] || fail "$EXIT_HOME" "$existing is not a folder, so the data cannot lie in $HOWDAH_HOME. Set HOWDAH_HOME to another place."
    { [ -w "$existing" ] && [ -x "$existing" ]; } ||
        fail "$EXIT_HOME" "$(id -un) may not write to $existing, so the data cannot lie in $HOWDAH_HOME. Set HOWDAH_HOME to another place."
    if [ "$existing" = "$HOWDAH_HOME" ] && [ "$(stat -c %u "$HOWDAH_HOME")" != "$(id -u)" ]; then
        fail "$EXIT_HOME" "$HOWDAH_HOME belongs to $(stat -c %U "$HOWDAH_HOME"), and this is $(id -un). Start Howdah as the user it was started by first."
    fi
    am_root || return 0
    # PostgreSQL refuses to run as root; its unprivileged user must be able to walk down to its folder.
    path=$existing
    while [ "$path" != / ]; do
        [ $((0$(stat -c %a "$path") & 1)) -eq 1 ] ||
            fail "$EXIT_HOME" "Other users may not enter $path, but PostgreSQL, which never runs as root, has to reach $HOWDAH_HOME. Choose another HOWDAH_HOME, or: chmod o+x $path"
        path=$(dirname -- "$path")
    done
}

# The lock is on the folder itself, so that looking leaves no trace. Open Liberty inherits it: a portal that lost this
# script still holds it.
check_not_running() {
    [ -d "$HOWDAH_HOME" ] || return 0
    exec 9<"$HOWDAH_HOME"
    flock --nonblock 9 && return 0
    if alive "$HOWDAH_HOME/run/portal.pid" >/dev/null; then
        fail "$EXIT_ALREADY_RUNNING" "Howdah is already running at $(running_address)" "Its data: $HOWDAH_HOME. To stop it: ./howdah down"
    fi
    fail "$EXIT_ALREADY_RUNNING" "Another \"howdah run\" is just starting with the data in $HOWDAH_HOME."
}

running_address() {
    cat "$HOWDAH_HOME/run/portal.address" 2>/dev/null || portal_address
}

# The first start needs room for the metadata server and its WAL; later ones must stay possible on a disk that has filled up.
check_disk() {
    local needed=$GIB_IN_KIB free existing words="1 GiB"
    if [ -e "$HOWDAH_HOME/version" ]; then
        needed=$((GIB_IN_KIB / 4))
        words="256 MiB"
    fi
    existing=$(nearest_existing "$HOWDAH_HOME")
    free=$(free_kib "$existing")
    [ "$free" -ge "$needed" ] ||
        fail "$EXIT_DISK" "The disk under $existing is too full: $((free / 1024)) MiB are free and Howdah needs $words to start. Make room, or set HOWDAH_HOME to another disk."
    if [ ! -d "$HOWDAH_ROOT/target/liberty/wlp" ]; then
        free=$(free_kib "$HOWDAH_ROOT")
        [ "$free" -ge $((2 * GIB_IN_KIB)) ] ||
            fail "$EXIT_DISK" "The disk under $HOWDAH_ROOT is too full to build: $((free / 1024)) MiB are free and 2 GiB are needed."
    fi
}

check_can_build() {
    [ -w "$HOWDAH_ROOT" ] && { [ ! -e "$HOWDAH_ROOT/target" ] || [ -w "$HOWDAH_ROOT/target" ]; } && return
    is_built || fail "$EXIT_BUILD" "$HOWDAH_ROOT has to be built, but $(id -un) may not write there. Let its owner start Howdah once, or use a clone of your own."
}

free_kib() { df -Pk -- "$1" | awk 'NR == 2 { print $4 }'; }

check_ports() {
    check_port "$HOWDAH_HTTPS_PORT" HOWDAH_HTTPS_PORT
    [ -z "$HOWDAH_HTTP_PORT" ] || check_port "$HOWDAH_HTTP_PORT" HOWDAH_HTTP_PORT
    metadata_pid >/dev/null || check_port "$HOWDAH_METADATA_PORT" HOWDAH_METADATA_PORT
}

check_port() {
    local owner
    port_in_use "$1" || return 0
    owner=$(port_owner "$1")
    fail "$EXIT_PORT" "Port $1 is in use${owner:+ by $owner}. Stop that, or choose another port: $2=… in $HOWDAH_HOME/howdah.conf or in the environment."
}

# listening_inodes <port>: socket inodes that listen on the TCP port, any address.
listening_inodes() {
    awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10 }' \
        /proc/net/tcp /proc/net/tcp6 2>/dev/null
}

port_in_use() { [ -n "$(listening_inodes "$1")" ]; }

# port_owner <port>: "postgres (process 123)" when this user may see it, else nothing.
port_owner() {
    local inode found pid
    for inode in $(listening_inodes "$1"); do
        found=$(find /proc/[0-9]*/fd -maxdepth 1 -lname "socket:\[$inode\]" -print -quit 2>/dev/null)
        [ -n "$found" ] || continue
        pid=${found#/proc/}
        pid=${pid%%/*}
        echo "$(cat "/proc/$pid/comm") (process $pid)"
        return
    done
}
