"""The face all fields share."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from app.model.annotation import Value
from app.model.codebook import Attribute, Option
from app.ui.form.cell import Cell
from app.ui.form.context import FormContext
from app.ui.form.drafts import Place


class WrongInputError(ValueError):
    """What was typed is no value of the field; the message says why."""


class Field(Cell):
    """A control for one attribute of the codebook.

    `set_value` shows what the project holds; `edited` tells what the user wants instead. Nothing is
    sent that the attribute cannot take: the words stay, and a sentence below says why.
    """

    edited = Signal(object)
    """The value wanted; None takes it away."""
    creation_requested = Signal(str)
    """A registry record of this name is to be made and linked."""

    typed = False
    """Whether consecutive edits are typing, which the history takes as one step."""

    def __init__(
        self, attribute: Attribute, context: FormContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, parent)
        self.attribute = attribute
        self.setEnabled(self.typed or not context.read_only)  # words can be read and copied
        self._held: Value = None
        self._sent: Value = None
        self._sibling: Value = None
        self._tried: list[Value] = []
        """Values that were sent and not taken, since the value held was shown."""

    def value(self) -> Value:
        """Return the value shown: the one held by the project, or the one sent there last."""
        return self._sent

    def set_value(self, value: Value) -> None:
        """Show what the project holds, unless something else is being typed right now."""
        unchanged = _same(value, self._held)
        unsent = self.draft()
        self._held = value
        if _same(value, self._sent):
            return
        if unchanged and (self.problem or self.is_typing() or self.is_unsent()):
            return
        if unsent and not unchanged:
            if any(_same(value, one) for one in self._tried):  # our own, on disk at last
                self._sent = value
            else:
                self.keep_typed(value)
            return
        self.start(value)

    def start(self, value: Value) -> None:
        """Show a value afresh, as for another annotation: forget what was typed."""
        self._held = self._sent = value
        self._tried.clear()
        self.show_problem("")
        self.show_value(value)

    def show_value(self, value: Value) -> None:
        """Put a value into the control, without a signal."""
        raise NotImplementedError

    def is_typing(self) -> bool:
        """Tell whether the control holds words that were not sent yet."""
        return False

    def draft(self) -> str:
        """Return the words that could not be sent, to be shown again later."""
        return ""

    def restore(self, draft: str) -> None:
        """Show such words again, and what is wrong with them."""

    def is_unsent(self) -> bool:
        """Tell whether a value was sent that the project does not hold."""
        return not _same(self._sent, self._held)

    def keep_typed(self, value: Value) -> None:
        """Take note that somebody else gave the field another value while it was being typed in.

        Where the control can keep the words, they stay and what is held now is said below them.
        """
        self.start(value)

    @override
    def drafts(self) -> dict[Place, str]:
        words = self.draft()
        return {(): words} if words else {}

    @override
    def restore_drafts(self, drafts: Mapping[Place, str]) -> None:
        if () in drafts:
            self.restore(drafts[()])

    def depend(self, value: Value) -> None:
        """Take the value of the attribute that this one depends on."""
        if not _same(value, self._sibling):
            self._sibling = value
            self.offer()

    def offer(self) -> None:
        """Offer other options after the attribute it depends on has changed."""

    def options(self) -> list[Option]:
        """Return the options that can be chosen now; archived ones only where they are chosen."""
        chosen = self._sent if isinstance(self._sent, tuple) else (self._sent,)
        return [
            option
            for option in self.attribute.options
            if option.value in chosen or (not option.archived and self._goes_with(option))
        ]

    def _goes_with(self, option: Option) -> bool:
        return (
            not self.attribute.depends_on
            or not option.only_with
            or self._sibling in option.only_with
        )

    def send(self, value: Value) -> None:
        """Tell that the user wants this value, where it is another one."""
        self.show_problem("")
        if not _same(value, self._sent):
            self._sent = value
            self.edited.emit(value)

    def revert(self) -> None:
        """Take note that the project did not take the value sent: show the one it holds.

        What was typed stays, to be sent again.
        """
        if self.is_unsent():
            self._tried.append(self._sent)
        self._sent = self._held
        if not self.typed:
            self.show_value(self._held)


def _same(one: Value, other: Value) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def label_of(option: Option) -> str:
    """Return what to call an option."""
    return option.label or str(option.value)
