"""The article: its text with every mark, and the gestures that tag, select and reshape."""
