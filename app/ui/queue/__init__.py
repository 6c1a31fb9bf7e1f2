"""The queue: which articles there are, how far each one is, and the way to them."""
