#!/usr/bin/env bash
# Looks whether the shared libraries that Qt needs can be loaded, and installs the missing ones where
# it may (root or password-less sudo, on Debian and Ubuntu). Otherwise prints the line to run, exit 4.
set -euo pipefail
cd "$(dirname "$0")/.."
[ "$(uname -s)" = Linux ] || exit 0

# library and the Debian package that brings it
LIBRARIES="
libGL.so.1 libgl1
libEGL.so.1 libegl1
libxcb-cursor.so.0 libxcb-cursor0
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-xkb.so.1 libxcb-xkb1
libfontconfig.so.1 libfontconfig1
libdbus-1.so.3 libdbus-1-3
libglib-2.0.so.0 libglib2.0-0
"

missing_packages() {
    "${1:-.venv/bin/python}" - "$LIBRARIES" <<'PYTHON'
import ctypes, sys
words = sys.argv[1].split()
for library, package in zip(words[::2], words[1::2]):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PYTHON
}

mapfile -t packages < <(missing_packages)
[ "${#packages[@]}" -eq 0 ] && exit 0
line="apt-get install -y --no-install-recommends ${packages[*]}"
if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    as_root=()
elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "Qt needs shared libraries that are missing here. Run this once, then try again: sudo $line" >&2
    exit 4
fi
echo "Installing the shared libraries that Qt needs: ${packages[*]}"
"${as_root[@]}" apt-get update -qq
# shellcheck disable=SC2086 - the words of the line are its arguments
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $line -qq >/dev/null
mapfile -t packages < <(missing_packages)
if [ "${#packages[@]}" -gt 0 ]; then
    echo "These packages were installed, and their libraries still do not load: ${packages[*]}" >&2
    exit 4
fi
