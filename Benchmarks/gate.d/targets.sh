# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# What was to be reached, and whether it was.

report_targets() {
    local names=() program
    echo "### Targets"
    echo
    echo "| target | limit | measured | |"
    echo "|---|---|---|---|"
    target "unique starts, 64 callers ÷ the best peer" ≥ 5 "$(ratio "$(median starts_64_slipway)" "$(best_starts 64)")"
    target "unique starts, 64 callers: p99, ms" ≤ 20 "$(median starts_64_slipway_p99)"
    target "one key: accepted past the first" ≤ 0 "$(largest storm_slipway_accepted)"
    target "one key: WAL bytes past the first" ≤ 0 "$(largest storm_slipway_bytes)"
    for program in "${fenced_peers[@]}"; do names+=("drain_$program"); done
    target "drain ÷ the best fenced peer" ≥ 2 "$(ratio "$(median drain_slipway)" "$(best "${names[@]}")")"
    for program in "${peers[@]}"; do names+=("drain_$program"); done
    target "drain ÷ the best of all peers" ≥ 1 "$(ratio "$(median drain_slipway)" "$(best "${names[@]}")")"
    target "dispatch on PostgreSQL: p50, ms" ≤ 3 "$(median dispatch_postgres_p50)"
    target "dispatch on PostgreSQL: p99, ms" ≤ 15 "$(median dispatch_postgres_p99)"
    target "dispatch embedded: p50, ms" ≤ 1 "$(median dispatch_embedded_p50)"
    target "dispatch embedded: p99, ms" ≤ 5 "$(median dispatch_embedded_p99)"
    for program in 64 256; do
        target "unique starts embedded, $program callers, a second" ≥ 20000 "$(median "embedded_$program" | cut -d. -f1)"
    done
    target_of_recovery "recovery after SIGKILL, same host, ms" 1000 recovery_kill
    target_of_recovery "recovery after a hang, ms" 12000 recovery_hang
    echo
    echo "Measured is the median of the rounds, and the worst round where the limit is 0."
}

# target NAME RELATION LIMIT MEASURED
target() {
    local met
    met=$(awk -v relation="$2" -v limit="$3" -v value="$4" 'BEGIN {
        print (relation == "≥" ? value + 0 >= limit + 0 : value + 0 <= limit + 0) ? "met" : "**NOT met**"
    }')
    echo "| $1 | $2 $3 | $4 | $met |"
}

target_of_recovery() {
    if [ -e "$work/samples/$3" ]; then
        target "$1" ≤ "$2" "$(median "$3" | cut -d. -f1)"
    else
        echo "| $1 | ≤ $2 | – | not measured |"
    fi
}
