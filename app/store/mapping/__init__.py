"""Rows to frozen entities and back: pure functions a kind, set-wise statements for all."""

from app.store.mapping.closures import CLOSURES
from app.store.mapping.fleet import DEPOTS, DRIVERS, SHIFTS, VEHICLES
from app.store.mapping.orders import ORDERS
from app.store.mapping.pins import PINS
from app.store.mapping.plans import PLANS
from app.store.mapping.shape import Shape
from app.store.mapping.versions import VERSIONS

__all__ = ["CLOSURES", "DEPOTS", "DRIVERS", "ORDERS", "PINS", "PLANS", "SHIFTS", "VEHICLES", "VERSIONS", "Shape"]
