"""Search over all articles: texts, marks and bookmarks."""
