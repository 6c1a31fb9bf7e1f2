#!/usr/bin/env bash
# Resolves pyproject.toml into the two lock files: hashes for every file, and no address of a registry.
set -euo pipefail
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools"
"$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv
# Extras stay in the pins: without them pip takes the newest release of coverage for “coverage[toml]”,
# finds no hash for it, and installs nothing.
compile() {
    "$tools/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-annotate --no-header --no-strip-extras pyproject.toml "$@"
}
compile --extra dev -o requirements-dev.lock
compile --constraints requirements-dev.lock -o requirements.lock
