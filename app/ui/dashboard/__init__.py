"""The figures of a project, as cards."""
