"""Which disk a file lies on: a database in WAL mode needs one machine's shared memory, so network folders are refused."""

import ctypes
import subprocess
import sys
from pathlib import Path

NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb",
        "smb2",
        "smb3",
        "smbfs",
        "afpfs",
        "webdav",
        "davfs",
        "fuse.davfs2",
        "fuse.sshfs",
        "fuse.rclone",
        "ncpfs",
        "afs",
        "ceph",
        "glusterfs",
    }
)
"""File systems that other machines write to."""

_WINDOWS_REMOTE = 4
"""DRIVE_REMOTE of GetDriveTypeW (Windows SDK, fileapi.h)."""


def network_file_system(path: Path) -> str | None:
    """The name of the network file system that holds the path (or would hold it), or None for a disk of this machine."""
    folder = _existing(path.absolute())
    if sys.platform == "win32":
        return _windows_drive(folder)
    mounts = _linux_mounts() if sys.platform == "linux" else _other_mounts()
    return network_mount(folder, mounts)


def network_mount(folder: Path, mounts: list[tuple[str, str]]) -> str | None:
    """Of (mount point, file system) pairs, the network file system of the innermost mount that holds the folder, or None."""
    holding = [(point, kind) for point, kind in mounts if folder.is_relative_to(point)]
    _, kind = max(holding, key=lambda mount: len(mount[0]), default=("", ""))
    return kind if kind in NETWORK else None


def _existing(path: Path) -> Path:
    return next(each for each in (path, *path.parents) if each.exists()).resolve()


def _linux_mounts() -> list[tuple[str, str]]:
    """Fields 5 and, after the dash, 1 of /proc/self/mountinfo (proc(5)); spaces are written as octal 040."""
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    split = [line.partition(" - ") for line in lines]
    return [(left.split()[4].replace("\\040", " "), right.split()[0]) for left, _, right in split if right]


def _other_mounts() -> list[tuple[str, str]]:
    """Lines of `mount` on macOS: `//server/share on /Volumes/share (smbfs, nodev)`."""
    try:
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return []
    found = [line.partition(" on ")[2].rpartition(" (") for line in told.splitlines()]
    return [(point, options.split(",")[0].rstrip(")")) for point, _, options in found if point]


def _windows_drive(folder: Path) -> str | None:
    if str(folder).startswith("\\\\"):
        return "smb"
    drive_type = getattr(ctypes, "windll").kernel32.GetDriveTypeW  # noqa: B009 - only Windows has it, and mypy checks for all
    return "smb" if drive_type(folder.anchor) == _WINDOWS_REMOTE else None
