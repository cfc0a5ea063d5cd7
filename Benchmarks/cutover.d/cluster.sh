# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# The private PostgreSQL: default settings, its own folder, reached by its Unix socket.

start_cluster() {
    say "starting a private PostgreSQL"
    coproc CLUSTER { exec "$bench" cluster 2> "$work/cluster.log"; }
    cluster_in=${CLUSTER[1]} cluster_out=${CLUSTER[0]} cluster_pid=$CLUSTER_PID
    if ! IFS=$'\t' read -r -t 60 -u "$cluster_out" directory port programs; then
        cat "$work/cluster.log" >&2
        die "no PostgreSQL"
    fi
    postmaster=$(head -n 1 "$directory/data/postmaster.pid")
    sql postgres -c 'CREATE ROLE bench_reader LOGIN'
}

# The server goes, with its folder, when its holder's standard input ends.
stop_cluster() {
    [ -n "${cluster_pid:-}" ] || return 0
    exec {cluster_in}>&- || true
    wait "$cluster_pid" 2> /dev/null || true
    cluster_pid=
}

sql() {
    local database=$1
    shift
    PGOPTIONS="-c client_min_messages=warning" "$programs/psql" -XqAt -v ON_ERROR_STOP=1 -h "$directory" -p "$port" -U "${role:-postgres}" -d "$database" "$@"
}

url() { echo "postgres://postgres@/$1?host=$directory&port=$port"; }

# Each contender starts with an empty database and with nothing left to write from the one before.
fresh() {
    sql postgres -c "DROP DATABASE IF EXISTS $1" -c "CREATE DATABASE $1" -c CHECKPOINT
    sync
}

# Seconds of CPU that the server's processes, those that have ended too, have used until now.
cluster_cpu() {
    sleep 0.2 # a session that has just ended is added to the postmaster's account when it is reaped
    # A process may be gone between its being named and its being read.
    { cat /proc/[0-9]*/stat 2> /dev/null || true; } | awk -v postmaster="$postmaster" -v hertz="$(getconf CLK_TCK)" '
        $1 == postmaster { ticks += $14 + $15 + $16 + $17 }
        $4 == postmaster { ticks += $14 + $15 }
        END { printf "%.2f", ticks / hertz }'
}
