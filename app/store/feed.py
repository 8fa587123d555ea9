"""What others have changed: a number of the file is looked at often, the journal is read only when it moved."""

from sqlalchemy import Engine, func, select

from app.services import plain
from app.services.changes import ChangeSet, Kind
from app.store import engine
from app.store.mapping.shape import table_of
from app.store.tables import ChangeRow

CHANGE = table_of(ChangeRow)


class Feed:
    """Changes committed by other processes since the last look. `origin` is ours, whose changes the bus has announced itself."""

    def __init__(self, readers: Engine, origin: str) -> None:
        self._connection = readers.connect()
        self._origin = origin
        with self._connection.begin():
            self._version = engine.data_version(self._connection)
            self._seq = int(self._connection.execute(select(func.coalesce(func.max(CHANGE.c.seq), 0))).scalar_one())

    def poll(self) -> ChangeSet:
        """What is different since the last look; costs microseconds where nothing was committed."""
        with self._connection.begin():
            version = engine.data_version(self._connection)
            if version == self._version:
                return ChangeSet()
            self._version = version
            return ChangeSet.of(self._fresh())

    def _fresh(self) -> set[tuple[Kind, str]]:
        """The pairs of the changes since the last look that others made."""
        statement = select(CHANGE.c.seq, CHANGE.c.origin, CHANGE.c.versions).where(CHANGE.c.seq > self._seq).order_by(CHANGE.c.seq)
        pairs: set[tuple[Kind, str]] = set()
        for seq, origin, versions in self._connection.execute(statement):
            self._seq = seq
            if origin != self._origin:
                pairs |= {(Kind(kind), identity) for kind, things in plain.load(versions).items() for identity in things}
        return pairs

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()
