"""A course from a lecture: its headings as steps, and what of the course fits its statements."""
