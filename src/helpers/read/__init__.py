"""Read a story's files into articles."""
