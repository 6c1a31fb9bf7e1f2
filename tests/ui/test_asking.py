"""A model server is asked when somebody says so, after all that would be sent was shown."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.model.commands import AddArticle
from app.ui.asking import AskSheet
from app.ui.main_window import MainWindow
from app.ui.preferences.server_form import ServerForm
from app.workspace.outside import Server, server_kept
from app.workspace.places import data_folder
from tests.projects import article, project
from tests.ui.suggesters import known_words_alone

Key = Qt.Key
TEXT = "😀 Navalny came to Moscow. Navalny left."


class Model(ThreadingHTTPServer):
    """A server on this computer that answers as it is told, and remembers what it was sent."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sent: list[tuple[str, str, bytes]] = []
        self.status = 200
        self.says: object = {"spans": []}
        self.raw: bytes | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        key = self.headers.get("Authorization", "")
        self.server.sent.append((self.path, key, self.rfile.read(length)))
        said = {"choices": [{"message": {"content": json.dumps(self.server.says)}}]}
        data = json.dumps(said).encode() if self.server.raw is None else self.server.raw
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def model() -> Iterator[Model]:
    made = Model()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


@pytest.fixture
def window(opened: MainWindow, tmp_path: Path) -> MainWindow:
    with project(tmp_path) as ws:
        for text in (TEXT, "The police left."):
            ws.do(AddArticle(article=article(text)), title="import")
    known_words_alone(opened)
    opened.bench.open_project(ws.location)
    return opened


def form(window: MainWindow, qtbot: QtBot) -> ServerForm:
    made = ServerForm(window.bench._settings)
    made.switched.connect(lambda: window.bench._apply_setting("pipelines"))
    qtbot.addWidget(made)
    made.show()
    return made


def switch_on(window: MainWindow, qtbot: QtBot, model: Model) -> None:
    made = form(window, qtbot)
    made.address.setText(model.address + "/")
    made.model.setText("llama")
    made.key.setText("secret")
    made.on.click()
    assert made.on.isChecked()


def answer_sheet(*, send: bool, always: bool = False) -> list[str]:
    """Answer the next sheet; what it showed is in the list afterwards."""
    shown: list[str] = []

    def answer() -> None:
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, AskSheet)
        shown.append(sheet.words.toPlainText())
        sheet.always.setChecked(always)
        button = sheet.send if send else sheet.close_button
        button.setFocus()
        QTest.keyClick(button, Key.Key_Space)

    QTimer.singleShot(0, answer)
    return shown


def ask(window: MainWindow, qtbot: QtBot, *, send: bool = True, always: bool = False) -> str:
    shown = answer_sheet(send=send, always=always)
    window.bench.menus.action("ask-server").trigger()
    qtbot.waitUntil(lambda: window.bench.asking.job is None)
    (words,) = shown
    return words


def proposed(window: MainWindow) -> list[tuple[int, str, str]]:
    found = window.bench.desk.view.suggestions.values()
    return sorted((one.start, one.quote, one.suggester) for one in found)


def test_nothing_is_sent_before_it_is_switched_on(window: MainWindow, model: Model) -> None:
    said: list[str] = []
    window.bench.asking.message.connect(said.append)
    window.bench.menus.action("ask-server").trigger()
    assert said == ["No model server may be asked: Settings ▸ Pipelines switches one on"]
    assert model.sent == []
    assert window.bench.status._standing.text() == ""


def test_all_that_is_sent_is_shown_first(window: MainWindow, qtbot: QtBot, model: Model) -> None:
    switch_on(window, qtbot, model)
    assert window.bench.status._standing.text() == "model server: 127.0.0.1"
    assert window.bench.status._standing.isVisible()
    ask(window, qtbot, send=False)
    assert model.sent == []
    model.says = {
        "spans": [
            {"type": "actor", "quote": "Navalny", "nth": 2},
            {"type": "actor", "quote": "Moscow"},
            {"type": "actor", "quote": "Putin"},
            {"type": "party", "quote": "came"},
            "no span",
        ]
    }
    said: list[str] = []
    window.bench.asking.message.connect(said.append)
    shown = ask(window, qtbot)
    ((path, key, body),) = model.sent
    assert path == "/v1/chat/completions"
    assert key == "Bearer secret"
    assert body.decode() == shown
    assert TEXT in json.loads(body)["messages"][1]["content"]
    assert said[-1] == "3 spans proposed; 2 of 5 quotes are not in the article"
    assert proposed(window) == [
        (18, "Moscow", "server:llama"),
        (26, "Navalny", "server:llama"),
    ]
    assert len(model.sent) == 1
    made = form(window, qtbot)
    made.on.click()
    assert proposed(window) == []
    assert window.bench.status._standing.text() == ""


def test_every_opened_article_only_where_that_was_ticked(
    window: MainWindow, qtbot: QtBot, model: Model
) -> None:
    switch_on(window, qtbot, model)
    bench = window.bench
    ask(window, qtbot)
    assert bench.session is not None
    first, second = bench.session.workspace.article_ids()
    bench.desk.open_article(second)
    assert bench.asking.job is None
    ask(window, qtbot, always=True)
    assert bench.status._standing.text() == "sends articles to 127.0.0.1"
    assert len(model.sent) == 2
    bench.desk.open_article(first)  # it was asked about already
    assert bench.asking.job is None
    bench.session.workspace.do(AddArticle(article=article("A new one.")), title="x")
    bench.desk.open_article(bench.session.workspace.article_ids()[-1])
    qtbot.waitUntil(lambda: len(model.sent) == 3 and bench.asking.job is None)
    assert b"A new one." in model.sent[-1][2]


@pytest.mark.parametrize(
    ("status", "raw", "sentence"),
    [
        (500, None, "127.0.0.1 refused: 500"),
        (302, None, "127.0.0.1 refused: 302"),
        (200, b"no json", "The model server’s answer is not one of a chat."),
        (200, b'{"choices": []}', "The model server’s answer is not one of a chat."),
        (
            200,
            b'{"choices": [{"message": {"content": "I cannot do that."}}]}',
            "The model did not answer with a list of spans.",
        ),
    ],
)
def test_what_goes_wrong_is_a_sentence(  # noqa: PLR0917 - what is given by pytest
    window: MainWindow, qtbot: QtBot, model: Model, status: int, raw: bytes | None, sentence: str
) -> None:
    switch_on(window, qtbot, model)
    model.status, model.raw = status, raw
    said: list[str] = []
    window.bench.asking.message.connect(said.append)
    ask(window, qtbot)
    assert sentence in said[-1]
    assert len(model.sent) == 1
    assert proposed(window) == []


def test_a_server_that_is_gone_says_so(window: MainWindow, qtbot: QtBot, model: Model) -> None:
    switch_on(window, qtbot, model)
    model.shutdown()
    model.server_close()
    said: list[str] = []
    window.bench.asking.message.connect(said.append)
    ask(window, qtbot)
    assert said[-1].endswith("nothing listens there. Is the server running?")


def test_the_key_is_this_persons_only_and_in_no_settings(
    window: MainWindow, qtbot: QtBot, model: Model
) -> None:
    switch_on(window, qtbot, model)
    assert (data_folder() / "server.json").stat().st_mode & 0o777 == 0o600
    assert server_kept() == Server(address=model.address, model="llama", key="secret")
    window.bench._settings._store.sync()
    assert "secret" not in Path(window.bench._settings._store.fileName()).read_text()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("localhost:11434", "begins with http:// or https://"),
        ("ftp://x", "begins with http:// or https://"),
        ("http://", "begins with http:// or https://"),
        ("http://x:port", "begins with http:// or https://"),
        ("https://models.example.org/v1", "What is sent leaves this computer"),
        ("http://models.example.org/v1", "can be read by others on the way"),
    ],
)
def test_addresses(window: MainWindow, qtbot: QtBot, address: str, said: str) -> None:
    made = form(window, qtbot)
    made.model.setText("llama")
    made.address.setText(address)
    made.on.click()
    assert said in made.said.text()
    assert made.on.isChecked() == ("example" in address)
