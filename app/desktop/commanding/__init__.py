"""Finding and doing by keyboard: the palette, the sheet of keys, what is remembered of both."""
