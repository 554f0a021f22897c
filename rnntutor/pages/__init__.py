"""Render the states of a session as rows: pure functions, independent of Textual."""
