# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# The section of docs/benchmarks.md.

report() {
    echo "## Dispatch gate"
    echo
    gate_machine
    echo
    echo "Rounds: $rounds, the programs in turn, each into a fresh database; every answer comes after its commit." \
        "The peers are Python packages, each driven by one Python process through its own recommended interface, so" \
        "the client's cost is in their numbers, as Slipway's is in its own; half a second of warm-up is not counted" \
        "for anybody. The floor is the least statement that does the same, by asyncpg for" \
        "starts and by pgbench for drains. Latencies are medians of the rounds. Made by \`Benchmarks/gate\`; quote the" \
        "ratios, for the rates are this machine's on this day. Left out: dbos 3.4.0. Its client" \
        "can start under a deduplication id, but no driver for its drain was brought to work, so it is not measured at all."
    echo
    report_starts
    report_storms
    report_drains
    report_dispatch
    report_embedded
    report_targets
}

gate_machine() {
    local memory model system
    # shellcheck source=/dev/null
    system=$(. /etc/os-release && echo "$PRETTY_NAME")
    memory=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
    model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
    echo "$(nproc) cores${model:+ ($model)}, $memory GiB of memory, $system," \
        "$file_system. $("$programs/postgres" --version | sed 's/ (Debian.*//; s/postgres (PostgreSQL)/PostgreSQL/')" \
        "with $(printf '\x60%s\x60 ' "${server_settings[@]}" | sed 's/ $//') over its Unix socket;" \
        "$("$venv/bin/python" --version), $(peer_versions); $(date -u +%Y-%m-%d), load average $load before the start."
}

report_starts() {
    local count program
    echo "### Unique starts"
    echo
    echo "| callers | program | starts/s: min / median / max | p50 ms | p99 ms | ÷ best peer | ÷ floor |"
    echo "|---|---|---|---|---|---|---|"
    for count in "${callers[@]}"; do
        for program in slipway floor "${peers[@]}"; do
            starts_line "$count" "$(title "$program")" "starts_${count}_$program"
        done
    done
    for program in "${peers[@]}"; do
        starts_line 64 "$(title "$program"), a pool of $small_pool" "starts_64_${program}_pool"
    done
    echo
    echo "As many sessions as callers for the floor and the peers, and for the last rows $small_pool sessions for" \
        "64 callers; Slipway has 4 and decides the starts that arrive together in one transaction."
    echo
}

# best_starts CALLERS: the best peer's rate, whatever its pool.
best_starts() {
    local program names=()
    for program in "${peers[@]}"; do names+=("starts_$1_$program" "starts_$1_${program}_pool"); done
    best "${names[@]}"
}

# starts_line CALLERS TITLE NAME
starts_line() {
    echo "| $1 | $2 | $(range "$3") | $(median "$3_p50") | $(median "$3_p99")" \
        "| $(ratio "$(median "$3")" "$(best_starts "$1")") | $(ratio "$(median "$3")" "$(median "starts_$1_floor")") |"
}

report_storms() {
    local program starts bytes
    echo "### One key"
    echo
    echo "| program | starts of the key, after a first | starts/s: min / median / max | accepted | WAL bytes" \
        "| bytes a start | dead rows |"
    echo "|---|---|---|---|---|---|---|"
    for program in slipway "${peers[@]}"; do
        starts=$peer_storm_starts
        if [ "$program" = slipway ]; then starts=$storm_starts; fi
        bytes=$(largest "storm_${program}_bytes")
        echo "| $(title "$program") | $(number "$starts") | $(range "storm_$program")" \
            "| $(largest "storm_${program}_accepted") | $(number "$bytes") | $(ratio "$bytes" "$starts")" \
            "| $(number "$(largest "storm_${program}_dead")") |"
    done
    echo
    echo "By 64 callers, and for the peers 64 sessions. Accepted, bytes and dead rows are the worst round's; the peers" \
        "get fewer starts, so compare the bytes a start. Autovacuum stands still meanwhile; every other byte that" \
        "the server wrote is counted, its own housekeeping too."
    if [ -e "$work/samples/storm_writers" ]; then
        echo "What Slipway's bytes were, by the server's record managers:" \
            "$(paste -sd\; "$work/samples/storm_writers" | sed 's/;/; /g')."
    fi
    echo
}

report_drains() {
    local program names=()
    echo "### Drain"
    echo
    for program in "${peers[@]}"; do names+=("drain_$program"); done
    echo "| program | runs | runs/s: min / median / max | ÷ best peer | ÷ floor |"
    echo "|---|---|---|---|---|"
    for program in slipway floor "${peers[@]}"; do
        echo "| $(title "$program")$(drain_note "$program") | $(number "$(runs_of "$program")")" \
            "| $(range "drain_$program") | $(ratio "$(median "drain_$program")" "$(best "${names[@]}")")" \
            "| $(ratio "$(median "drain_$program")" "$(median drain_floor)") |"
    done
    echo
    echo "Runs that do nothing, all waiting before the one worker process starts; the end is the last durable" \
        "completion. Fenced: a completion counts only for the attempt that still holds the run."
    echo
}

drain_note() {
    case $1 in
        slipway) echo ": 512 at a time, fenced" ;;
        floor) echo ": one claim, one fenced completion, a commit each, 8 sessions" ;;
        awa | awa_queue_storage) echo ": 64 workers, fenced" ;;
        pgqueuer) echo ": batches of 100, by id, not fenced" ;;
        procrastinate) echo ": concurrency 32, by id, not fenced" ;;
        chancy) echo ": concurrency 1,000, fenced" ;;
    esac
}

report_dispatch() {
    echo "### Dispatch"
    echo
    echo "| slipway, $dispatch_rate starts a second at their own pace | p50 ms: min / median / max | p99 ms: min / median / max |"
    echo "|---|---|---|"
    echo "| on PostgreSQL | $(latency dispatch_postgres_p50) | $(latency dispatch_postgres_p99) |"
    echo "| on an SQLite file | $(latency dispatch_embedded_p50) | $(latency dispatch_embedded_p99) |"
    echo
    if has_recovery; then
        report_recovery
    else
        echo "Recovery was not measured: there is no $(recovery_lacks)."
        echo
    fi
}

latency() { spread "$1" | sed 's| | / |g'; }

report_recovery() {
    echo "| slipway, a worker that | until its run goes on, ms: min / median / max |"
    echo "|---|---|"
    if [ -e "$work/samples/recovery_kill" ]; then echo "| is killed (SIGKILL) | $(range recovery_kill) |"; fi
    if [ -e "$work/samples/recovery_hang" ]; then echo "| hangs | $(range recovery_hang) |"; fi
    if [ -e "$work/samples/recovery_pause" ]; then
        echo "| is stopped past its lease and woken | $(sort -u "$work/samples/recovery_pause" | paste -sd\; | sed 's/;/; /g') |"
    fi
    echo
}

report_embedded() {
    local count
    echo "### Embedded"
    echo
    echo "| slipway on an SQLite file | starts/s: min / median / max | p50 ms | p99 ms |"
    echo "|---|---|---|---|"
    for count in "${embedded_callers[@]}"; do
        echo "| unique starts, callers: $count | $(range "embedded_$count") | $(median "embedded_${count}_p50")" \
            "| $(median "embedded_${count}_p99") |"
    done
    echo "| one key, 64 callers, $(number "$storm_starts") starts, $(largest storm_embedded_accepted) accepted past the first" \
        "| $(range storm_embedded) | – | – |"
    echo
}

# put_gate_section FILE SECTION: replaces what stands between the markers, or adds both at the end.
put_gate_section() {
    local file=$1 begin='<!-- gate:begin -->' end='<!-- gate:end -->'
    mkdir -p "$(dirname "$file")"
    [ -e "$file" ] || printf '# Benchmarks\n' > "$file"
    grep -qF "$begin" "$file" || printf '\n%s\n%s\n' "$begin" "$end" >> "$file"
    awk -v begin="$begin" -v end="$end" -v section="$2" '
        index($0, begin) { print; while ((getline text < section) > 0) print text; skip = 1; next }
        index($0, end) { skip = 0 }
        !skip' "$file" > "$work/benchmarks.md"
    cp "$work/benchmarks.md" "$file"
    say "wrote the section in docs/benchmarks.md"
}
