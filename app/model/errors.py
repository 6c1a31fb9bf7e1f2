"""The two kinds of failure that are expected. Everything else is a bug and stays loud."""


class Refused(Exception):
    """The user may not do this. The message is a sentence that can be shown as it is."""


class StaleEdit(Refused):
    """An edit was made on a version that is no longer the current one.

    `seen` is the version the editor saw, `current` what the project holds now: the record itself,
    or `None` where it was deleted in the meantime.
    """

    def __init__(self, message: str, *, seen: int, current: object | None) -> None:
        super().__init__(message)
        self.seen = seen
        self.current = current


class InputRefused(Refused):
    """A file or value from outside cannot be used; nothing was changed."""


class Damaged(InputRefused):
    """A project file is not as it was written. A backup helps, or a repair."""


class KnownError(Exception):
    """The environment failed: disk, lock, permission, connection. The message says what is safe."""
