"""Proposals: from a text and what the project knows to suggestions. One module a suggester.

Nothing is written here; a suggestion becomes a mark only when it is accepted.
"""
