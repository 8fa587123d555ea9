"""The rows of the table of acts, menu by menu; `app.desktop.actions` puts them together."""
