"""The sample as a dataset, and files made from it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.exchange import pressmark_json, reference
from app.exchange.dataset import Bundle, Dataset, Header
from app.model.codebook import Codebook
from app.model.codebook_file import read_codebook
from app.model.resources import resource


@pytest.fixture(scope="session")
def press() -> Codebook:
    """The codebook that ships with the program."""
    return read_codebook(resource("codebooks/press.yaml"))


@pytest.fixture(scope="session")
def sample(press: Codebook) -> Dataset:
    """The sample article with its expert annotation."""
    return reference.read(resource("sample/annotation.json"), press, title="A title")


@pytest.fixture(scope="session")
def header(sample: Dataset) -> Header:
    """What the sample says beside its article."""
    assert sample.header is not None
    return sample.header


@pytest.fixture(scope="session")
def bundle(sample: Dataset) -> Bundle:
    """The sample article and what belongs to it."""
    (only,) = sample.articles
    return only


@pytest.fixture
def document(tmp_path: Path, header: Header, bundle: Bundle) -> dict[str, Any]:
    """The sample as Pressmark JSON, parsed and free to be spoilt."""
    path = tmp_path / "sample-document.json"
    pressmark_json.write(path, header, [bundle])
    data: dict[str, Any] = json.loads(path.read_bytes())
    path.unlink()
    return data
