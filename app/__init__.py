"""Pressmark: mark actors, events, numbers and statements in news articles."""

__version__ = "0.1.0"
