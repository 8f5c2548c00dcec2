"""Write a story's report: a static site, its evidence, its data and the notebooks as appendix."""

from helpers.publish.notebooks import notebooks
from helpers.publish.site import Figure, site

__all__ = ["Figure", "notebooks", "site"]
