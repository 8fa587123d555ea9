"""Orders: one row with address and place in columns, the small lists as JSON."""

from datetime import date
from typing import Any

from app.domain.address import Address, AddressState, Candidate, Location, LocationSource
from app.domain.geo import Place
from app.domain.ids import OrderId
from app.domain.load import Load
from app.domain.money import Money
from app.domain.orders import Order, OrderState, Recipient, ServiceSource, TaskKind, Window
from app.domain.sentences import Sentence
from app.domain.units import Cubic, Grams, Millis
from app.services.changes import Kind
from app.store.mapping.shape import Shape
from app.store.tables import OrderRow


def of_row(
    id: str,
    number: str,
    source: str,
    day: date | None,
    kind: TaskKind,
    recipient: str,
    phone: str,
    email: str,
    language: str,
    address: str,
    street: str,
    house: str,
    unit: str,
    postcode: str,
    city: str,
    country: str,
    address_state: AddressState,
    lat: float | None,
    lon: float | None,
    location_source: LocationSource,
    location_label: str,
    candidates: tuple[Candidate, ...],
    doubt: Sentence | None,
    location_note: Sentence | None,
    windows: tuple[Window, ...],
    preferred: tuple[Window, ...],
    service: int,
    service_source: ServiceSource,
    weight: int,
    volume: int,
    pieces: int,
    priority: int,
    skills: frozenset[str],
    features: frozenset[str],
    handling: frozenset[str],
    notes: str,
    contactless: bool,
    cod_minor: int | None,
    cod_currency: str | None,
    service_level: str,
    brand: str,
    paired_with: str,
    state: OrderState,
    hold: Sentence | None,
    version: int,
) -> Order:
    """The order of a row; the parameters are the columns of `OrderRow`, in their order."""
    return Order(
        id=OrderId(id),
        number=number,
        source=source,
        day=day,
        kind=kind,
        recipient=Recipient(name=recipient, phone=phone, email=email, language=language),
        address=Address(text=address, street=street, house=house, unit=unit, postcode=postcode, city=city, country=country),
        location=Location(
            state=address_state,
            place=None if lat is None or lon is None else Place(lat, lon),
            source=location_source,
            label=location_label,
            candidates=candidates,
            doubt=doubt,
            note=location_note,
        ),
        windows=windows,
        preferred=preferred,
        service=Millis(service),
        service_source=service_source,
        load=Load(Grams(weight), Cubic(volume), pieces),
        priority=priority,
        skills=skills,
        features=features,
        handling=handling,
        notes=notes,
        contactless=contactless,
        cod=None if cod_minor is None or cod_currency is None else Money(cod_minor, cod_currency),
        service_level=service_level,
        brand=brand,
        paired_with=paired_with,
        state=state,
        hold=hold,
        version=version,
    )


def to_row(order: Order) -> dict[str, Any]:
    """The columns of an order."""
    return {**_promise(order), **_recipient(order), **_place(order.location)}


def _promise(order: Order) -> dict[str, Any]:
    return {
        "id": order.id,
        "number": order.number,
        "source": order.source,
        "day": order.day,
        "kind": order.kind,
        "windows": order.windows,
        "preferred": order.preferred,
        "service": order.service,
        "service_source": order.service_source,
        "weight": order.load.weight,
        "volume": order.load.volume,
        "pieces": order.load.pieces,
        "priority": order.priority,
        "skills": order.skills,
        "features": order.features,
        "handling": order.handling,
        "notes": order.notes,
        "contactless": order.contactless,
        "cod_minor": order.cod.minor if order.cod else None,
        "cod_currency": order.cod.currency if order.cod else None,
        "service_level": order.service_level,
        "brand": order.brand,
        "paired_with": order.paired_with,
        "state": order.state,
        "hold": order.hold,
        "version": order.version,
    }


def _recipient(order: Order) -> dict[str, Any]:
    who, where = order.recipient, order.address
    return {
        "recipient": who.name,
        "phone": who.phone,
        "email": who.email,
        "language": who.language,
        "address": where.text,
        "street": where.street,
        "house": where.house,
        "unit": where.unit,
        "postcode": where.postcode,
        "city": where.city,
        "country": where.country,
    }


def _place(location: Location) -> dict[str, Any]:
    return {
        "address_state": location.state,
        "lat": location.place.lat if location.place else None,
        "lon": location.place.lon if location.place else None,
        "location_source": location.source,
        "location_label": location.label,
        "candidates": location.candidates,
        "doubt": location.doubt,
        "location_note": location.note,
    }


ORDERS = Shape(Kind.ORDER, OrderRow, of_row, to_row)
