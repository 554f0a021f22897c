"""Draft a course from a lecture: its headings become steps, with matching questions and stages."""
