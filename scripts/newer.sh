# shellcheck shell=bash
# Programs newer than the machine's own packages, in a folder of their own with all libraries they need: nothing of the
# machine changes. They are packages of a later release of the same distribution, whose signatures apt checks as ever.

readonly NEWER_RELEASE=trixie
readonly NEWER_LIBRARIES="libc6 libgcc-s1 libssh2-1t64 libssl3t64 libxml2 libpq5 liblz4-1 libzstd1 zlib1g libbz2-1.0
liblzma5 libxxhash0 libgssapi-krb5-2 libk5crypto3 libkrb5-3 libkrb5support0 libcom-err2 libldap2 libsasl2-2
libkeyutils1"

# newer_tools: where they lie.
newer_tools() { echo "$HOWDAH_HOME/tools"; }

# bring_newer_pgbackrest: into tools/pgbackrest, whole or not at all.
bring_newer_pgbackrest() {
    local place
    place=$(newer_tools)/pgbackrest
    [ ! -x "$place/bin/pgbackrest" ] || return 0
    install_missing "patchelf:patchelf"
    say "Bringing a newer pgBackRest from Debian's $NEWER_RELEASE into $place ..."
    mkdir -p "$(newer_tools)" && chmod 711 "$(newer_tools)" || exit "$EXIT_HOME"
    (fetch_newer "$place") || fail "$EXIT_PACKAGES" "A newer pgBackRest could not be brought; see $HOWDAH_HOME/log/newer.log." \
        "Install pgBackRest 2.46 or newer, for example from the packages of the PostgreSQL project, and start again."
}

fetch_newer() {
    local place=$1 desk uri
    desk=$(mktemp -d "$(newer_tools)/bringing.XXXXXX") || return
    # shellcheck disable=SC2064
    trap "rm -rf '$desk'" EXIT
    exec >"$HOWDAH_HOME/log/newer.log" 2>&1
    uri=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' | grep -v security | head -n 1)
    [ -n "$uri" ] || { echo "This machine's apt has no packages of Debian." && return 1; }
    mkdir -p "$desk"/{lists/partial,debs/partial,whole/lib,whole/bin,files}
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $NEWER_RELEASE main" >"$desk/sources"
    touch "$desk/status"
    cat >"$desk/apt.conf" <<CONF
Dir::Etc::sourcelist "$desk/sources";
Dir::Etc::sourceparts "-";
Dir::State::lists "$desk/lists";
Dir::State::status "$desk/status";
Dir::Cache::archives "$desk/debs";
Dir::Cache::pkgcache "";
Dir::Cache::srcpkgcache "";
APT::Sandbox::User "$(id -un)";
CONF
    export APT_CONFIG=$desk/apt.conf
    apt-get update || return
    # shellcheck disable=SC2086
    (cd "$desk/debs" && apt-get download pgbackrest $NEWER_LIBRARIES) || return
    for package in "$desk"/debs/*.deb; do dpkg -x "$package" "$desk/files" || return; done
    find "$desk/files" \( -type f -o -type l \) -name '*.so*' -path '*lib/*-linux-gnu/*' ! -path '*/gconv/*' \
        -exec cp -P -t "$desk/whole/lib" {} + || return
    cp "$desk/files/usr/bin/pgbackrest" "$desk/whole/bin/" || return
    patchelf --set-interpreter "$place/lib/$(basename "$(patchelf --print-interpreter "$desk/whole/bin/pgbackrest")")" \
        --force-rpath --set-rpath "$place/lib" "$desk/whole/bin/pgbackrest" || return
    chmod -R u=rwX,go=rX "$desk/whole"
    rm -rf "$place"
    mv "$desk/whole" "$place" || return
    # A program that does not run is worse than none.
    "$place/bin/pgbackrest" version || { rm -rf "$place" && return 1; }
}
