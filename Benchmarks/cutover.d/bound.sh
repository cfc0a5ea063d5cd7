# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# The floor and the bound.
#
# The floor is what the server alone needs to have the same data with the same keys: COPY from its own disk, in
# binary, into plain tables; then 4 primary keys, 2 foreign keys and 4 tenant indexes. Nothing is read, converted,
# sent or verified.
#
# The bound is what a pipeline that also reads and verifies cannot do without, in seconds of CPU, spread over two
# cores that are never idle. Its parts, each measured in the same round:
#   load         the server's binary COPY in           all processes of the server, by /proc
#   constraints  keys and indexes                      the same
#   read back    binary COPY out of every table, once a tenant, as a role bound by FORCE row-level security
#   scans        two passes over the SQLite file, every value fetched by sqlite3's C interface: to copy, to verify
#   digests      SHA-256, by openssl, over the bytes of both sides
# bound = (load + constraints + read back + scans + digests) / 2. Left out, in favour of a low bound: what the client
# spends on converting, on sending and receiving, and on its own canonical form; policies and checkpoints; waiting.

make_reference() {
    fresh bench_reference
    "$bench" schema tables | sql bench_reference
    local table
    for table in $("$bench" schema table-names); do
        "$bench" export --source "$fixture" --table "$table" | sql bench_reference -c "COPY $table FROM STDIN"
        sql bench_reference -c "COPY $table TO '$directory/$table.bin' (FORMAT binary)"
        echo "COPY $table FROM '$directory/$table.bin' (FORMAT binary);"
    done > "$work/load.sql"
    sql postgres -c 'DROP DATABASE bench_reference'
    { "$bench" schema tables; cat "$work/load.sql"; } > "$work/floor-load.sql"
    "$bench" schema constraints > "$work/floor-constraints.sql"
    "$bench" schema policies > "$work/policies.sql"
    "$bench" schema tenant-reads --tenants "$tenants" > "$work/reads.sql"
}

# served NAME COMMAND…: measures a command's wall time and the server's CPU while it runs.
served() {
    local name=$1 before after
    shift
    before=$(cluster_cpu)
    measured "$@"
    after=$(cluster_cpu)
    cpu=$(awk "BEGIN { printf \"%.2f\", $after - $before }")
    sample "$name" "$cpu"
}

run_floor_and_bound() {
    local psql=("$programs/psql" -XqAt -v ON_ERROR_STOP=1 -h "$directory" -p "$port" -d bench_floor)
    local floor load constraints reads scans digests
    fresh bench_floor
    served bound_load "${psql[@]}" -U postgres -f "$work/floor-load.sql"
    floor=$wall load=$cpu
    served bound_constraints "${psql[@]}" -U postgres -f "$work/floor-constraints.sql"
    floor=$(sum "$floor" "$wall") constraints=$cpu
    sample floor "$floor"
    sample floor_rss "$rss"
    judge floor bench_floor public "$fixture"

    sql bench_floor -f "$work/policies.sql" -c ANALYZE
    served bound_reads "${psql[@]}" -U bench_reader -f "$work/reads.sql"
    reads=$cpu
    [ "$(stat -c %s "$work/output")" -gt 1000000 ] || die "the application role read nothing back"
    rm -f "$work/output"
    measured "$bench" scan --source "$fixture"
    scans=$(sum "$cpu" "$cpu")
    sample bound_scans "$scans"
    measured openssl dgst -sha256 "$directory"/*.bin "$directory"/*.bin
    digests=$cpu
    sample bound_digests "$digests"
    sample bound "$(awk "BEGIN { printf \"%.3f\", ($load + $constraints + $reads + $scans + $digests) / 2 }")"
    sql postgres -c 'DROP DATABASE bench_floor'
}
