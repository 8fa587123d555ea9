"""Remedies on random problems with every rule switched on: each is worked out again from nothing but its own words."""

from dataclasses import replace

from hypothesis import given, settings

from app.domain.ids import TaskId
from app.domain.schedule import Step, TaskTerms, timeline
from app.services.advice import Adviser
from app.services.advice_search import EveryPlace
from app.services.advice_values import newly_broken
from app.services.problem import Problem
from app.services.remedies import remedies
from app.services.remedies_values import Remedy, changed, widened
from tests.services.test_advice import standing


@given(standing(most_tasks=6))
@settings(max_examples=30, deadline=None)
def test_with_a_remedy_the_task_is_served_nobody_is_lost_and_no_rule_is_newly_broken(problem: Problem) -> None:
    with Adviser(problem, EveryPlace) as adviser:
        before = adviser.standing
        for task in before.tasks.values():
            if task.id not in before.planned:
                for remedy in remedies(adviser, task.id, seconds=20):
                    check(problem, adviser, remedy)


def check(problem: Problem, adviser: Adviser, remedy: Remedy) -> None:
    before = adviser.standing
    tasks = with_its_changes(before.tasks, remedy)
    given_shifts = {each.shift: changed(before.shifts[each.shift], each, before.shifts) for each in remedy.shifts}
    after: dict[str, tuple[Step, ...]] = {**before.routes, **{route.shift: route.steps for route in remedy.routes}}
    served = [step.task for steps in after.values() for step in steps]
    partner = before.partners.get(remedy.task)
    own = {remedy.task} | ({partner} if partner is not None else set())
    assert len(served) == len(set(served))
    assert set(served) == (set(before.planned) - set(remedy.pooled)) | own
    for shift, steps in after.items():
        terms = given_shifts.get(shift, before.shifts[shift])
        line = timeline(terms, steps, tasks, problem.travel[terms.travels])
        assert not newly_broken(before.line(shift, before.routes[shift]), line), remedy


def with_its_changes(tasks: dict[TaskId, TaskTerms], remedy: Remedy) -> dict[TaskId, TaskTerms]:
    loose = {**tasks, **widened(tasks, remedy.windows)}
    own = loose[remedy.task]
    loose[remedy.task] = replace(own, skills=own.skills - remedy.without, features=own.features - remedy.without)
    return loose
