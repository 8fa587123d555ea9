"""Made-up orders at the house numbers of an extract, as the order file of a day; equal seeds give equal files."""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

import osmium
from osmium.filter import KeyFilter
from osmium.osm import Node, Way

HEAD = ("order", "address", "postcode", "city", "lat", "lon", "window", "service (min)", "weight (kg)")
WINDOWS = ("08:00-10:00", "08:00-12:00", "09:00-11:00", "10:00-12:00", "10:00-14:00", "11:00-13:00", "12:00-16:00", "13:00-15:00", "14:00-16:00")
WINDOWED = 0.45
"""The share of orders with a promised window."""


def make_orders(extract: Path, out: Path, count: int, seed: int) -> int:
    """Writes so many orders as CSV, fewer where there are fewer houses; how many. Their places are given, so that reading them takes no search."""
    dice = random.Random(seed)
    houses = sorted(_houses(extract))
    chosen = dice.sample(houses, min(count, len(houses)))
    part = out.with_name(out.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(_order(number, house, dice) for number, house in enumerate(chosen, 1))
    part.replace(out)
    return len(chosen)


def _order(number: int, house: tuple[str, str, str, float, float], dice: random.Random) -> tuple[object, ...]:
    address, postcode, city, lat, lon = house
    window = dice.choice(WINDOWS) if dice.random() < WINDOWED else ""
    return f"M-{number:05}", address, postcode, city, lat, lon, window, dice.choice((2, 3, 3, 4, 5)), dice.choice((0.5, 1, 2, 3, 5, 8, 12))


def _houses(extract: Path) -> Iterator[tuple[str, str, str, float, float]]:
    """Street with number, postcode, city, latitude and longitude of each house."""
    for each in osmium.FileProcessor(str(extract)).with_locations().with_filter(KeyFilter("addr:housenumber")):
        if isinstance(each, Node | Way):
            points = [each.location] if isinstance(each, Node) else [node.location for node in each.nodes]
            lat, lon = sum(point.lat for point in points) / len(points), sum(point.lon for point in points) / len(points)
            tags = {tag.k: tag.v for tag in each.tags}
            yield (
                f"{tags.get('addr:street', '')} {tags['addr:housenumber']}",
                tags.get("addr:postcode", ""),
                tags.get("addr:city", ""),
                round(lat, 6),
                round(lon, 6),
            )
