"""How far annotators agree, and where they do not. Pure functions over the model."""
