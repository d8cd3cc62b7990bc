# shellcheck shell=bash
# test and bench: a throw-away home with ports of its own, then Maven, then the count.

# run_tests [unit|it|st] [maven options]
run_tests() {
    local kinds="unit it st" kind options=() code=0 COMPILE_TESTS=test-compile
    case ${1:-} in
        unit | it | st)
            kinds=$1
            shift
            ;;
    esac
    for kind in "$@"; do
        case $kind in
            -Dtest=*) kinds=unit ;;
            -Dit.test=*ST*) kinds=st ;;
            -Dit.test=*) kinds=it ;;
            -*) ;;
            *) fail "$EXIT_USAGE" "\"howdah test\" does not know \"$kind\". It takes unit, it or st, and options for Maven." ;;
        esac
        options+=("$kind")
    done
    prepare_tests
    rm -rf "$HOWDAH_ROOT"/target/{surefire,failsafe}-reports
    maven "formatting check" spotless:check || code=1
    [ "$kinds" != "unit it st" ] || kinds="unit both"
    for kind in $kinds; do
        case $kind in
            both) side_by_side "${options[@]}" || code=1 ;;
            unit)
                if maven "unit tests" -Pproduction test -Dsurefire.failIfNoSpecifiedTests=false "${options[@]}"; then
                    # They are compiled now, and looking whether they are takes a while.
                    COMPILE_TESTS=
                else
                    code=1
                fi
                ;;
            it)
                prepare_container
                container_tests "${options[@]}" || code=1
                ;;
            st)
                build
                offer_object_store || code=1
                offer_azure_store || code=1
                offer_openid_provider || code=1
                in_failsafe "system tests" whole-system "${options[@]}" || code=1
                ;;
        esac
    done
    count_tests || code=1
    exit "$code"
}

prepare_tests() {
    local name
    for name in $SETTINGS HOWDAH_HOME; do unset "$name"; done
    find_jdk
    install_missing "$RUN_NEEDS $TEST_NEEDS"
    [ -n "${JAVA_HOME:-}" ] || find_jdk
    # Servers under test run as users of their own, who must be able to enter.
    HOWDAH_TEST_DIR=$(mktemp -d "${TMPDIR:-/tmp}/howdah-test.XXXXXX")
    chmod 755 "$HOWDAH_TEST_DIR"
    trap clean_tests EXIT
    trap 'exit 130' INT TERM HUP
    export HOWDAH_TEST_DIR HOWDAH_HOME=$HOWDAH_TEST_DIR/it HOWDAH_LISTEN=127.0.0.1 PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
    # Their backups give way to nobody: the tests of one process would wait for those of the other.
    export HOWDAH_BACKGROUND_SHARE=100
    choose_test_ports
    # Users that servers of this run leave behind are known by their names.
    export HOWDAH_USER_PREFIX=howdah-t$HOWDAH_HTTPS_PORT-
    load_settings
}

choose_test_ports() {
    local base port
    while :; do
        base=$(((15000 + RANDOM % 16000) / 20 * 20))
        for ((port = base; port < base + 204; port++)); do port_in_use "$port" && continue 2; done
        break
    done
    # The tests themselves look for free ports in blocks of twenty, and shall pass these over; see TestPlace.
    mkdir "$HOWDAH_TEST_DIR/ports"
    for ((port = base; port < base + 204; port += 20)); do : >"$HOWDAH_TEST_DIR/ports/$((port / 20))"; done
    export HOWDAH_HTTPS_PORT=$base HOWDAH_HTTP_PORT=$((base + 1)) HOWDAH_METADATA_PORT=$((base + 2)) \
        HOWDAH_SERVER_PORTS=$((base + 4))-$((base + 203))
    # Mail goes to a server of the tests, webhooks to this machine.
    export HOWDAH_SMTP_HOST=127.0.0.1 HOWDAH_SMTP_PORT=$((base + 3)) HOWDAH_SMTP_TLS=none \
        HOWDAH_SMTP_FROM=howdah@example.org HOWDAH_WEBHOOK_PRIVATE=127.0.0.1/32
}

# The server of the container tests: the product's own configuration and libraries, without its application, which each
# test brings, and with what src/test/liberty adds.
prepare_container() {
    # A name of its own: Arquillian refuses to start a server of whose name one runs anywhere on the machine.
    export HOWDAH_TEST_SERVER=test-$HOWDAH_HTTPS_PORT
    local server=$HOWDAH_ROOT/target/liberty-test/servers/$HOWDAH_TEST_SERVER
    build
    rm -rf "$HOWDAH_ROOT/target/liberty-test"
    mkdir -p "$server/configDropins/overrides"
    cp -R "$BUILT_SERVER/resources" "$server/"
    find "$BUILT_SERVER" -maxdepth 1 -type f -exec cp {} "$server/" \;
    cp "$HOWDAH_ROOT"/src/test/liberty/*.xml "$server/configDropins/overrides/"
    (prepare_home && start_metadata) || exit
    export VARIABLE_SOURCE_DIRS=$HOWDAH_HOME/secrets/variables
}

# offer_object_store: where the tests find the classes of a server that speaks S3.
offer_object_store() {
    local file=$HOWDAH_ROOT/target/object-store.classpath
    [ -s "$file" ] || maven "object store" -f src/test/s3proxy/pom.xml dependency:build-classpath "-Dmdep.outputFile=$file"
}

# offer_azure_store: the same of one that speaks as Azure does.
offer_azure_store() {
    local place=$HOWDAH_ROOT/target/azurite
    ! cmp -s "$HOWDAH_ROOT/src/test/azurite/package-lock.json" "$place/installed" || return 0
    mkdir -p "$place" && cp "$HOWDAH_ROOT"/src/test/azurite/package*.json "$place/"
    say "Bringing the store that speaks as Azure does ..."
    npm ci --prefix "$place" --omit=optional --no-audit --no-fund --silent >"$HOWDAH_ROOT/target/npm.log" 2>&1 ||
        { complain "npm could not bring it; see target/npm.log." && return 1; }
    cp "$HOWDAH_ROOT/src/test/azurite/package-lock.json" "$place/installed"
}

# offer_openid_provider: a Keycloak that the tests can start, made ready once.
offer_openid_provider() {
    local folder=$HOWDAH_ROOT/target/keycloak
    [ ! -e "$folder/ready" ] || return 0
    maven "keycloak" -f src/test/keycloak/pom.xml dependency:unpack-dependencies "-DoutputDirectory=$folder" || return
    if bash "$folder"/keycloak-*/bin/kc.sh build --db=dev-mem --cache=local >"$HOWDAH_ROOT/target/keycloak-build.log" 2>&1; then
        : >"$folder/ready"
    else
        complain "Keycloak could not be made ready; see $HOWDAH_ROOT/target/keycloak-build.log"
        return 1
    fi
}

in_failsafe() {
    local what=$1 execution=$2
    shift 2
    # shellcheck disable=SC2086
    maven "$what" -Pproduction ${COMPILE_TESTS-test-compile} "failsafe:integration-test@$execution" failsafe:verify \
        -Dfailsafe.failIfNoSpecifiedTests=false "$@"
}

# The engine's tests, those that end portals and nodes, the longest of them alone, and all others.
readonly ENGINE_TESTS='**/engine/**/*ST,**/server/*ST,**/backup/*ST'
readonly FAULT_TESTS='**/KilledPortalST,**/ClusterST'
readonly CHAOS_TESTS='**/ChaosST'
readonly SCREEN_TESTS="**/*ST,!${ENGINE_TESTS//,/,!},!${FAULT_TESTS//,/,!},!$CHAOS_TESTS"

# Much of what the engine's tests do is waiting for disks: so many of them go side by side.
readonly ENGINE_PARALLEL=2

# side_by_side: the tests in three processes, since much of them is waiting: those in the container and the chaos, those of the
# engine and then those that end portals and nodes, and those of the screens. What the first two say is printed at the end.
side_by_side() {
    local said=$HOWDAH_TEST_DIR/said first second code=0
    prepare_container
    offer_object_store || code=1
    offer_azure_store || code=1
    offer_openid_provider || code=1
    # shellcheck disable=SC2086
    [ -z "${COMPILE_TESTS-not yet}" ] || maven "test classes" -Pproduction test-compile || return 1
    COMPILE_TESTS=
    (
        code=0
        container_tests "$@" || code=1
        system_tests chaos "$CHAOS_TESTS" "$@" || code=1
        exit "$code"
    ) >"$said.1" 2>&1 &
    first=$!
    (
        code=0
        engine_tests "$@" || code=1
        system_tests fault "$FAULT_TESTS" "$@" || code=1
        exit "$code"
    ) >"$said.2" 2>&1 &
    second=$!
    system_tests screen "$SCREEN_TESTS" "$@" || code=1
    wait "$first" || code=1
    wait "$second" || code=1
    cat "$said".*
    return "$code"
}

container_tests() {
    in_failsafe "container tests" in-the-container -Dsystem.summary=container "$@"
}

engine_tests() {
    local parallel=junit.jupiter.execution.parallel
    system_tests engine "$ENGINE_TESTS" "-D$parallel.enabled=true" "-D$parallel.mode.classes.default=concurrent" \
        "-D$parallel.config.strategy=fixed" "-D$parallel.config.fixed.parallelism=$ENGINE_PARALLEL" "$@"
}

system_tests() {
    local kind=$1 classes=$2
    shift 2
    in_failsafe "$kind tests" whole-system "-Dsystem.summary=$kind" "-Dit.test=$classes" "$@"
}

# count_tests: the closing line, from the reports; false when a test failed or none ran.
count_tests() {
    local line
    line=$(find "$HOWDAH_ROOT"/target/{surefire,failsafe}-reports -name 'TEST-*.xml' -exec grep -hm 1 '<testsuite ' {} + 2>/dev/null |
        awk '
            function value(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
            { tests += value("tests"); failed += value("failures") + value("errors"); skipped += value("skipped") }
            END { printf "%d passed, %d failed%s\n", tests - failed - skipped, failed, skipped ? ", " skipped " skipped" : "" }')
    say "$line"
    [[ $line =~ ^[1-9][0-9]*\ passed,\ 0\ failed ]]
}

# clean_tests: stops whatever runs under the temporary folder and removes it; the logs stay in target/test-logs.
clean_tests() {
    local home
    trap '' INT TERM HUP
    for home in "$HOWDAH_TEST_DIR"/*/; do
        [ -d "$home/run" ] || continue
        HOWDAH_HOME=${home%/}
        stop_everything >/dev/null 2>&1
        mkdir -p "$HOWDAH_ROOT/target/test-logs"
        rm -rf "$HOWDAH_ROOT/target/test-logs/$(basename "$home")"
        cp -R "$home/log" "$HOWDAH_ROOT/target/test-logs/$(basename "$home")" 2>/dev/null
    done
    end_processes_under "$HOWDAH_TEST_DIR"
    release_volumes_under "$HOWDAH_TEST_DIR"
    rm -rf "$HOWDAH_TEST_DIR"
    am_root || return
    for home in $(getent passwd | cut -d: -f1 | grep "^howdah-t$HOWDAH_HTTPS_PORT-"); do userdel "$home" 2>/dev/null; done
}

# end_processes_under <folder>: what works in the folder or names it on its command line, this script excepted.
end_processes_under() {
    local signal process pid
    for signal in TERM KILL; do
        for process in /proc/[0-9]*; do
            pid=${process#/proc/}
            [ "$pid" != "$$" ] && [ "$pid" != "$BASHPID" ] || continue
            if [[ $(readlink "$process/cwd" 2>/dev/null) == "$1"* ]] || grep -qaF "$1" "$process/cmdline" 2>/dev/null; then
                kill "-$signal" "$pid" 2>/dev/null
            fi
        done
        [ "$signal" = KILL ] || pause 1
    done
}

# bench <what> [n]: runs the JUnit class of that benchmark in the environment of the system tests. It finds the number in
# HOWDAH_BENCH_COUNT and writes what people shall read into the file HOWDAH_BENCH_REPORT, the line of figures last.
bench() {
    local what=${1:-} count class title most=4
    case $what in
        create)
            count=${2:-20} class=CreateBench
            title="creating ${2:-20} servers"
            ;;
        backup | restore)
            count=${2:-1} class=BackupsBench#$what*
            title="$what of ${2:-1} GiB"
            ;;
        scale)
            count=${2:-12} class=ScaleBench
            title="${2:-12} changes of size"
            ;;
        operations)
            count=${2:-1000} class=OperationsBench
            title="operations on ${2:-1000} servers"
            ;;
        audit)
            count=${2:-5000000} class=AuditBench most=7
            title="searches among ${2:-5000000} audit records"
            ;;
        *) fail "$EXIT_USAGE" "\"howdah bench\" measures \"audit [records]\", \"create [n]\", \"backup [GiB]\", \"restore [GiB]\", \"operations [n]\" and \"scale [changes]\", not \"$what\"." ;;
    esac
    [[ $count =~ ^[1-9][0-9]*$ && ${#count} -le $most ]] || fail "$EXIT_USAGE" "The number must have from 1 to $most digits, unlike \"$count\"."
    prepare_tests
    case $what in
        create | scale | backup | restore) prepare_container ;;
        *) build ;;
    esac
    export HOWDAH_SPARES=on HOWDAH_BACKGROUND_SHARE=10 HOWDAH_BENCH_COUNT=$count HOWDAH_BENCH_REPORT=$HOWDAH_ROOT/target/bench-$what.txt
    rm -rf "$HOWDAH_BENCH_REPORT" "$HOWDAH_ROOT/target/failsafe-reports"
    in_failsafe "benchmark of $title" whole-system "-Dit.test=$class" || exit 1
    [ -s "$HOWDAH_BENCH_REPORT" ] || fail 1 "The benchmark left no report; see $HOWDAH_ROOT/target/maven-benchmark.log"
    cat "$HOWDAH_BENCH_REPORT"
}
