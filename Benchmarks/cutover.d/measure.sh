# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# Taking a program's time and memory, and keeping the samples.

say() { printf '%s %s\n' "$(date +%H:%M:%S)" "$*" >&2; }

die() { say "stopped: $*"; exit 1; }

require_tools() {
    local tool missing=()
    for tool in pgloader openssl awk timeout; do command -v "$tool" > /dev/null || missing+=("$tool"); done
    [ -x /usr/bin/time ] || missing+=("time (GNU)")
    [ -x "$bench" ] || missing+=("cutover-bench: swift build -c release --product cutover-bench")
    if [ "$with_slipway" = yes ]; then
        [ -x "$slipway" ] || missing+=("slipway: swift build -c release --product slipway")
    fi
    [ ${#missing[@]} -eq 0 ] || die "needed and not here: $(printf '%s; ' "${missing[@]}")"
}

# measured COMMAND…: runs it with a limit; sets wall (s), cpu (s, user and system) and rss (MB, peak). What it
# prints goes to $work/output; when it fails, the benchmark stops and shows that.
measured() {
    local status=0
    /usr/bin/time -o "$work/time" -f '%e %U %S %M' timeout "$longest" "$@" > "$work/output" 2>&1 || status=$?
    if [ $status -ne 0 ]; then
        tail -n 40 "$work/output" >&2
        die "status $status from $1 ${2:-} ${3:-}"
    fi
    read -r wall cpu rss < <(tail -n 1 "$work/time" | awk '{ printf "%s %.2f %.1f\n", $1, $2 + $3, $4 * 1024 / 1000000 }')
}

# sample NAME VALUE: kept only in a counted round.
sample() { if [ "$counted" = yes ]; then echo "$2" >> "$work/samples/$1"; fi; }

sum() { awk "BEGIN { printf \"%.3f\", $(IFS=+; echo "$*") }"; }

# Of a name's samples: min, median, max.
spread() {
    sort -g "$work/samples/$1" | awk '
        { value[NR] = $1 }
        END {
            middle = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
            printf "%.2f %.2f %.2f\n", value[1], middle, value[NR]
        }'
}

median() { spread "$1" | cut -d' ' -f2; }

largest() { sort -g "$work/samples/$1" | tail -n 1; }

ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
