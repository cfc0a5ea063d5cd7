# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# From the moment a start is due to the moment its adapter is called, the starts coming at their own pace.

run_dispatch() {
    fresh bench_gate
    slipway dispatch --database "$(url bench_gate)" --rate "$dispatch_rate" --seconds "$dispatch_seconds" \
        > "$work/answer"
    keep_dispatch postgres
}

# keep_dispatch WHERE: starts a second, p50 and p99 in ms.
keep_dispatch() {
    local p50 p99
    IFS=$'\t' read -r _ p50 p99 < "$work/answer"
    sample "dispatch_${1}_p50" "$p50"
    sample "dispatch_${1}_p99" "$p99"
}
