# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# Running one measured program, and turning what it says into samples.

require_gate_tools() {
    local tool missing=()
    for tool in "$python" awk timeout; do command -v "$tool" > /dev/null || missing+=("$tool"); done
    for tool in initdb postgres psql pgbench pg_isready pg_waldump; do
        [ -x "$programs/$tool" ] || missing+=("$programs/$tool (PostgreSQL 15)")
    done
    [ $EUID -ne 0 ] || command -v setpriv > /dev/null || missing+=("setpriv (util-linux)")
    [ -x "$bench" ] || missing+=("gate-bench: swift build -c release --product gate-bench")
    [ ${#missing[@]} -eq 0 ] || die "needed and not here: $(printf '%s; ' "${missing[@]}")"
}

# A commit that waits for memory is not durable, so neither database may stand on a file system in memory.
require_disk() {
    file_system=$(df --output=fstype "$work" | tail -n 1)
    case $file_system in
        tmpfs | ramfs) die "$work is in memory; name a folder on a disk in TMPDIR" ;;
    esac
}

# answer COMMAND…: runs it with a limit and prints the last line it wrote; when it fails, the benchmark stops and
# shows what it said.
answer() {
    local status=0
    timeout "$longest" "$@" > "$work/output" 2> "$work/errors" || status=$?
    if [ $status -ne 0 ]; then
        tail -n 40 "$work/errors" "$work/output" >&2
        die "status $status from ${1##*/} ${2:-} ${3:-} ${4:-}"
    fi
    tail -n 1 "$work/output"
}

slipway() { answer "$bench" "$@"; }

# peer CELL PROGRAM [option…]: one driver of a peer, or of the floor, in a Python of its own.
peer() {
    answer env PYTHONDONTWRITEBYTECODE=1 "$venv/bin/python" "$here/gate.d/peer.py" "$@" \
        --host "$directory" --port "$port" --database bench_gate
}

# in_turn NAME…: the names, each round beginning with another, so that none always follows the same one.
in_turn() {
    local names=("$@") first=$(((round - 1) % $#))
    printf '%s\n' "${names[@]:first}" "${names[@]:0:first}"
}

title() {
    case $1 in
        floor) echo "the floor" ;;
        slipway) echo "**slipway**" ;;
        awa) echo "awa, as it installs" ;;
        awa_queue_storage) echo "awa, queue storage" ;;
        *) echo "$1" ;;
    esac
}

# Whole numbers with commas; anything else as it is.
number() { printf '%.0f\n' "$1" | sed ':a;s/\B[0-9]\{3\}\>/,&/;ta'; }

# Of a name's samples: min / median / max, as whole numbers.
range() {
    local values
    read -r -a values < <(spread "$1")
    echo "$(number "${values[0]}") / $(number "${values[1]}") / $(number "${values[2]}")"
}

# best NAME…: of these samples' medians, the highest.
best() {
    local name
    for name in "$@"; do if [ -e "$work/samples/$name" ]; then median "$name"; fi; done | sort -g | tail -n 1
}
