"""What things are: articles, annotations, the codebook, commands and changes. No Qt, no SQL."""
