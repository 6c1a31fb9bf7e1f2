"""Every claim about speed, runnable: `make bench`. Ratios against a floor of the same run."""
