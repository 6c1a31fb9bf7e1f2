"""Readers that do what none may: the tests let the child run them."""

import os
import socket
from pathlib import Path
from typing import Any

from app.exchange.dataset import Bundle, Dataset
from app.model.article import Article
from app.model.ids import new_id
from app.model.text import sha256_of


def read(data: bytes) -> dict[str, Any]:
    word, _, where = data.decode().partition(" ")
    match word:
        case "hang":
            while True:
                pass
        case "abort":
            os.abort()
        case "eat":
            return {"text": "x" * (8 << 30)}
        case "write":
            with open(where, "w", encoding="utf-8") as file:  # noqa: PTH123 - as code in a file would
                file.write("out")
        case "connect":
            socket.create_connection(("127.0.0.1", 9))
        case "run":
            os.system(where)  # noqa: S605
        case "remove":
            os.remove(where)  # noqa: PTH107
    return {"text": word}


def annotated(path: Path) -> Dataset:
    """Do what `read` does, as a reader of annotations that opens its file by itself."""
    text = str(read(path.read_bytes().strip())["text"])
    article = Article(id=new_id(), title="", text=text, sha256=sha256_of(text))
    return Dataset(articles=(Bundle(article=article),), foreign=True)
