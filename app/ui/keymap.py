"""Which keys run which action: the table of commands, with what a person changed.

A key is written in Qt's portable notation. Types, roles and fields of words have their keys from
the codebook; those are changed there.
"""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, Signal

from app.model.codebook import Codebook
from app.model.errors import Refused
from app.ui.actions import ACTIONS, Action

_BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


class Keymap(QObject):
    """The keys as they are now. Whoever shows or obeys keys asks here and listens to `changed`."""

    changed = Signal()

    def __init__(
        self,
        overrides: Mapping[str, tuple[str, ...]] | None = None,
        *,
        single_keys: bool = True,
        parent: QObject | None = None,
    ) -> None:
        """Take over changed keys; an action that is not there is passed over."""
        super().__init__(parent)
        self._overrides = {
            name: tuple(keys) for name, keys in (overrides or {}).items() if name in _BY_ID
        }
        self._single_keys = single_keys
        self._in_text = self._article_keys()
        self._in_compare = self._compare_keys()

    @property
    def single_keys(self) -> bool:
        """Whether a letter, digit or sign alone does something in the text (WCAG 2.1.4)."""
        return self._single_keys

    @single_keys.setter
    def single_keys(self, on: bool) -> None:
        if on != self._single_keys:
            self._single_keys = on
            self.changed.emit()

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the keys that run an action, in the order in which they are printed.

        The first keys of a window action work everywhere; the `article_keys` of the table follow.
        """
        action = _BY_ID[action_id]
        return self._overrides.get(action_id, (*action.keys, *action.article_keys))

    def window_keys(self, action_id: str) -> tuple[str, ...]:
        """Return the keys that run a window action wherever the focus is."""
        if _BY_ID[action_id].scope != "window":
            return ()
        return tuple(key for key in self.keys(action_id) if not is_single(key))

    def article_action(self, pressed: str) -> str | None:
        """Return the id of what the pressed keys do in the text, or None."""
        return self._in_text.get(pressed) if self.obeys(pressed) else None

    def compare_action(self, pressed: str) -> str | None:
        """Return the id of what the pressed keys do while annotators are compared, or None."""
        return self._in_compare.get(pressed) if self.obeys(pressed) else None

    def obeys(self, pressed: str) -> bool:
        """Tell whether the keys count: alone they may be switched off."""
        return self._single_keys or not is_single(pressed)

    def conflict(
        self, action_id: str, keys: tuple[str, ...], codebook: Codebook | None = None
    ) -> str | None:
        """Return, as a sentence, what the keys do already; None where they are free."""
        for key in keys:
            for other in ACTIONS:
                if other.id != action_id and self._meets(action_id, other, key):
                    return f"{key} is “{other.told}” already"
            in_text = codebook is not None and _BY_ID[action_id].scope != "compare"
            given = _codebook_keys(codebook) if codebook is not None and in_text else ()
            if taken := next((what for one, what in given if one == key), None):
                return f"{key} is {taken} in the codebook"
        return None

    def _meets(self, action_id: str, other: Action, key: str) -> bool:
        """Tell whether a key runs another action, too, where it runs this one."""
        scopes = {_BY_ID[action_id].scope, other.scope}
        if len(scopes) > 1 and "compare" in scopes:
            own = self.window_keys(other.id) if other.scope == "window" else self.keys(other.id)
            return "window" in scopes and not is_single(key) and key in own
        return key in self.keys(other.id)

    def assign(
        self, action_id: str, keys: tuple[str, ...], codebook: Codebook | None = None
    ) -> None:
        """Give an action other keys, or none. Raises `Refused` where one is taken."""
        if (taken := self.conflict(action_id, keys, codebook)) is not None:
            raise Refused(taken)
        action = _BY_ID[action_id]
        if keys == (*action.keys, *action.article_keys):
            self._overrides.pop(action_id, None)
        else:
            self._overrides[action_id] = keys
        self._follow()

    def reset(self, action_id: str | None = None) -> None:
        """Give an action, or every one, its first keys again. Raises `Refused` like `assign`."""
        if action_id is None:
            self._overrides.clear()
            self._follow()
        else:
            action = _BY_ID[action_id]
            self.assign(action_id, (*action.keys, *action.article_keys))

    def overrides(self) -> dict[str, tuple[str, ...]]:
        """Return what a person changed, by the id of the action."""
        return dict(self._overrides)

    def _follow(self) -> None:
        self._in_text = self._article_keys()
        self._in_compare = self._compare_keys()
        self.changed.emit()

    def _article_keys(self) -> dict[str, str]:
        """Return what keys do in the text; those of window actions that Qt runs itself are out."""
        return {
            key: action.id
            for action in ACTIONS
            for key in self.keys(action.id)
            if action.scope == "article" or (action.scope == "window" and is_single(key))
        }

    def _compare_keys(self) -> dict[str, str]:
        """Return what keys do while annotators are compared."""
        return {
            key: action.id
            for action in ACTIONS
            for key in self.keys(action.id)
            if action.scope == "compare"
        }


def is_single(key: str) -> bool:
    """Tell whether it is a letter, digit or sign, alone or with Shift."""
    return len(key.removeprefix("Shift+")) == 1


def _codebook_keys(codebook: Codebook) -> Iterator[tuple[str, str]]:
    """Yield the keys the codebook gives, with what each is."""
    for span_type in codebook.types:
        if span_type.archived:
            continue
        if span_type.key:
            label = span_type.label.lower()
            yield span_type.key, f"the key of “{label}”"
            yield f"Shift+{span_type.key}", f"“change type to {label}”"
            yield f"Alt+{span_type.key}", f"“keep tagging as {label}”"
        for field in span_type.evidence:
            if field.key and not field.archived:
                yield field.key, f"“{field.label}”"
    for role in codebook.roles:
        if role.key and not role.archived:
            yield role.key, f"“{role.label}”"
            yield f"Shift+{role.key}", f"“clear {role.label.lower()}”"
