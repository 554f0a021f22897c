"""Text primitives: bars, columns, curves, glyphs, scales, tables, wrapping."""
