"""The Textual user interface; no other package imports Textual."""
