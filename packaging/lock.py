"""Makes the lock files anew from the `.in` files: `python packaging/lock.py [NAME …]`. For developers; needs pip-tools in the Python that runs it.

The locks carry the hashes of every file of a release, so that they hold on Windows, macOS and Linux, and no addresses.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
NAMES = ("requirements", "requirements-test", "requirements-node", "requirements-compiler")
OPTIONS = (
    "--quiet", "--generate-hashes", "--no-header", "--strip-extras", "--allow-unsafe",
    "--no-emit-index-url", "--no-emit-find-links", "--no-emit-trusted-host", "--no-emit-options",
)  # fmt: skip


def lock(name: str) -> None:
    """Makes one lock; versions that are locked already stay where the `.in` file allows them. Raises CalledProcessError."""
    print(f"locking {name}", flush=True)
    subprocess.run([sys.executable, "-m", "piptools", "compile", *OPTIONS, "-o", f"{name}.lock", f"{name}.in"], cwd=HERE, check=True)


if __name__ == "__main__":
    for each in sys.argv[1:] or NAMES:
        lock(each)
