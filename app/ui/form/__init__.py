"""The form beside the text: fields from the codebook, slots for relations, and the outline."""
