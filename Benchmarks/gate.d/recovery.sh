# shellcheck shell=bash disable=SC2153,SC2154,SC2034,SC2030,SC2031
# Until a lost worker's run goes on elsewhere: after SIGKILL, after a hang; and whose result stands after a pause. With
# two servers on one database, and a preflight of a cutover, which reads for some seconds, as the run.

server_program=${SLIPWAY:-$root/.build/release/slipway}
first_rows=50000      # of the source; more when a preflight is too quick
preflight_seconds=3   # what it has to take, so that a server is surely in the middle of it
recovery_patience=120 # seconds for anything waited for
refusal_patience=10   # seconds after its waking within which a worker's late result has to come, and be refused

# What recovery needs and is not here; nothing when all is.
recovery_lacks() {
    local tool missing=()
    [ -x "$server_program" ] || missing+=("slipway (swift build -c release --product slipway)")
    for tool in curl sqlite3; do command -v "$tool" > /dev/null || missing+=("$tool"); done
    if [ ${#missing[@]} -gt 0 ]; then printf '%s\n' "${missing[@]}" | paste -sd, | sed 's/,/, /g'; fi
}

has_recovery() {
    local lacks
    lacks=$(recovery_lacks)
    [ -n "$lacks" ] || return 0
    say "recovery is not measured, for there is no $lacks"
    return 1
}

# In a subshell, so that its servers end with it, however it ends.
run_recovery() (
    servers=() addresses=()
    trap stop_recovery EXIT
    trap 'exit 130' INT TERM
    prepare_recovery
    start_recovery_server
    start_recovery_server
    measure_kill
    start_recovery_server
    measure_hang
)

# A killed worker: its process is not there any more, which others on the machine see.
measure_kill() {
    local run=0 lost=0 at
    start_preflight
    at=${EPOCHREALTIME/[.,]/}
    kill -KILL "$lost"
    wait "$lost" 2> /dev/null || true # at once, or the shell would say later that it was killed
    wait_for_claim recovery_kill
    wait_for "the run to end" is_completed
    forget_server
}

# A worker that hangs is there and does nothing; only its lease tells. Woken later, it still offers its result.
measure_hang() {
    local run=0 lost=0 at outcome
    start_preflight
    at=${EPOCHREALTIME/[.,]/}
    kill -STOP "$lost"
    wait_for_claim recovery_hang
    wait_for "the run to end" is_completed
    kill -CONT "$lost"
    if wait_until is_refused "$refusal_patience"; then
        outcome=$(sql bench_gate -c "SELECT outcome FROM operation_runs WHERE id = $run")
        if [ "$outcome" = succeeded ] && [ "$(count_events finished)" -eq 1 ]; then
            outcome="its late result was refused, and the run stayed succeeded"
        else
            outcome="its late result was refused, **but the run is $outcome, finished $(count_events finished) times**"
        fi
    else
        outcome="**no refusal of its late result within $refusal_patience s**"
    fi
    printf '%s\n' "$outcome" >> "$work/samples/recovery_pause"
}

# wait_for_claim NAME: the time from `at` until the run is claimed for the second time, in ms, by the events' own clock,
# which is this machine's.
wait_for_claim() {
    local claimed
    wait_for "the lost worker's run to go on" is_claimed_again
    claimed=$(sql bench_gate -c "
        SELECT at FROM run_events WHERE run_id = $run AND kind = 'claimed' ORDER BY sequence OFFSET 1 LIMIT 1")
    sample "$1" "$(awk -v from="$at" -v to="$claimed" 'BEGIN { printf "%.1f", (to - from) / 1000 }')"
}

is_held() {
    lost=$(holder)
    [ -n "$lost" ]
}
is_claimed_again() { [ "$(count_events claimed)" -ge 2 ]; }
is_completed() { [ "$(sql bench_gate -c "SELECT status FROM operation_runs WHERE id = $run")" = completed ]; }
is_refused() { [ "$(count_events stale_write_refused)" -ge 1 ]; }

count_events() { sql bench_gate -c "SELECT count(*) FROM run_events WHERE run_id = $run AND kind = '$1'"; }

# The process that has the run; a worker is on the roll as its process and when that started.
holder() {
    sql bench_gate -c "
        SELECT split_part(w.process, '/', 1) FROM operation_runs r JOIN workers w ON w.id = r.worker_id
        WHERE r.id = $run"
}

# wait_until CONDITION SECONDS: whether it came true in time.
wait_until() {
    local end=$((SECONDS + $2))
    until "$1"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 0.1
    done
}

# wait_for WHAT CONDITION
wait_for() { wait_until "$2" "$recovery_patience" || die "waited $recovery_patience s in vain for $1"; }

# Starts the preflight again; sets run, and lost to the server that carries it out.
start_preflight() {
    local digest body
    digest=sha256:$(sha256sum "$manifest" | cut -d' ' -f1)
    body='{"target": {"cutover": "recovery", "manifest": "'$digest'", "file": "'$manifest'"}}'
    curl --silent --show-error --fail-with-body --max-time 30 --header 'X-Slipway-Actor: bench' \
        --header 'X-Slipway-Role: owner' --json "$body" \
        "${addresses[0]}/api/v1/operations/cutover.preflight/starts" > "$work/started" 2> "$work/errors" ||
        die "the preflight did not start: $(cat "$work/errors" "$work/started")"
    run=$(sed -n 's/.*"run": *\([0-9]*\).*/\1/p' "$work/started")
    wait_for "a server to take the run" is_held
    case " ${servers[*]} " in
        *" $lost "*) ;;
        *) die "the run is with process $lost, which is not one of the servers ${servers[*]}" ;;
    esac
}

# A fresh database and data directory, with the manifest planned and preflighted once.
prepare_recovery() {
    fresh bench_gate
    mkdir -p "$work/recovery"
    source_file=$work/recovery/source.sqlite manifest=$work/recovery/manifest.yaml
    store=(--data "$work/recovery/data" --database "$(url bench_gate)")
    rm -rf "$work/recovery/data"
    if [ ! -e "$manifest" ]; then make_source; fi
    preflight_once
}

# Rows enough that a preflight takes its time: a quick machine and a quick build get more. Once for all rounds.
make_source() {
    local rows=$first_rows begin elapsed try
    for try in 1 2 3 4 5; do
        rm -f "$source_file"*
        sqlite3 "$source_file" "
            PRAGMA journal_mode = off;
            CREATE TABLE items (id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, word TEXT NOT NULL, data BLOB NOT NULL);
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < $rows)
            INSERT INTO items SELECT n, 'tenant-' || (n % 10), 'word ' || n, randomblob(64) FROM number" > /dev/null
        answer "$server_program" cutover plan --source "$source_file" --target "$(url bench_gate)" \
            --tenant-column tenant --name recovery --output "$manifest" --force "${store[@]}" > /dev/null
        begin=${EPOCHREALTIME/[.,]/}
        preflight_once
        elapsed=$((${EPOCHREALTIME/[.,]/} - begin))
        if [ "$elapsed" -ge $((preflight_seconds * 1000000)) ]; then return; fi
        # A little more than in proportion, as a part of the time is the program's start; at most eightfold, as the
        # start is nearly all of a short one.
        rows=$(awk -v rows="$rows" -v by="$((preflight_seconds * 1200000))" -v elapsed="$elapsed" 'BEGIN {
            by /= elapsed
            printf "%d", rows * (by > 8 ? 8 : by)
        }')
    done
}

preflight_once() { answer "$server_program" cutover preflight --file "$manifest" "${store[@]}" > /dev/null; }

start_recovery_server() {
    local number=$((recovery_servers = ${recovery_servers:-0} + 1)) address try
    "$server_program" serve --listen 127.0.0.1:0 "${store[@]}" > "$work/recovery/$number.out" \
        2> "$work/recovery/$number.log" &
    servers+=($!)
    for ((try = 0; try < 100; try++)); do
        if address=$(grep -som1 'http://[0-9.:]*' "$work/recovery/$number.out"); then
            addresses+=("$address")
            return
        fi
        kill -0 "${servers[-1]}" 2> /dev/null || break
        sleep 0.1
    done
    tail -n 20 "$work/recovery/$number.log" >&2
    die "slipway serve did not say where it listens"
}

# The killed server is no one to ask any more.
forget_server() {
    local index
    for index in "${!servers[@]}"; do
        if [ "${servers[index]}" = "$lost" ]; then unset "servers[index]" "addresses[index]"; fi
    done
    servers=("${servers[@]}") addresses=("${addresses[@]}")
}

# By force: a stopped process hears nothing else, and nothing of theirs is needed any more.
stop_recovery() {
    local process
    for process in "${servers[@]}"; do kill -KILL "$process" 2> /dev/null || true; done
    for process in "${servers[@]}"; do wait "$process" 2> /dev/null || true; done
}
