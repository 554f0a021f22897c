"""Shared parts of the simulations: reading settings, weights, tasks, training."""
