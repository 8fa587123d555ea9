"""The frame of the window: layouts, docks, toolbar, the second window."""
