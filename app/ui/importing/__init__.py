"""The import sheet: every file with what it would bring, mended in place, then imported."""
