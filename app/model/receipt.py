"""What is kept in a project about an export that was made of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptReceipt:
    """The receipt of one export: where it went, what it held, when and by whom it was made.

    `sha256` is of the file; `document` the receipt as JSON, with the counts written and read back
    of each type, what was left out and why, and the versions it was made with.
    """

    id: str
    at: str
    by: str
    path: str
    format: str
    sha256: str
    document: str
