# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# Until a dead worker's run goes on elsewhere: after SIGKILL, after a hang; and whose result stands after a pause.

# A gate-bench without the command answers --help with its own usage and status 0, so the text decides.
has_recovery() {
    local usage
    usage=$("$bench" recovery --help 2>&1) || return 1
    [[ $usage == *"gate-bench recovery"* ]]
}

# It prints lines of a name and a value: kill and hang in ms, pause in words.
run_recovery() {
    local name value
    fresh bench_gate
    slipway recovery --database "$(url bench_gate)" > /dev/null
    while IFS=$'\t' read -r name value; do
        case $name in
            kill | hang) sample "recovery_$name" "$value" ;;
            pause) printf '%s\n' "$value" >> "$work/samples/recovery_pause" ;;
        esac
    done < "$work/output"
}
