"""The codebook editor: a window of its own, opened on demand."""
