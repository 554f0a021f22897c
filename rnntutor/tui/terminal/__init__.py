"""The terminal: driver, keys, flow control, cell diff, SGR, signals."""
