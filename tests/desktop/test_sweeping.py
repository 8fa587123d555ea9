"""Garbage is searched for when the window rests, and Python's own ways come back at the end."""

import gc
from collections.abc import Iterator

import pytest

from app.desktop.sweeping import Sweeper


@pytest.fixture
def own_ways() -> Iterator[tuple[int, int, int]]:
    """Python's own thresholds, whatever a window that other tests share has set; that is put back."""
    kept, before = gc.get_threshold(), (700, 10, 10)
    gc.set_threshold(*before)
    yield before
    gc.set_threshold(*kept)


def test_python_collects_by_itself_again_after_the_window(qapp: object, own_ways: tuple[int, int, int]) -> None:
    sweeper = Sweeper(lambda: True)
    sweeper.start()
    assert gc.get_threshold() != own_ways
    sweeper.stop()
    assert gc.get_threshold() == own_ways
    assert gc.get_freeze_count() == 0


def test_a_busy_window_is_not_paused(qapp: object) -> None:
    searched: list[str] = []
    busy = True
    sweeper = Sweeper(lambda: not busy)
    sweeper.start()
    gc.callbacks.append(lambda phase, about: searched.append(phase) if about["generation"] == 2 else None)
    try:
        for _ in range(9):
            gc.collect(1)
        sweeper.sweep()
        assert not searched
        busy = False
        sweeper.sweep()
        assert searched
    finally:
        gc.callbacks.pop()
        sweeper.stop()
