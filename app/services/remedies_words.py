"""Remedies in words: what would change, and whom it concerns. Sentences as data; the words are made at the rim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import ShiftId, TaskId
from app.domain.sentences import Sentence
from app.domain.units import Cost
from app.services.planning_rules import hour, minutes_up
from app.services.planning_values import DayProblem
from app.services.remedies_spare import Spare
from app.services.remedies_values import Remedy, RemedyKind, ShiftChange, Widened


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A remedy as a person reads it: what would be done, what follows for the order, and whom it concerns."""

    what: Sentence
    then: Sentence
    concerns: tuple[Sentence, ...]
    """Nobody: empty."""
    price: Cost


def said(problem: DayProblem, remedy: Remedy, spare: Sequence[Spare] = ()) -> Said:
    """A remedy in sentences."""
    names = {**{each.terms.id: each.vehicle.name for each in spare}, **problem.vehicles}
    teller = _Teller(problem, remedy, names, {each.terms.id: each for each in spare})
    then = Sentence.of("remedy.then", vehicle=names[remedy.shift], position=remedy.position + 1, at=hour(problem, remedy.begin))
    return Said(what=joined(teller.what()), then=then, concerns=tuple(teller.concerns()), price=remedy.price)


class _Teller:
    """Words one remedy."""

    def __init__(self, problem: DayProblem, remedy: Remedy, names: Mapping[ShiftId, str], spare: Mapping[ShiftId, Spare]) -> None:
        self._problem, self._remedy, self._names, self._spare = problem, remedy, names, spare

    def what(self) -> list[Sentence]:
        """What would be done, in parts."""
        parts = [*self._kind(), *(self._window(each) for each in self._remedy.windows)]
        for each in self._remedy.shifts:
            parts += self._shift(each)
        return parts or [Sentence.of("remedy.place", vehicle=self._names[self._remedy.shift])]

    def _kind(self) -> list[Sentence]:
        remedy, vehicle = self._remedy, self._names[self._remedy.shift]
        match remedy.kind:
            case RemedyKind.MOVE:
                return [self._moved(task) for task in remedy.moved]
            case RemedyKind.DROP:
                return [Sentence.of("remedy.drop", order=self._number(task), vehicle=vehicle) for task in remedy.pooled]
            case RemedyKind.ROAD:
                return [Sentence.of("remedy.road")]
            case RemedyKind.DAY:
                return [Sentence.of("remedy.another_day", day=self._problem.problem.day.isoformat())]
            case RemedyKind.UNLOCK:
                return [Sentence.of("remedy.unlock", vehicle=vehicle)]
            case RemedyKind.WITHOUT:
                return [Sentence.of("remedy.without", missing=", ".join(sorted(remedy.without)))]
            case RemedyKind.EXTRA:
                spare = self._spare[remedy.shift]
                hours = {"starts": f"{spare.shift.starts:%H:%M}", "ends": f"{spare.shift.ends:%H:%M}"}
                return [Sentence.of("remedy.extra", vehicle=vehicle, **hours)]
            case RemedyKind.VEHICLE:
                return [self._vehicle()]
            case RemedyKind.DRIVER:
                other = next(each.driver_of for each in remedy.shifts if each.shift == remedy.shift)
                return [Sentence.of("remedy.driver", vehicle=vehicle, other=self._names[other] if other is not None else "")]
            case _:
                return []

    def _vehicle(self) -> Sentence:
        other = next(each.vehicle_of for each in self._remedy.shifts if each.shift == self._remedy.shift)
        assert other is not None
        key = "remedy.vehicle_idle" if other in self._spare else "remedy.vehicle"
        return Sentence.of(key, vehicle=self._names[self._remedy.shift], other=self._names[other])

    def _moved(self, task: TaskId) -> Sentence:
        target = next((route.shift for route in self._remedy.routes if any(step.task == task for step in route.steps)), self._remedy.shift)
        if target == self._remedy.shift:
            return Sentence.of("remedy.resequence", order=self._number(task), vehicle=self._names[target])
        return Sentence.of("remedy.move", order=self._number(task), vehicle=self._names[self._remedy.shift], other=self._names[target])

    def _window(self, wider: Widened) -> Sentence:
        was = self._problem.terms[wider.task].windows[wider.window]
        facts = {"was": self._span(was.opens, was.closes), "now": self._span(wider.opens, wider.closes)}
        if wider.task == self._remedy.task:
            return Sentence.of("remedy.window", **facts)
        return Sentence.of("remedy.other_window", order=self._number(wider.task), **facts)

    def _shift(self, change: ShiftChange) -> list[Sentence]:
        was = self._problem.shifts.get(change.shift)
        if was is None:
            was = self._spare[change.shift].terms
        vehicle, found = self._names[change.shift], []
        if change.starts is not None:
            found.append(Sentence.of("remedy.starts", vehicle=vehicle, now=self._hour(change.starts), was=self._hour(was.starts)))
        if change.latest_end is not None:
            found.append(Sentence.of("remedy.ends", vehicle=vehicle, now=self._hour(change.latest_end), was=self._hour(was.latest_end)))
        if change.max_duration is not None and was.max_duration is not None:
            found.append(Sentence.of("remedy.lasts", vehicle=vehicle, minutes=minutes_up(change.max_duration - was.max_duration)))
        if change.reloads is not None:
            found.append(Sentence.of("remedy.trip", vehicle=vehicle))
        if change.pause is not None and change.pause_latest is not None:
            found.append(Sentence.of("remedy.pause", vehicle=vehicle, now=self._hour(change.pause_latest), was=self._hour(was.breaks[change.pause].latest)))
        return found

    def concerns(self) -> list[Sentence]:
        """Whom it concerns: customers to be asked, drivers to be told."""
        remedy = self._remedy
        others = [each.task for each in remedy.windows if each.task != remedy.task]
        asked = (
            [Sentence.of("remedy.ask_own")] if len(others) < len(remedy.windows) or remedy.without or remedy.kind in {RemedyKind.DAY, RemedyKind.ROAD} else []
        )
        asked += [Sentence.of("remedy.ask_customer", customer=self._customer(task)) for task in dict.fromkeys(others)]
        asked += [Sentence.of("remedy.waits", customer=self._customer(task)) for task in remedy.pooled]
        told = [each.shift for each in remedy.shifts if each.shift in self._problem.shifts]
        asked += [Sentence.of("remedy.tell_driver", vehicle=self._names[shift]) for shift in dict.fromkeys(told)]
        if remedy.kind is RemedyKind.EXTRA and self._spare[remedy.shift].driver is None:
            asked.append(Sentence.of("remedy.needs_driver"))
        return asked

    def _customer(self, task: TaskId) -> str:
        order = self._problem.orders[task]
        return " ".join(part for part in (order.recipient.name, f"({order.number})" if order.recipient.name else order.number) if part)

    def _number(self, task: TaskId) -> str:
        return self._problem.orders[task].number

    def _hour(self, reading: int) -> str:
        return hour(self._problem, reading)

    def _span(self, opens: int, closes: int) -> str:
        return f"{self._hour(opens)}–{self._hour(closes)}"


def joined(parts: Sequence[Sentence]) -> Sentence:
    """One sentence of several."""
    first, *rest = parts
    return Sentence.of("remedy.and", first=first, rest=joined(rest)) if rest else first
