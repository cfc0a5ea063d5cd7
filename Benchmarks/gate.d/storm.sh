# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# Many starts of one key by 64 callers, after a first one that is accepted: what the refusals cost the server.

# Autovacuum stands still meanwhile: what it writes, and the dead rows it takes away, are not the programs' doing.
run_storms() {
    local program
    autovacuum off
    for program in $(in_turn slipway "${peers[@]}"); do measure_storm "$program"; done
    autovacuum on
}

autovacuum() { sql postgres -c "ALTER SYSTEM SET autovacuum = $1" -c "SELECT pg_reload_conf()" > /dev/null; }

measure_storm() {
    local program=$1 starts=$peer_storm_starts rate accepted bytes
    fresh bench_gate
    if [ "$program" = slipway ]; then
        starts=$storm_starts
        slipway storm --database "$(url bench_gate)" --callers 64 --starts "$starts"
    else
        peer storm "$program" --callers 64 --pool 64 --starts "$starts"
    fi > "$work/answer"
    IFS=$'\t' read -r rate accepted bytes < "$work/answer"
    sample "storm_$program" "$rate"
    sample "storm_${program}_accepted" "$accepted"
    sample "storm_${program}_bytes" "$bytes"
    if [ "$program" = slipway ] && [ "$bytes" -ne 0 ]; then
        printf 'round %s: %s bytes (records: %s)\n' "$round" "$bytes" "$(writers "$bytes")" >> "$work/samples/storm_writers"
    fi
    sample "storm_${program}_dead" "$(dead_rows)"
}

# writers BYTES: who wrote the last so many bytes of the log, by the server's own record managers. It explains a count
# and takes nothing from it: the background writer, for one, notes the running transactions every 15 s.
writers() {
    local end begin
    if [ "$1" -eq 0 ]; then return; fi
    end=$(sql postgres -c 'SELECT pg_current_wal_insert_lsn()')
    begin=$(sql postgres -c "SELECT '$end'::pg_lsn - $1")
    if "$programs/pg_waldump" -p "$directory/data/pg_wal" -s "$begin" -e "$end" > "$work/wal" 2> "$work/errors"; then
        awk '{ records[$2]++ } END { for (name in records) printf "%s %d\n", name, records[name] }' "$work/wal" | sort |
            paste -sd, | sed 's/,/, /g'
    else
        echo "not readable"
    fi
}

# Rows of the program's tables that a vacuum would have to take away, by reading the tables.
dead_rows() {
    sql bench_gate -c 'CREATE EXTENSION pgstattuple' -c "
        SELECT coalesce(sum((pgstattuple(c.oid)).dead_tuple_count), 0) FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
}
