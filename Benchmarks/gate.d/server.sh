# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# The private PostgreSQL: durable, in its own folder, reached by its Unix socket only. sql, url and fresh reach it.

server_settings=(fsync=on synchronous_commit=on shared_buffers=256MB jit=off max_connections=200)

start_server() {
    local as_server=() setting arguments=() try
    directory=$work/server port=5432
    mkdir "$directory"
    if [ $EUID -eq 0 ]; then # PostgreSQL refuses to run as root
        as_server=(setpriv --reuid=postgres --regid=postgres --init-groups --)
        chown postgres: "$directory"
        chmod 711 "$work"
    fi
    for setting in "${server_settings[@]}" listen_addresses= "unix_socket_directories=$directory" "port=$port"; do
        arguments+=(-c "$setting")
    done
    say "starting a private PostgreSQL"
    (cd "$directory" && exec "${as_server[@]}" "$programs/initdb" --pgdata=data --username=postgres --auth=trust \
        --encoding=UTF8 --locale=C) > "$work/server.log" 2>&1 || { cat "$work/server.log" >&2; die "no PostgreSQL"; }
    (cd "$directory" && exec "${as_server[@]}" "$programs/postgres" -D data "${arguments[@]}") \
        >> "$work/server.log" 2>&1 &
    server_pid=$!
    for ((try = 0; try < 300; try++)); do
        if "$programs/pg_isready" -q -h "$directory" -p "$port"; then return; fi
        sleep 0.1
    done
    cat "$work/server.log" >&2
    die "no PostgreSQL"
}

stop_server() {
    [ -n "${server_pid:-}" ] || return 0
    kill -INT "$server_pid" 2> /dev/null || true # a fast shutdown
    wait "$server_pid" 2> /dev/null || true
    server_pid=
}
