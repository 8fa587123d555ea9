"""Threads of the window: answers come on the main thread, in order, and nothing outlives closing."""

import gc
import threading
from weakref import ref

import pytest
from pytestqt.qtbot import QtBot

from app.desktop.bridge import Bridge
from app.desktop.work import Job, Work
from app.domain.errors import Cancelled


class Asker:
    """Someone who asks."""


def test_an_answer_comes_on_the_main_thread(qtbot: QtBot) -> None:
    work, told = Work(), list[tuple[int, bool]]()
    work.compute(lambda _job: 6 * 7, done=lambda answer: told.append((answer, threading.current_thread() is threading.main_thread())), failed=pytest.fail)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [(42, True)]
    work.close()


def test_writes_are_done_in_the_order_of_asking(qtbot: QtBot) -> None:
    work, written, told = Work(), list[int](), list[None]()
    for number in range(20):
        work.write(lambda number=number: written.append(number), done=told.append, failed=pytest.fail)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(told) == 20)
    assert written == list(range(20))
    work.close()


def test_an_error_goes_to_failed(qtbot: QtBot) -> None:
    work, told = Work(), list[BaseException]()

    def breaks(_job: Job) -> None:
        raise ValueError("no")

    work.compute(breaks, done=lambda _answer: pytest.fail("there is no answer"), failed=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], ValueError)
    work.close()


def test_a_cancelled_job_ends_and_its_answer_is_dropped(qtbot: QtBot) -> None:
    work, told, begun = Work(), list[BaseException](), threading.Event()

    def long(job: Job) -> int:
        begun.set()
        while True:
            job.check()

    job = work.compute(long, done=lambda _answer: pytest.fail("it was cancelled"), failed=told.append)
    assert begun.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: bool(told))
    assert isinstance(told[0], Cancelled)
    work.close()


def test_closing_finishes_what_is_being_written(qtbot: QtBot) -> None:
    work, written = Work(), list[int]()
    for number in range(5):
        work.write(lambda number=number: written.append(number), done=lambda _none: None, failed=pytest.fail)  # type: ignore[misc]
    work.close()
    assert written == [0, 1, 2, 3, 4]


def test_who_asked_is_let_go_with_the_answer_and_an_older_answer_is_dropped(bridge: Bridge, qtbot: QtBot) -> None:
    asker, told, go_on = Asker(), list[str](), threading.Event()

    def slow(_job: Job) -> str:
        go_on.wait(20)
        return "first"

    bridge.compute(slow, then=told.append, key=asker)
    bridge.compute(lambda _job: "second", then=told.append, key=asker)
    qtbot.waitUntil(lambda: told == ["second"], timeout=20_000)
    gone = ref(asker)
    go_on.set()
    qtbot.waitUntil(lambda: not bridge.working, timeout=20_000)
    assert told == ["second"]
    del asker
    gc.collect()
    assert gone() is None
