"""What several simulations share: reading settings, weights, tasks, training."""
