"""Which suggesters a test wants."""

from app.ui.main_window import MainWindow
from app.ui.proposals import LEARNED, RULES


def known_words_alone(window: MainWindow) -> None:
    """Let nothing be suggested but words that were marked before."""
    for name in (LEARNED, *RULES):
        window.bench._settings.set_text(f"suggest-{name}", "")
    window.bench._apply_view_settings()
