"""The revisions. `revision` is the `user_version` that a project file has afterwards."""
