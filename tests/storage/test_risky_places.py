"""Network drives and folders of clouds: found, and written without a log beside the file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from app.model.commands import AddArticle, SetProject
from app.storage.risky_places import Risk, risk_of
from app.workspace import Workspace
from tests.projects import article, project

MOUNTS = r"""/dev/vda1 / ext4 rw 0 0
proc /proc proc rw 0 0
server:/home /mnt/home nfs4 rw 0 0
//nas/our\040things /mnt/our\040things cifs rw 0 0
me@host:/ /mnt/home/me/far fuse.sshfs rw 0 0
/dev/vdb1 /mnt/home/me/disk ext4 rw 0 0
C:\134 /mnt/c 9p rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/me/p.pressmark", ""),
        ("/mnt/home/p.pressmark", "nfs4"),
        ("/mnt/homes/p.pressmark", ""),
        ("/mnt/our things/p.pressmark", "cifs"),
        ("/mnt/home/me/far/p.pressmark", "fuse.sshfs"),
        ("/mnt/home/me/disk/p.pressmark", ""),
        ("/mnt/c/p.pressmark", "9p"),
    ],
)
def test_network_drives(tmp_path: Path, path: str, name: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    found = risk_of(Path(path), tmp_path / "mounts")
    assert found == (Risk("network", name) if name else None)


def test_without_a_list_of_mounts_nothing_is_said(tmp_path: Path) -> None:
    assert risk_of(Path("/home/me/p.pressmark"), tmp_path / "none") is None


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Dropbox", "Dropbox"),
        ("Dropbox (University)/coding", "Dropbox"),
        ("OneDrive - University", "OneDrive"),
        ("OneDrive", "OneDrive"),
        ("Google Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud Drive"),
        ("Nextcloud2", "Nextcloud"),
        ("MEGAsync", "MEGA"),
        ("Dropboxes", ""),
        ("Boxes", ""),
        ("My Drive-in", ""),
    ],
)
def test_folders_of_clouds(folder: str, name: str) -> None:
    found = risk_of(Path("/home/me") / folder / "p.pressmark", Path("/none"))
    assert found == (Risk("cloud", name) if name else None)


def test_a_folder_that_something_synchronises_is_known_by_its_mark(tmp_path: Path) -> None:
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    (tmp_path / "shared" / "deep").mkdir()
    found = risk_of(tmp_path / "shared" / "deep" / "p.pressmark")
    assert found == Risk("cloud", "Syncthing")
    assert "Syncthing synchronises" in found.sentence


def journal_mode(location: str) -> str:
    with closing(sqlite3.connect(location)) as connection:
        return str(connection.execute("PRAGMA journal_mode").fetchone()[0])


def write(ws: Workspace, title: str) -> None:
    ws.do(AddArticle(article=article(f"Text {title}.", title=title)), title="import")


def test_there_a_project_has_no_log_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with project(folder) as ws:
        write(ws, "one")
        assert ws.risk
        assert sorted(one.suffix for one in folder.iterdir()) == [".pressmark"]
        with Workspace.open(ws.location, annotator="bob") as other:
            write(other, "two")
            assert len(ws.poll()) == 2  # bob, and his article
            write(ws, "three")
            assert len(other.poll()) == 1
        assert ws.check().ok
    assert journal_mode(ws.location) == "delete"


def test_a_project_that_is_moved_there_and_back_changes_its_way(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        write(ws, "one")
        assert ws.risk == ""
    assert journal_mode(ws.location) == "wal"
    cloud = tmp_path / "Nextcloud"
    cloud.mkdir()
    there = Path(ws.location).rename(cloud / "p.pressmark")
    before = there.read_bytes()
    with Workspace.open(there, annotator="ann") as moved:
        assert moved.article_ids()
    assert there.read_bytes() == before  # opening writes nothing
    with Workspace.open(there, annotator="ann") as moved:
        write(moved, "two")
    assert journal_mode(str(there)) == "delete"
    back = there.rename(tmp_path / "back.pressmark")
    with Workspace.open(back, annotator="ann") as again:
        write(again, "three")
        assert again.check().ok
        assert len(again.article_ids()) == 3
    assert journal_mode(str(back)) == "wal"


def test_while_another_has_it_open_it_stays_as_it_is(tmp_path: Path) -> None:
    with project(tmp_path) as ws:
        write(ws, "one")
    cloud = tmp_path / "Dropbox"
    cloud.mkdir()
    there = Path(ws.location).rename(cloud / "p.pressmark")
    with closing(sqlite3.connect(there)) as holder:
        holder.execute("BEGIN")
        holder.execute("SELECT count(*) FROM article").fetchone()
        with Workspace.open(there, annotator="ann") as moved:
            write(moved, "two")
            moved.do(SetProject(project=moved.project), title="x")
            assert len(moved.article_ids()) == 2
        holder.execute("COMMIT")
    with Workspace.open(there, annotator="ann") as moved:
        write(moved, "three")
        assert moved.check().ok
