import pytest
from pytestqt.qtbot import QtBot

from tests.ui.article.stand import Stand


@pytest.fixture
def stand(qtbot: QtBot) -> Stand:
    return Stand(qtbot)
