"""Makes `resources/demo/orders.csv` and `fleet.csv`: a made-up day at real house numbers of the demo area.

`python packaging/demo_orders.py resources/demo/area/Helsinki.osm.pbf`. Names and notes are invented, telephone numbers lie in the range that
the British regulator keeps free for fiction (07700 900000–900999), mail addresses in example.com. Twelve rows are wrong on purpose.
"""

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

import osmium
from osmium.filter import KeyFilter

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "demo"
SEED = 20_261_123
GOOD = 288
HEAD = (
    "order",
    "name",
    "phone",
    "email",
    "language",
    "address",
    "postcode",
    "city",
    "lat",
    "lon",
    "window",
    "late_per_hour",
    "service (min)",
    "weight (kg)",
    "volume (l)",
    "pieces",
    "priority",
    "skills",
    "features",
    "notes",
    "contactless",
    "cod",
    "service_level",
)
FIRST = [
    "Aino",
    "Eino",
    "Helmi",
    "Onni",
    "Lumi",
    "Väinö",
    "Siiri",
    "Oskari",
    "Hilja",
    "Toivo",
    "Emma",
    "Leo",
    "Olivia",
    "Hugo",
    "Ella",
    "Noel",
    "Anni",
    "Arvo",
    "Iida",
    "Martta",
    "Ruby",
    "Oscar",
    "Grace",
    "Felix",
]
LAST = [
    "Kuusilehto",
    "Järvimäki",
    "Hallapuro",
    "Tammiranta",
    "Kivelä-Suo",
    "Lumikoski",
    "Vanhatalo",
    "Pihlajavuo",
    "Rantasalo",
    "Koivuharju",
    "Sundqvist-Ek",
    "Ashworthy",
    "Millbrooke",
]
CHINESE = ("林小雨", "陳大文", "王美星", "張書恆", "李沐晴", "黃子軒")
NOTES = {
    "fi": ("Ovikoodi 1234, 3. kerros", "Soita ovikelloa kahdesti", "Jätä vahtimestarille", "Sisäpihan kautta", "Varo koiraa"),
    "en": ("Ring twice, the bell is quiet", "Leave with the concierge", "Entrance from the courtyard", "Please call on arrival", "Blue door beside the bakery"),
    "zh-TW": ("請按門鈴兩次", "請放管理室", "抵達前請來電", "由中庭進入"),
}
WINDOWS = (
    "08:00-10:00",
    "08:00-12:00",
    "09:00-11:00",
    "09:30-12:30",
    "10:00-12:00",
    "10:00-14:00",
    "11:00-13:00",
    "12:00-14:00",
    "12:00-16:00",
    "13:00-15:00",
    "14:00-16:00",
)
ZONE = "Europe/Helsinki"
FLEET_HEAD = [
    "depot",
    "depot_lat",
    "depot_lon",
    "zone",
    "vehicle",
    "profile",
    "weight (kg)",
    "volume (l)",
    "pieces",
    "features",
    "cost_per_km",
    "cost_per_hour",
    "cost_fixed",
    "cost_overtime_per_hour",
    "range (km)",
    "driver",
    "skills",
    "shift",
    "break",
    "overtime_until",
    "reloads",
]


def houses(extract: Path) -> Iterator[tuple[str, str, str, float, float]]:
    """Street, number, postcode, latitude, longitude of each house number of an extract, each once."""
    seen = set()
    for each in osmium.FileProcessor(str(extract)).with_locations().with_filter(KeyFilter("addr:housenumber")):
        street, number = each.tags.get("addr:street", ""), each.tags.get("addr:housenumber", "")
        if not street or not number.isalnum() or (street, number) in seen:
            continue
        points = [each.location] if each.is_node() else [node.location for node in each.nodes] if each.is_way() else []
        points = [point for point in points if point.valid()]
        if points:
            seen.add((street, number))
            lat, lon = sum(point.lat for point in points) / len(points), sum(point.lon for point in points) / len(points)
            yield street, number, each.tags.get("addr:postcode", ""), round(lat, 6), round(lon, 6)


def order(number: int, house: tuple[str, str, str, float, float], dice: random.Random) -> dict[str, str]:
    """One sensible order."""
    street, door, postcode, lat, lon = house
    language = dice.choices(("fi", "en", "zh-TW"), (70, 20, 10))[0]
    name = dice.choice(CHINESE) if language == "zh-TW" else f"{dice.choice(FIRST)} {dice.choice(LAST)}"
    heavy = dice.random() < 0.06
    weight = dice.uniform(18, 38) if heavy else dice.choice((0.4, 0.8, 1.2, 2, 2.5, 3, 4, 5.5, 7))
    row = dict.fromkeys(HEAD, "")
    row |= {
        "order": f"HEL-{number:03}",
        "name": name,
        "phone": f"+44 7700 900{number:03}",
        "email": f"order{number:03}@example.com",
        "language": language,
        "address": f"{street} {door}",
        "postcode": postcode,
        "city": "Helsinki",
        "service (min)": dice.choice(("2", "3", "3", "4", "5")) if not heavy else "8",
        "weight (kg)": f"{weight:.1f}",
        "volume (l)": f"{weight * dice.uniform(3, 7):.0f}",
        "pieces": str(dice.choices((1, 2, 3), (80, 15, 5))[0]),
    }
    if dice.random() < 0.45:
        row["window"] = dice.choice(WINDOWS)
    elif dice.random() < 0.05:
        row["window"] = "08:00-10:00; 14:00-16:00"
    if row["window"] and dice.random() < 0.15:
        row["late_per_hour"] = "20.00"
    if dice.random() < 0.04:
        row |= {"lat": f"{lat}", "lon": f"{lon}"}
    row["priority"] = dice.choices(("", "3", "high", "9"), (80, 10, 7, 3))[0]
    row["skills"] = dice.choices(("", "id check", "stairs"), (88, 7, 5))[0] if not heavy else dice.choice(("", "stairs"))
    row["features"] = "tail lift" if heavy and dice.random() < 0.4 else dice.choices(("", "cooling"), (92, 8))[0]
    row["notes"] = dice.choice(NOTES[language]) if dice.random() < 0.4 else ""
    row["contactless"] = "yes" if dice.random() < 0.15 else ""
    row["cod"] = f"{dice.uniform(8, 90):.2f}" if dice.random() < 0.05 else ""
    row["service_level"] = dice.choices(("standard", "express"), (85, 15))[0]
    return row


def spoil(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Twelve rows as they come in real files: each wrong in its own way."""
    wrongs: tuple[dict[str, str], ...] = (
        {"address": "Olematonkatu 5", "postcode": ""},
        {"address": "Aleksanterinkatu 999"},
        {"address": "Hämeenkatu 10", "postcode": "33100", "city": "Tampere"},
        {"address": "", "postcode": "", "city": ""},
        {"window": "16:00-12:00"},
        {"weight (kg)": "heavy"},
        {"weight (kg)": "1900", "notes": "Grand piano"},
        {"skills": "piano moving"},
        {"lat": "24.9410", "lon": "60.1690"},
        {"lat": "0", "lon": "0"},
        {"order": rows[0]["order"]},
        {"phone": "12", "window": "sometime"},
    )
    made = []
    for index, wrong in enumerate(wrongs):
        row = dict(rows[(index * 23) % len(rows)]) | {"order": f"HEL-{GOOD + index + 1:03}"} | wrong
        made.append(row)
    return made


def fleet(depot: tuple[str, str, str, float, float]) -> Iterator[list[str]]:
    """Six cargo bikes, four vans and two walkers with trolleys of one depot."""
    place = [f"{depot[0]} {depot[1]}", f"{depot[3]}", f"{depot[4]}", ZONE]
    drivers = [f"{first} {last}" for first, last in zip(FIRST, LAST[::-1], strict=False)]
    for index in range(12):
        mine = place if not index else [""] * len(place)
        if index < 4:
            skills = ("id check; stairs", "stairs", "id check", "stairs; id check")[index]
            features = ("cooling; tail lift", "tail lift", "cooling", "tail lift")[index]
            rest = f"Van {index + 1}|van|600|5000||{features}|0.45|28|15|10||{drivers[index]}|{skills}|08:00-16:00|11:00-13:00/30min|17:00|0"
        elif index < 10:
            skills = "id check" if index % 2 else ""
            features = "cooling" if index in (4, 7) else ""
            rest = f"Bike {index - 3}|cargo_bike|100|450||{features}|0.08|24|4|8|60|{drivers[index]}|{skills}|08:00-15:00|11:00-13:00/30min|16:00|1"
        else:
            rest = f"Walker {index - 9}|walker|45|180|||0|22|0|6|18|{drivers[index]}|id check|09:00-14:00|11:30-12:30/20min|14:30|2"
        yield [*mine, *rest.split("|")]


def main(extract: Path) -> None:
    """Writes both files."""
    dice = random.Random(SEED)
    found = sorted(houses(extract))
    dice.shuffle(found)
    if len(found) < 200:
        raise SystemExit(f"{extract} has only {len(found)} house numbers")
    chosen = [found[index % len(found)] for index in range(GOOD)]
    rows = [order(number, house, dice) for number, house in enumerate(chosen, 1)]
    for index, wrong in enumerate(spoil(rows)):
        rows.insert(17 + index * 24, wrong)
    with (FOLDER / "orders.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, HEAD, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    depot = next(house for house in sorted(found) if house[0] == "Yrjönkatu")
    with (FOLDER / "fleet.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        plain = csv.writer(stream, lineterminator="\n")
        plain.writerow(FLEET_HEAD)
        plain.writerows(fleet(depot))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
