# shellcheck shell=bash
# Debian packages: which are missing, and how they get onto the machine without starting a service.

# package:what shows that it is there, a command or a path.
readonly RUN_NEEDS="postgresql:postgres pgbouncer:pgbouncer pgbackrest:pgbackrest openssl:openssl maven:mvn unzip:unzip
curl:curl ca-certificates:/etc/ssl/certs/ca-certificates.crt procps:ps util-linux:flock iproute2:ip"
# Only root can mount the servers' disks.
readonly ROOT_NEEDS="xfsprogs:mkfs.xfs"
readonly TEST_NEEDS="chromium:chromium faketime:faketime openssh-server:sshd openssh-client:ssh-keygen npm:npm patchelf:patchelf"

# missing_packages <need>...: names the packages whose sign is absent. PostgreSQL counts as present wherever it was found.
missing_packages() {
    local need sign
    # shellcheck disable=SC2048
    for need in $*; do
        sign=${need#*:}
        case $sign in
            postgres) newest_postgres >/dev/null ;;
            /*) [ -e "$sign" ] ;;
            *) PATH=$PATH:/usr/sbin:/sbin command -v "$sign" >/dev/null ;;
        esac || echo "${need%%:*}"
    done
}

# install_missing <need>...: brings the packages, or names the one line that would, and ends.
install_missing() {
    local missing needs=$*
    if am_root; then needs="$needs $ROOT_NEEDS"; fi
    missing=$(echo "$(missing_packages "$needs") ${JDK_PACKAGE:-}" | xargs)
    if [ -z "$missing" ]; then
        restore_policy
        return 0
    fi
    command -v apt-get >/dev/null ||
        fail "$EXIT_PACKAGES" "These packages are missing, and this machine has no apt to bring them: $missing"
    am_root || fail "$EXIT_PACKAGES" "Some packages are missing. As root, run this line, then start again:" \
        "  apt-get update && apt-get install --no-install-recommends $missing"
    say "Installing $missing ..."
    (install_quietly "$missing") || exit "$EXIT_PACKAGES"
}

# Runs in a subshell so that its traps are its own. While it runs no service may start (policy-rc.d), and PostgreSQL's
# package makes no cluster of its own; both are put back as they were, whatever happens.
install_quietly() {
    local log
    log=$(mktemp /tmp/howdah-install.XXXXXX)
    trap 'restore_policy; allow_cluster' EXIT
    trap 'exit 130' INT TERM HUP
    forbid_services
    case " $1 " in *" postgresql "*) forbid_cluster ;; esac
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    if ! apt-get install -y --no-install-recommends $1 >"$log" 2>&1; then
        say "Refreshing the package lists ..."
        if ! { apt-get update && apt-get install -y --no-install-recommends $1; } >>"$log" 2>&1; then
            tail -n 5 "$log" >&2
            complain "apt could not install: $1. The whole log: $log"
            return 1
        fi
    fi
    rm -f "$log"
}

readonly POLICY=/usr/sbin/policy-rc.d

forbid_services() {
    if [ -e "$POLICY" ] && ! is_our_policy; then mv -f "$POLICY" "$POLICY.before-howdah"; fi
    printf '#!/bin/sh\n# Written by howdah for the time of one installation.\nexit 101\n' >"$POLICY"
    chmod 755 "$POLICY"
}

is_our_policy() { grep -q 'Written by howdah' "$POLICY" 2>/dev/null; }

# Also repairs what an installation that was killed has left behind.
restore_policy() {
    am_root && is_our_policy || return 0
    if [ -e "$POLICY.before-howdah" ]; then
        mv -f "$POLICY.before-howdah" "$POLICY"
    else
        rm -f "$POLICY"
    fi
}

readonly CLUSTER_POLICY=/etc/postgresql-common/createcluster.d/howdah.conf

forbid_cluster() {
    mkdir -p "$(dirname "$CLUSTER_POLICY")"
    echo 'create_main_cluster = false' >"$CLUSTER_POLICY"
}

allow_cluster() {
    rm -f "$CLUSTER_POLICY"
    rmdir --ignore-fail-on-non-empty "$(dirname "$CLUSTER_POLICY")" 2>/dev/null || true
}
