"""The dataset as tables: one row for each thing, after its mentions are joined."""
