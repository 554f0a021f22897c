"""The drawings of a run, by the names that lessons use."""
