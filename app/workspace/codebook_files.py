"""Writing a codebook to a file of its own."""

from pathlib import Path

from app.exchange.atomic import atomic_write
from app.model.codebook import Codebook


def write_codebook(path: Path, codebook: Codebook) -> None:
    """Write a codebook as YAML, wholly or not at all. Raises `KnownError`."""
    from app.model.codebook_file import codebook_to_yaml

    with atomic_write(path) as file:
        file.write(codebook_to_yaml(codebook).encode())
