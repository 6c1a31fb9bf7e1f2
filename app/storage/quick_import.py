"""SQLAlchemy, imported without two modules that it imports and never uses here.

`asyncio` and `importlib.metadata` bring sixty others along, a seventh of the time it takes. While
it is imported something stands in for them; afterwards everybody else imports the real ones, and
so does SQLAlchemy where it uses them after all.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

from typing_extensions import override


class _StandIn(ModuleType):
    """A module that is imported when something of it is wanted."""

    def __init__(self, name: str, functions: tuple[str, ...]) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, self._called(function))

    def _called(self, function: str) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            wanted: Callable[..., object] = getattr(import_module(self.__name__), function)
            return wanted(*arguments, **named)

        return call

    @override
    def __getattr__(self, name: str) -> object:
        return getattr(_real(self), name)


def _real(stand_in: ModuleType) -> ModuleType:
    name = stand_in.__name__
    if sys.modules.get(name) is stand_in:
        del sys.modules[name]
    return import_module(name)


@contextmanager
def stand_in(name: str, *functions: str) -> Iterator[None]:
    """Have something stand in for a module, unless that is there already.

    `functions` may be taken from it meanwhile; they import it when they are called.
    """
    if name in sys.modules:
        yield
        return
    made = _StandIn(name, functions)
    parent, _, child = name.rpartition(".")
    sys.modules[name] = made
    if parent:
        setattr(sys.modules[parent], child, made)
    try:
        yield
    finally:
        if sys.modules.get(name) is made:
            del sys.modules[name]
            if parent:
                delattr(sys.modules[parent], child)


with stand_in("asyncio", "iscoroutine"), stand_in("importlib.metadata"):
    import sqlalchemy.dialects.sqlite  # noqa: F401 - which `create_engine` would import
