"""The terminal: driver, key parser, flow control, cell diff, SGR sequences, signals."""
