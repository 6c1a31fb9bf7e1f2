"""Project files of older versions: backed up, brought up to date in one transaction, verified."""

from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event

from app.model.errors import KnownError
from app.model.text import sha256_of
from app.storage import tables
from app.storage.backup import BackUp
from app.storage.engine import connect

MIGRATIONS = Path(__file__).parent / "migrations"
"""The folder with the revisions in `versions/`."""


def migrate(path: Path, back_up: BackUp) -> Path:
    """Bring a project file up to the newest revision; return the backup that was made before.

    Where anything fails the file is as it was.
    """
    copy = back_up(path)
    try:
        upgrade(path)
    except BaseException:
        copy.unlink()  # the file is as it was, and every further try would leave another
        raise
    return copy


def upgrade(path: Path) -> None:
    """Run the revisions that a project file lacks, in one transaction; compare before and after."""
    engine = engine_of(path)
    try:
        with engine.connect() as connection:
            # A rebuilt table would take its children along; it cannot be switched in a transaction.
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101 - a fresh connection has one
            driver.execute("PRAGMA foreign_keys = OFF")
            (version,) = driver.execute("PRAGMA user_version").fetchone()
            with connection.begin():
                before, texts = _counts(connection), _texts(connection)
                _run(connection, version)
                _verify(connection, before, texts)
    finally:
        engine.dispose()


def engine_of(path: Path) -> Engine:
    """Return an engine on a project file, for alembic. What it begins is a write."""
    engine = create_engine("sqlite://", creator=lambda: connect(path, "write"))

    # The driver neither begins nor commits by itself, so that DDL is in the transaction too. On the
    # driver's cursor: what SQLAlchemy runs begins a transaction first, and that is this one.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.connection.cursor().execute("BEGIN IMMEDIATE")

    return engine


def _run(connection: Connection, version: int) -> None:
    revisions = reversed(list(ScriptDirectory(str(MIGRATIONS)).walk_revisions()))
    with Operations.context(MigrationContext.configure(connection)):
        for script in revisions:
            if int(script.revision) > version:
                script.module.upgrade()
                connection.exec_driver_sql(f"PRAGMA user_version = {int(script.revision)}")


def _counts(connection: Connection) -> dict[str, int]:
    """Return the number of rows of every table of ours that exists."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table'"
    found = {name for (name,) in connection.exec_driver_sql(names).fetchall()}
    return {
        table: int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").one()[0])
        for table in (one.name for one in tables.ALL)
        if table in found
    }


def _texts(connection: Connection) -> dict[str, str]:
    """Return the hash of each article's text, computed anew."""
    names = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'article'"
    if not connection.exec_driver_sql(names).one()[0]:
        return {}
    return {
        article: sha256_of(text)
        for article, text in connection.exec_driver_sql("SELECT id, text FROM article")
    }


def _verify(connection: Connection, before: dict[str, int], texts: dict[str, str]) -> None:
    after = _counts(connection)
    lost = [name for name, count in before.items() if after.get(name, count) != count]
    if _texts(connection) != texts:
        lost.append("texts")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    verdict = connection.exec_driver_sql("PRAGMA quick_check(1)").one()[0]
    if lost or broken or verdict != "ok":
        raise KnownError(
            "The project could not be brought up to date; it is as it was. "
            f"(changed: {', '.join(lost) or 'none'}; {len(broken)} broken references; {verdict})"
        )
