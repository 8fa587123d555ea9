"""Areas made of OpenStreetMap extracts: roads, addresses, base maps."""
