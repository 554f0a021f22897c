"""The tutor's own widgets."""
