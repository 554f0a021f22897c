"""Open the learner's own files as lessons: Markdown, text, reStructuredText, Org and notebooks."""
