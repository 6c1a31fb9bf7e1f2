"""The window of the registry: entries, their places, likely the same ones, merging, splitting."""
