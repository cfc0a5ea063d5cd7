# shellcheck shell=bash disable=SC2153,SC2154,SC2034
# The peers, from PyPI, at the versions of requirements.txt.

install_peers() {
    local wanted=$here/gate.d/requirements.txt
    venv=$root/.bench/gate-venv
    if cmp -s "$wanted" "$venv/installed"; then return; fi
    say "installing the peers into ${venv#"$root"/}"
    rm -rf "$venv"
    mkdir -p "$(dirname "$venv")"
    "$python" -m venv "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted"
    cp "$wanted" "$venv/installed" # last, so that an installation that broke off is made again
}

# "awa-pg 0.6.9, pgqueuer 1.6.0, …"
peer_versions() { sed 's/\[.*\]//; s/==/ /' "$here/gate.d/requirements.txt" | paste -sd, | sed 's/,/, /g'; }
