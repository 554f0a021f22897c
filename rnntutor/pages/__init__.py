"""States as rows: pure functions, no Textual."""
