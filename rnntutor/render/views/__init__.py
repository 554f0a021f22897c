"""Views: drawings of a run, by the names used in lessons."""
