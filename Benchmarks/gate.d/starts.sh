# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# Unique starts: every caller starts one thing after the other, each answered after its commit.

run_starts() {
    local count program
    for count in "${callers[@]}"; do
        for program in $(in_turn floor slipway "${peers[@]}"); do measure_starts "$program" "$count" "$count"; done
    done
    # Sixty-four sessions are too many for two cores, so the peers may also share a pool as large as they do best with.
    for program in $(in_turn "${peers[@]}"); do measure_starts "$program" 64 "$small_pool"; done
}

# measure_starts PROGRAM CALLERS POOL
measure_starts() {
    local program=$1 count=$2 pool=$3 name=starts_$2_$1
    if [ "$pool" != "$count" ]; then name=${name}_pool; fi
    fresh bench_gate
    if [ "$program" = slipway ]; then
        slipway starts --database "$(url bench_gate)" --callers "$count" --seconds "$seconds"
    else
        peer starts "$program" --callers "$count" --pool "$pool" --seconds "$seconds"
    fi > "$work/answer"
    keep_starts "$name"
}

# keep_starts NAME: callers, starts a second, p50 and p99 in ms.
keep_starts() {
    local rate p50 p99
    IFS=$'\t' read -r _ rate p50 p99 < "$work/answer"
    sample "$1" "$rate"
    sample "${1}_p50" "$p50"
    sample "${1}_p99" "$p99"
}

# The same on an SQLite file; there is no peer that runs in the process, so Slipway stands alone.
run_embedded() {
    local count file=$work/embedded/bench.sqlite rate accepted
    for count in "${embedded_callers[@]}"; do
        rm -f "$file"*
        slipway starts --database "$file" --callers "$count" --seconds "$seconds" > "$work/answer"
        keep_starts "embedded_$count"
    done
    rm -f "$file"*
    slipway storm --database "$file" --callers 64 --starts "$storm_starts" > "$work/answer"
    IFS=$'\t' read -r rate accepted _ < "$work/answer"
    sample storm_embedded "$rate"
    sample storm_embedded_accepted "$accepted"
    rm -f "$file"*
    slipway dispatch --database "$file" --rate "$dispatch_rate" --seconds "$dispatch_seconds" > "$work/answer"
    keep_dispatch embedded
    rm -f "$file"*
}
