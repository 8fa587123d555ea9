"""The compiled kernel: found, loaded and told what its functions take. Raises Unavailable where set-up could not build it."""

import ctypes
import sys
from functools import cache
from pathlib import Path

from app.domain.errors import Unavailable

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "kernel"
NAME = {"win32": "doorstep_kernel.dll", "darwin": "doorstep_kernel.dylib"}.get(sys.platform, "doorstep_kernel.so")
ABI = 5
"""What `KERNEL_ABI` of `kernel.h` must be."""

_int64, _words, _stop = ctypes.c_int64, ctypes.POINTER(ctypes.c_int64), ctypes.POINTER(ctypes.c_int32)


class Table(ctypes.Structure):
    """`kernel_table`."""

    _fields_ = (("numbers", ctypes.POINTER(ctypes.c_int32)), ("count", _int64))


class AnnealTerms(ctypes.Structure):
    """`kernel_anneal_terms`."""

    _fields_ = (
        ("hot", ctypes.c_double),
        ("cold", ctypes.c_double),
        ("from_", ctypes.c_double),
        ("until", ctypes.c_double),
        ("seconds", ctypes.c_double),
        ("iterations", _int64),
        ("cpu_clock", _int64),
        ("removed", ctypes.c_double),
        ("string_most", ctypes.c_double),
        ("blink", ctypes.c_double),
        ("width", _int64),
    )


class Broken(ctypes.Structure):
    """`kernel_violation`."""

    _fields_ = (("kind", _int64), ("task", _int64), ("amount", _int64), ("measure", _int64))


class Halt(ctypes.Structure):
    """`kernel_halt`."""

    _fields_ = (
        ("arrival", _int64),
        ("begin", _int64),
        ("late", _int64),
        ("metres", _int64),
        ("window", _int64),
        ("reload_begin", _int64),
        ("load", _int64 * 3),
    )


class Pause(ctypes.Structure):
    """`kernel_pause`."""

    _fields_ = (("after", _int64), ("begin", _int64), ("end", _int64))


class TimelineOut(ctypes.Structure):
    """`kernel_timeline`."""

    _fields_ = (
        *((name, _int64) for name in ("leaves", "ends", "metres", "overtime", "travel_cost", "late_cost")),
        ("peak", _int64 * 3),
        *((name, _int64) for name in ("halt_count", "pause_count", "violation_count", "violation_room")),
        ("halts", ctypes.POINTER(Halt)),
        ("pauses", ctypes.POINTER(Pause)),
        ("violations", ctypes.POINTER(Broken)),
    )


class PlacementOut(ctypes.Structure):
    """`kernel_placement`."""

    _fields_ = tuple((name, _int64) for name in ("shift", "position", "loading", "price", "broken", "excess"))


_handle = ctypes.c_void_p
_SIGNATURES = {
    "kernel_abi": (_int64, ()),
    "kernel_open": (_handle, (_words, _int64, ctypes.POINTER(Table), _int64, ctypes.c_char_p, _int64)),
    "kernel_close": (None, (_handle,)),
    "kernel_search_open": (_handle, (_handle, ctypes.c_uint64)),
    "kernel_search_close": (None, (_handle,)),
    "kernel_set_plan": (_int64, (_handle, _words, _int64)),
    "kernel_put_plan": (_int64, (_handle, _words, _int64)),
    "kernel_construct": (None, (_handle, _stop)),
    "kernel_anneal": (_int64, (_handle, ctypes.POINTER(AnnealTerms), _stop)),
    "kernel_near_price": (ctypes.c_double, (_handle,)),
    "kernel_best_worth": (None, (_handle, _words, _words, _words)),
    "kernel_best_plan": (_int64, (_handle, _words, _int64)),
    "kernel_restart": (None, (_handle,)),
    "kernel_adopt": (None, (_handle, _handle)),
    "kernel_present_value": (_int64, (_handle,)),
    "kernel_timeline_of": (_int64, (_handle, _int64, _words, _int64, ctypes.POINTER(TimelineOut))),
    "kernel_placements": (_int64, (_handle, _int64, ctypes.POINTER(PlacementOut))),
    "kernel_positions": (_int64, (_handle, _int64, _int64, ctypes.POINTER(PlacementOut))),
}


@cache
def library() -> ctypes.CDLL:
    """The loaded kernel; its calls let other threads of Python run. Raises Unavailable with the reason where there is none that fits."""
    file = FOLDER / NAME
    try:
        found = ctypes.CDLL(str(file))
    except OSError as failed:
        raise Unavailable("planning.no_kernel", why=str(failed)) from failed
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(found, name, None)
        if function is None:
            raise Unavailable("planning.no_kernel", why=f"{file.name}: {name}")
        function.restype, function.argtypes = result, arguments
    if found.kernel_abi() != ABI:
        raise Unavailable("planning.no_kernel", why=f"{file.name}: ABI {found.kernel_abi()}, needed {ABI}")
    return found


def is_there() -> bool:
    """Whether the kernel can be used on this machine."""
    try:
        library()
    except Unavailable:
        return False
    return True
