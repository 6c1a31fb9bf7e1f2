#!/usr/bin/env bash
# Makes .venv with the first Python that is new enough and installs the locked dependencies there:
# `make_venv.sh run` what the program needs, `make_venv.sh dev` what its tests and checks need too.
# Exits 4 with the line to run where the machine lacks something that this script may not install.
set -euo pipefail
cd "$(dirname "$0")/.."

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        if [ -n "$name" ] && new_enough "$name"; then
            command -v "$name"
            return
        fi
    done
    echo "Pressmark needs Python 3.11 or newer, and none was found: install it, or name it: make PYTHON=/path/to/python3" >&2
    exit 4
}

install_venv_package() {
    local package="$1"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
    elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n apt-get update -qq
        sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null
    else
        echo "Python's venv module is missing. Run this once, then try again: sudo apt-get install -y $package" >&2
        exit 4
    fi
}

if ! { [ -x .venv/bin/python ] && new_enough .venv/bin/python; }; then
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        install_venv_package "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    fi
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi
echo "Installing the locked dependencies"
lock=requirements.lock
[ "${1:-dev}" = run ] || lock=requirements-dev.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
# `app` is importable from anywhere in this environment, and always the checkout's
.venv/bin/python - <<'PYTHON'
import pathlib, sysconfig
path = pathlib.Path(sysconfig.get_path("purelib"), "pressmark.pth")
path.write_text(f"{pathlib.Path.cwd()}\n", encoding="utf-8")
PYTHON
# the command, as `pip install .` makes it; -P because the folder it is called in may hold an `app` too
cat > .venv/bin/pressmark <<'SCRIPT'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -P -m app "$@"
SCRIPT
chmod +x .venv/bin/pressmark
touch .venv/.runs
[ "${1:-dev}" = run ] || touch .venv/.installed
