# shellcheck shell=bash
# The JDK, and the build: Maven makes the WAR and puts it into Open Liberty under target/, only when sources changed.

readonly BUILT=$HOWDAH_ROOT/target/howdah.stamp
readonly WLP=$HOWDAH_ROOT/target/liberty/wlp
readonly BUILT_SERVER=$WLP/usr/servers/howdah

# java_version <home>: the major version, nothing when there is no JDK (a JRE cannot build).
java_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 1
    local line
    line=$(grep -m 1 '^JAVA_VERSION=' "$1/release" 2>/dev/null) || line=$("$1/bin/java" -version 2>&1 | head -n 1)
    [[ $line =~ \"([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

# find_jdk: sets JAVA_HOME. A JDK named in HOWDAH_JAVA_HOME is taken as it is; of all others 25 is preferred, then the
# newest from 21 on. When apt has one and this is root, JDK_PACKAGE names it instead and JAVA_HOME stays empty.
find_jdk() {
    local home version rank best=0 chosen=
    if [ -n "${HOWDAH_JAVA_HOME:-}" ]; then
        version=$(java_version "$HOWDAH_JAVA_HOME") && [ "$version" -ge 21 ] ||
            fail "$EXIT_NO_JDK" "HOWDAH_JAVA_HOME is $HOWDAH_JAVA_HOME, but no JDK 21 or newer lies there."
        use_jdk "$HOWDAH_JAVA_HOME"
        return
    fi
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "$(java_on_path)"; do
        version=$(java_version "$home") && [ "$version" -ge 21 ] || continue
        rank=$version
        [ "$version" -ne 25 ] || rank=1000
        if [ "$rank" -gt "$best" ]; then
            best=$rank
            chosen=$home
        fi
    done
    if [ -n "$chosen" ]; then
        use_jdk "$chosen"
        return
    fi
    for version in 25 21; do
        if am_root && apt-cache policy "openjdk-$version-jdk-headless" 2>/dev/null | grep -q 'Candidate: [0-9]'; then
            JDK_PACKAGE=openjdk-$version-jdk-headless
            return
        fi
    done
    fail "$EXIT_NO_JDK" "Howdah needs a JDK 21 or newer (25 is best) and found none. Unpack one, for example Temurin 25, under /opt or /usr/lib/jvm, or set HOWDAH_JAVA_HOME to where it lies."
}

java_on_path() {
    local java
    java=$(command -v javac) && dirname -- "$(dirname -- "$(readlink -f -- "$java")")"
}

use_jdk() {
    export JAVA_HOME=$1
    JDK_PACKAGE=
}

# maven <what it does> <arguments...>: quiet; the whole output goes to a log that is named when it fails.
maven() {
    local what=$1 log began=$SECONDS
    shift
    mkdir -p "$HOWDAH_ROOT/target"
    log=$HOWDAH_ROOT/target/maven-${what%% *}.log
    printf '%s ... ' "${what^}"
    if (cd "$HOWDAH_ROOT" && mvn --batch-mode --no-transfer-progress "$@") >"$log" 2>&1 </dev/null 9>&-; then
        say "done in $((SECONDS - began)) s"
    else
        say "failed"
        grep -m 25 '^\[ERROR\] .' "$log" | grep -vE 'Help 1|re-run Maven|Re-run Maven|For more information' | head -n 15 >&2
        complain "The whole log: $log"
        return 1
    fi
}

sources_hash() {
    cd "$HOWDAH_ROOT" || return
    find pom.xml src/main frontend liberty-config -type f -not -path 'frontend/generated/*' \
        -not -path frontend/index.html -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

is_built() { [ -d "$BUILT_SERVER/apps/howdah.war/WEB-INF" ] && [ "$(sources_hash)" = "$(cat "$BUILT" 2>/dev/null)" ]; }

# build: leaves the server with the unpacked application in target/liberty. Two homes on one checkout build one after
# the other, by a lock on pom.xml.
build() {
    is_built && return
    (
        exec 8<"$HOWDAH_ROOT/pom.xml"
        flock 8
        is_built && exit
        rm -f "$BUILT"
        maven "building Howdah" -Pproduction -Dmaven.test.skip=true package liberty:create liberty:deploy 8>&- || exit "$EXIT_BUILD"
        unpack_application || fail "$EXIT_BUILD" "$HOWDAH_ROOT/target/howdah.war could not be unpacked."
        sources_hash >"$BUILT"
    ) || exit "$EXIT_BUILD"
}

# Unpacked once here, and not by every server that starts: a read-only checkout then serves many homes and users.
# Passwords that the plugin makes up for the server are not used; the product's own lie in each home.
unpack_application() {
    local apps=$BUILT_SERVER/apps
    rm -rf "$apps" "$BUILT_SERVER/server.env" && mkdir -p "$apps" &&
        unzip -q "$HOWDAH_ROOT/target/howdah.war" -d "$apps/howdah.war" && chmod -R go+rX "$WLP"
}
