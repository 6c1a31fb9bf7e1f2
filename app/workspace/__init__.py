"""The use cases: one open project, everything that can be done in it and asked of it."""

from app.workspace.workspace import Workspace

__all__ = ["Workspace"]
