"""The feed: what another process changed is told once; what this one changed is not."""

from app.services.changes import Kind
from app.store import open_store
from tests.builders import an_order
from tests.desk import Desk


def test_changes_of_others_are_told_once_and_own_ones_not(desk: Desk) -> None:
    feed = desk.store.feed()
    desk.bring(an_order(1))
    assert not feed.poll()
    with open_store(desk.path, desk.clock) as other, other.unit_of_work("Mei") as work:
        work.orders.put(an_order(2))
        work.commit()
    assert feed.poll().ids(Kind.ORDER) == {"ord_A-2"}
    assert not feed.poll()
    feed.close()


def test_nothing_is_told_where_nothing_happened(desk: Desk) -> None:
    desk.bring(an_order(1))
    feed = desk.store.feed()
    assert not feed.poll()
    feed.close()
