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

# prints the library and the package of each that does not load
missing() {
    .venv/bin/python - "$LIBRARIES" <<'PYTHON'
import ctypes, sys
words = sys.argv[1].split()
for library, package in zip(words[::2], words[1::2]):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(library, package)
PYTHON
}

lacking=$(missing)
[ -z "$lacking" ] && exit 0
mapfile -t packages < <(cut -d" " -f2 <<<"$lacking")
if ! command -v apt-get >/dev/null; then
    echo "Qt needs shared libraries that are missing here. Install what brings them: $(cut -d" " -f1 <<<"$lacking" | xargs)" >&2
    exit 4
fi
install=(apt-get install -y --no-install-recommends "${packages[@]}")
if [ "$(id -u)" = 0 ]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "Qt needs shared libraries that are missing here. Run this once, then try again: sudo ${install[*]}" >&2
    exit 4
fi
echo "Installing the shared libraries that Qt needs: ${packages[*]}"
if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" -qq >/dev/null; }; then
    echo "That did not work. Run this, then try again: sudo ${install[*]}" >&2
    exit 4
fi
lacking=$(missing)
if [ -n "$lacking" ]; then
    echo "These libraries were installed and still do not load: $lacking" >&2
    exit 4
fi
