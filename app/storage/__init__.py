"""The project file: tables, the one `apply`, journal, queries, search, checks. All SQL is here."""
