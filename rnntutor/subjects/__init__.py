"""The subjects of the simulations' runs: what their views need to know besides the numbers."""
