"""The project file: tables, the one `apply`, journal, queries, search, checks. All SQL is here."""

import app.storage.quick_import  # noqa: F401 - before anything here imports SQLAlchemy
