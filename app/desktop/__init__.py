"""The window: panels, models and the bridge to the services; the only place that imports Qt."""
