"""Folders in which a database file is in danger: on a network drive, or synchronised to a cloud.

Locks of network drives do not hold, and the shared memory of write-ahead logging is not shared over
them (https://www.sqlite.org/wal.html); a cloud program copies a file while it is being written and
knows nothing of the log beside it. There a project is written without a log of its own.
"""

import os
import re
import sys
from pathlib import Path
from typing import Literal, NamedTuple

_NETWORK = frozenset(
    "9p afs afpfs ceph cifs davfs fuse.davfs2 fuse.glusterfs fuse.gvfsd-fuse fuse.rclone"
    " fuse.sshfs glusterfs lustre ncpfs nfs nfs4 smb2 smb3 smbfs webdav".split()
)
_CLOUDS = (
    (re.compile(r"^Dropbox( \(.+\))?$"), "Dropbox"),
    (re.compile(r"^OneDrive( ?- .+)?$"), "OneDrive"),
    (re.compile(r"^(Google ?Drive(-.+)?|My Drive)$"), "Google Drive"),
    (re.compile(r"^(iCloud ?Drive|Mobile Documents|com~apple~CloudDocs)$"), "iCloud Drive"),
    (re.compile(r"^Nextcloud\d*$"), "Nextcloud"),
    (re.compile(r"^ownCloud\d*$", re.IGNORECASE), "ownCloud"),
    (re.compile(r"^(pCloud ?Drive|pCloud Sync)$"), "pCloud"),
    (re.compile(r"^Box( Sync)?$"), "Box"),
    (re.compile(r"^MEGA( ?sync)?$", re.IGNORECASE), "MEGA"),
    (re.compile(r"^(Seafile|Proton ?Drive|Tresorit|SynologyDrive|CloudStorage)$"), "a cloud"),
)
_MARKERS = (
    (".dropbox.cache", "Dropbox"),
    (".stfolder", "Syncthing"),
    (".nextcloudsync.log", "Nextcloud"),
    (".owncloudsync.log", "ownCloud"),
    (".sync.ffs_db", "FreeFileSync"),
)
_REMOTE_DRIVE = 4
"""What Windows calls a drive on a network (GetDriveTypeW)."""


class Risk(NamedTuple):
    """Why a place is risky: on a network (`name` is the file system), or in a cloud's folder."""

    kind: Literal["network", "cloud"]
    name: str

    @property
    def sentence(self) -> str:
        """What it is, what is safe and what to do."""
        where = (
            f"on a network drive ({self.name})"
            if self.kind == "network"
            else f"in a folder that {self.name} synchronises"
        )
        return (
            f"This project lies {where}. It is written more carefully there, and backups lie on "
            "this computer; two computers that have it open can still overwrite each other. Keep "
            "it in a folder of this computer and pass on copies."
        )


def risk_of(path: Path, mounts: Path = Path("/proc/mounts")) -> Risk | None:
    """Return why the folder of a file is risky, or None where nothing speaks against it."""
    return _on_network(path, mounts) or _in_cloud(path)


def _on_network(path: Path, mounts: Path) -> Risk | None:
    if sys.platform == "win32":  # pragma: no cover - decided on Windows alone
        import ctypes

        if str(path).startswith("\\\\"):
            return Risk("network", "shared folder")
        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")
        return Risk("network", path.drive) if kind == _REMOTE_DRIVE else None
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    best, found = "", ""
    for line in lines:
        parts = line.split(" ")
        if len(parts) < 3:  # noqa: PLR2004 - device, folder, kind
            continue
        folder = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), parts[1])
        inside = str(path) == folder or str(path).startswith(folder.rstrip("/") + "/")
        if inside and len(folder) >= len(best):
            best, found = folder, parts[2]
    return Risk("network", found) if found in _NETWORK else None


def _in_cloud(path: Path) -> Risk | None:
    for folder in path.parents:
        for pattern, name in _CLOUDS:
            if pattern.match(folder.name):
                return Risk("cloud", name)
        for marker, name in _MARKERS:
            if os.path.lexists(folder / marker):
                return Risk("cloud", name)
    return None
