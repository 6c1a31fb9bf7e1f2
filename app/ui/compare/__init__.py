"""Comparing what several people marked in an article, and settling where they differ."""
