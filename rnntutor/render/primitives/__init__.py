"""Text primitives: numbers, bars, columns, curves, tables, wrapping."""
