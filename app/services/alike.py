"""Orders that have something in common with some chosen ones: street, window, customer, postcode. Pure functions."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from enum import StrEnum

from app.domain.ids import OrderId
from app.domain.orders import Order, OrderState


class Likeness(StrEnum):
    """What orders may have in common."""

    STREET = "street"
    WINDOW = "window"
    CUSTOMER = "customer"
    POSTCODE = "postcode"


def alike(orders: Iterable[Order], chosen: Collection[OrderId], likeness: Likeness) -> frozenset[OrderId]:
    """The chosen orders and all that share a street, a promise, a customer or a postcode with one of them; cancelled ones are not looked for.

    What says nothing (no street, no postcode, nobody named) is like nothing; orders promised for any time are alike in that.
    """
    marks = _MARKS[likeness]
    known = tuple(orders)
    wanted = {mark for order in known if order.id in chosen for mark in marks(order)}
    found = {order.id for order in known if order.state is not OrderState.CANCELLED and wanted.intersection(marks(order))}
    return frozenset(found | set(chosen))


def _street(order: Order) -> tuple[Hashable, ...]:
    address = order.address
    return ((address.street.casefold(), address.city.casefold()),) if address.street else ()


def _window(order: Order) -> tuple[Hashable, ...]:
    return (tuple((each.opens, each.closes) for each in order.windows),)


def _customer(order: Order) -> tuple[Hashable, ...]:
    """A customer is known by name, and by telephone number too: the same house orders under several names."""
    given = (("name", order.recipient.name.casefold()), ("phone", order.recipient.phone))
    return tuple(each for each in given if each[1])


def _postcode(order: Order) -> tuple[Hashable, ...]:
    return (order.address.postcode,) if order.address.postcode else ()


_MARKS: Mapping[Likeness, Callable[[Order], tuple[Hashable, ...]]] = {
    Likeness.STREET: _street,
    Likeness.WINDOW: _window,
    Likeness.CUSTOMER: _customer,
    Likeness.POSTCODE: _postcode,
}
