# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# The section of docs/benchmarks.md.

report() {
    local bytes
    bytes=$(stat -c %s "$fixture")
    echo "## Data cutover"
    echo
    machine
    echo
    echo "The fixture: $(awk '{ n += $2 } END { print n }' "$work/fixture.txt") rows × 8 columns in 4 tables" \
        "(users, orders, ledger, audit events with a JSON payload), 2 foreign keys, $tenants tenants," \
        "$((bytes / 1000000)) MB of SQLite, $(cut -f3 "$work/samples/pgloader.judged") doubles that need 17 digits." \
        "$repetitions rounds after $warm_up of warm-up, the programs in turn, each into a fresh database;" \
        "whole processes over the Unix socket. Made by \`Benchmarks/cutover\`; quote the ratios, for the seconds" \
        "are this machine's on this day."
    echo
    echo "| run | wall s: min / median / max | ÷ pgloader | ÷ bound | peak RSS MB | doubles altered |"
    echo "|---|---|---|---|---|---|"
    line pgloader "pgloader, default: tables, primary and foreign keys; verifies nothing"
    if [ "$with_slipway" = yes ]; then
        line slipway "**slipway: copy and verify**, with policies and tenant indexes"
        line slipway_copy "of it, copy"
        line slipway_verify "of it, verify"
        line one_transaction "slipway with \`--batch-rows 0\`: one transaction a table"
    fi
    line floor "the floor: COPY from the server's disk, 4 primary keys, 2 foreign keys, tenant indexes"
    line bound "the bound: seconds of unavoidable CPU over two cores"
    echo
    parts
    if [ "$with_slipway" = yes ]; then verdicts; else echo "Slipway was left out of this run (--without-slipway)."; fi
}

machine() {
    local memory cores model
    memory=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
    cores=$(nproc)
    model=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1)
    echo "$cores cores${model:+ ($model)}, $memory GiB of memory, $(. /etc/os-release && echo "$PRETTY_NAME")." \
        "$("$programs/postgres" --version | sed 's/ (Debian.*//; s/postgres (PostgreSQL)/PostgreSQL/')," \
        "default settings; $(pgloader --version | sed -n 's/pgloader version "\(.*\)"/pgloader \1/p');" \
        "$(date -u +%Y-%m-%d), load average $load before the start."
}

# line NAME TITLE
line() {
    local values memory=– altered=– total missing
    read -r -a values < <(spread "$1")
    if [ -e "$work/samples/$1_rss" ]; then memory=$(largest "$1_rss"); fi
    if [ -e "$work/samples/$1.judged" ]; then
        IFS=$'\t' read -r _ missing total altered < "$work/samples/$1.judged"
        altered="$altered of $total"
        [ "$missing" = 0 ] || altered="$altered; $missing rows missing"
    fi
    echo "| $2 | ${values[0]} / ${values[1]} / ${values[2]} | $(ratio "${values[1]}" "$(median pgloader)")" \
        "| $(ratio "${values[1]}" "$(median bound)") | $memory | $altered |"
}

parts() {
    echo "The bound's parts, medians, in seconds of CPU: the server's load $(median bound_load), its keys and indexes" \
        "$(median bound_constraints), reading back once a tenant through the policies $(median bound_reads), two scans" \
        "of the file $(median bound_scans), SHA-256 over both sides $(median bound_digests); half of their sum is the" \
        "bound. The client's converting, sending and receiving is left out, so a real pipeline cannot reach it." \
        "The doubles were counted by a program that shares no code with Slipway's verification."
    echo
}

verdicts() {
    echo "| target | limit | measured | |"
    echo "|---|---|---|---|"
    verdict "copy and verify ÷ pgloader's unverified default" 0.55 "$(ratio "$(median slipway)" "$(median pgloader)")"
    verdict "copy and verify ÷ the two-core bound" 1.30 "$(ratio "$(median slipway)" "$(median bound)")"
    verdict "peak RSS, $rows rows, MB" 64 "$(largest slipway_rss)"
    if [ -e "$work/samples/ten_million" ]; then
        verdict "peak RSS, 10,000,000 rows, MB" 64 "$(largest ten_million_rss)"
    fi
    echo
    echo "Checkpoints: copying in default batches takes" \
        "$(ratio "$(median slipway_copy)" "$(median one_transaction_copy)") times what one transaction a table takes."
    if [ -e "$work/samples/ten_million" ]; then
        echo "Ten million rows ($(($(cat "$work/large_bytes") / 1000000)) MB): copy $(median ten_million_copy) s," \
            "verify $(median ten_million_verify) s, once."
    fi
}

verdict() {
    local met
    met=$(awk -v a="$3" -v b="$2" 'BEGIN { print (a <= b) ? "met" : "**missed**" }')
    echo "| $1 | ≤ $2 | $3 | $met |"
}

# put_section FILE SECTION: replaces what stands between the markers, or adds both at the end.
put_section() {
    local file=$1 begin='<!-- cutover:begin -->' end='<!-- cutover:end -->'
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
