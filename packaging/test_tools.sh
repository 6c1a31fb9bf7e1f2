#!/usr/bin/env bash
# Installs the screen, the window manager and the screen reader's bus that some tests drive the window
# with, where it may (root or password-less sudo, on Debian and Ubuntu). Without them those tests are
# skipped with a line that says so.
set -euo pipefail
[ "$(uname -s)" = Linux ] && command -v apt-get >/dev/null || exit 0

packages=()
for pair in Xvfb:xvfb openbox:openbox xdotool:xdotool dbus-run-session:dbus-daemon; do
    command -v "${pair%%:*}" >/dev/null || packages+=("${pair##*:}")
done
[ -e /usr/libexec/at-spi-bus-launcher ] || packages+=(at-spi2-core)
/usr/bin/python3 -c "import pyatspi" 2>/dev/null || packages+=(python3-pyatspi)
[ ${#packages[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=()
elif sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
else
    echo "Some tests of the window will be skipped. They need: sudo apt-get install ${packages[*]}"
    exit 0
fi
echo "Installing what some tests of the window need: ${packages[*]}"
"${as_root[@]}" apt-get update -qq &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y --no-install-recommends -qq "${packages[@]}" >/dev/null ||
    echo "That did not work; those tests will be skipped."
