"""Files of the learner's own, as lessons: any Markdown, text, reStructuredText, Org, a notebook."""
