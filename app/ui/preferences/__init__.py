"""Settings: what a person sets for this machine, applied at once."""
