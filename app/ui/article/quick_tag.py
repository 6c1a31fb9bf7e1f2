"""The bar beside a fresh selection: which key makes it what."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget

from app.model.codebook import Codebook, Role
from app.model.wording import role_of
from app.ui.article.bar import Bar, Item
from app.ui.article.paint import Looks

_BELOW = 8


class QuickTag(Bar):
    """Offers the types of the codebook, the guessed one tinted, and a slot of the selected mark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("quick-tag")

    def offer(
        self, codebook: Codebook, looks: Looks, *, guess: str, slot: tuple[Role, str] | None
    ) -> None:
        """Show the types; `slot` is a role of the selected mark and that mark's short name."""
        items = [
            Item(
                id=f"type:{t.name}",
                key=t.key,
                badge=t.letter,
                ink=looks[t.name].ink,
                tint=looks[t.name].fill if t.name == guess else None,
                label=t.label,
            )
            for t in codebook.types
            if not t.archived
        ]
        if slot is not None:
            label = role_of(slot[0].label, slot[1])
            items.append(
                Item(
                    id=f"role:{slot[0].name}",
                    key=slot[0].key,
                    label=label,
                    colour="text-2",
                    separated=True,
                )
            )
        items.append(Item(id="esc", key="Esc"))
        self.show_items(tuple(items), name="Tag the selection")

    def place_beside(self, selection: QRectF, viewport: QRectF) -> None:
        """Stand below the selection, or above it at the end of the page."""
        height, width = self.frame().height(), self.frame().width()
        top = selection.bottom() + _BELOW
        if (
            top + height > viewport.bottom() - 4
            and selection.top() - _BELOW - height > viewport.top()
        ):
            top = selection.top() - _BELOW - height
        left = max(4.0, min(selection.left() - 4, viewport.right() - width - 4))
        self.place(left, top)
