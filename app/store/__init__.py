"""The database: the only place that knows SQL."""

from app.store.migrate import schema, upgrade
from app.store.store import SqliteStore, open_store
from app.store.verify import verify

__all__ = ["SqliteStore", "open_store", "schema", "upgrade", "verify"]
