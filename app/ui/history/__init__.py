"""The history of a project, and its trash."""
