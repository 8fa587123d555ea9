"""Editing of orders: in the table, many at once, and new ones by form, by one line, and from the map."""
