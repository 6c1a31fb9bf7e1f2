#!/usr/bin/env bash
# packaging/make_deb.sh [DIST]   (default dist/pressmark, made by: pyinstaller build_installer.spec)
# Makes dist/pressmark_VERSION_ARCH.deb with dpkg-deb alone. COMPRESSION=gzip is quick, xz is small.
set -euo pipefail
cd "$(dirname "$0")/.."
dist=${1:-dist/pressmark}
version=$(sed -nE 's/^__version__ = "(.*)"/\1/p' app/__init__.py)
arch=$(dpkg --print-architecture)
out=dist/pressmark_${version}_${arch}.deb
[ -x "$dist/pressmark" ] || { echo "$dist holds no program: run pyinstaller --noconfirm build_installer.spec" >&2; exit 2; }
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

share=$root/usr/share
install -d "$root/DEBIAN" "$root/opt/pressmark" "$root/usr/bin" "$share/applications" "$share/mime/packages" \
    "$share/icons/hicolor/scalable/apps" "$share/doc/pressmark"
cp -a "$dist/." "$root/opt/pressmark/"
ln -s /opt/pressmark/pressmark "$root/usr/bin/pressmark"
install -m 644 packaging/pressmark.desktop "$share/applications/"
install -m 644 packaging/pressmark-mime.xml "$share/mime/packages/pressmark.xml"
install -m 644 resources/icons/pressmark.svg "$share/icons/hicolor/scalable/apps/"
install -m 644 LICENSE "$share/doc/pressmark/copyright"
cat resources/*/LICENSE-*.txt >> "$share/doc/pressmark/copyright"

# the libraries that a bundle leaves to the system, a font for scripts that ours lack, key layouts
cat > "$root/DEBIAN/control" <<CONTROL
Package: pressmark
Version: $version
Architecture: $arch
Maintainer: The Pressmark authors <pressmark@localhost>
Installed-Size: $(du -sk "$root/opt" | cut -f1)
Depends: libc6 (>= 2.28), libgl1, libegl1, libxcb1, fontconfig-config, fonts-dejavu-core | fonts-liberation, xkb-data
Section: text
Priority: optional
Description: Mark actors, events, numbers and statements in news articles
 People read news articles, mark spans of text, fill a form beside the text,
 and export the result as a dataset for research.
CONTROL
chmod -R go-w "$root"
chmod 755 "$root"
dpkg-deb --root-owner-group -Z"${COMPRESSION:-xz}" --build "$root" "$out"
