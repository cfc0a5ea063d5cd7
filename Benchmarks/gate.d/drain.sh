# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# One worker process against runs that wait and do nothing, until every one is durably finished.

run_drains() {
    local program
    for program in $(in_turn floor slipway "${peers[@]}"); do measure_drain "$program"; done
}

measure_drain() {
    local program=$1
    fresh bench_gate
    case $program in
        floor) drain_floor ;;
        slipway) slipway drain --database "$(url bench_gate)" --runs "$drain_runs" | cut -f2 ;;
        *) peer drain "$program" --runs "$(runs_of "$program")" | cut -f2 ;;
    esac > "$work/answer"
    sample "drain_$program" "$(cat "$work/answer")"
}

runs_of() { echo "${peer_runs[$1]:-$drain_runs}"; }

# The floor: claim one, complete it under its fence, a commit each; by pgbench, 8 at a time.
drain_floor() {
    sql bench_gate -c "
        CREATE TABLE runs (id bigserial PRIMARY KEY, key text UNIQUE, state text NOT NULL, fence bigint NOT NULL)" -c "
        CREATE INDEX ON runs (id) WHERE state = 'waiting'" -c "
        INSERT INTO runs (key, state, fence) SELECT g::text, 'waiting', 0 FROM generate_series(1, $drain_runs) g"
    cat > "$work/drain.sql" << 'END'
WITH next AS (SELECT id FROM runs WHERE state = 'waiting' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
UPDATE runs SET state = 'running', fence = fence + 1 FROM next WHERE runs.id = next.id
RETURNING runs.id AS run, runs.fence AS fence \gset
UPDATE runs SET state = 'done' WHERE id = :run AND fence = :fence;
END
    answer "$programs/pgbench" -h "$directory" -p "$port" -U postgres -n -M prepared -c 8 -j 1 \
        -t $((drain_runs / 8)) -f "$work/drain.sql" bench_gate > /dev/null
    sed -n 's/^tps = \([0-9]*\).*/\1/p' "$work/output"
}
