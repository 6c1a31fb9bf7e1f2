"""The export sheet: format, selection, check and preview, then the receipt."""
