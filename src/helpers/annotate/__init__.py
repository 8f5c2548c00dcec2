"""Annotate articles: statements, actors and times."""
