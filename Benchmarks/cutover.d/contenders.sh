# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# The programs compared. Each is measured as a whole process, from start to exit.

# pgloader with its defaults: tables, primary keys, foreign keys. It verifies nothing, adds no tenant index and no
# row-level security, and leaves out NOT NULL, so it is asked for less than Slipway.
run_pgloader() {
    fresh bench_pgloader
    measured pgloader --root-dir "$work/pgloader" "sqlite://$fixture" \
        "postgresql://postgres@unix:$directory:$port/bench_pgloader"
    sample pgloader "$wall"
    sample pgloader_rss "$rss"
    judge pgloader bench_pgloader public "$fixture"
    sql postgres -c 'DROP DATABASE bench_pgloader'
}

# run_slipway NAME SOURCE [option of copy…]: what counts is copy (tables, keys, indexes, policies included) and
# verify (SHA-256 of both sides, read as the application role). The plan and the checks before it do not count.
run_slipway() {
    local name=$1 source=$2 stage manifest=$work/cutover.yaml data=$work/data copy
    shift 2
    rm -rf "$data" "$manifest"
    fresh bench_slipway
    "$slipway" cutover plan --source "$source" --target "$(url bench_slipway)" --tenant-column tenant_id \
        -o "$manifest" --data "$data" > "$work/output" 2>&1 || { cat "$work/output" >&2; die "plan failed"; }
    for stage in connect preflight; do
        timeout "$longest" "$slipway" cutover $stage -f "$manifest" --data "$data" > "$work/output" 2>&1 ||
            { cat "$work/output" >&2; die "$stage failed"; }
    done
    sql postgres -c CHECKPOINT
    measured "$slipway" cutover copy -f "$manifest" --data "$data" "$@"
    copy=$wall
    sample "${name}_copy" "$wall"
    sample "${name}_rss" "$rss"
    measured "$slipway" cutover verify -f "$manifest" --data "$data"
    sample "${name}_verify" "$wall"
    sample "${name}_rss" "$rss"
    sample "$name" "$(sum "$copy" "$wall")"
    judge "$name" bench_slipway "$(sed -n 's/^  schema: //p' "$manifest")" "$source"
    sql postgres -c 'DROP DATABASE bench_slipway'
}

run_ten_million() {
    say "ten million rows"
    local large=$work/large.sqlite
    counted=yes longest=$((longest * 3))
    "$bench" fixture --rows 10000000 --tenants "$tenants" --output "$large" > /dev/null
    stat -c %s "$large" > "$work/large_bytes"
    run_slipway ten_million "$large"
    rm -f "$large"
}

# judge NAME DATABASE SCHEMA SOURCE: counts the rows and the doubles that did not arrive, by a program that shares no
# code with Slipway's verification.
judge() {
    "$bench" compare --source "$4" --target "$(url "$2")" --schema "$3" > "$work/samples/$1.judged"
}
