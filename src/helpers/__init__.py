"""Who said what, about what, and when: read, annotate, link, chart, publish."""
