"""The window. Only this package and the entry point know Qt."""
