"""Compiles the optimiser's kernel for other machines: `python packaging/kernels.py [PLATFORM …]`. For developers; shows that the sources are portable.

The libraries go to `build/kernels/PLATFORM`; the compiler is the one out of the wheel, which brings the C libraries of all of them.
"""

import sys

from steps import kernel
from steps.layout import ROOT
from steps.telling import Stopped, complain, say

PLATFORMS = {
    "x86_64-linux-gnu.2.28": "linux",
    "aarch64-linux-gnu.2.28": "linux",
    "x86_64-windows-gnu": "win32",
    "aarch64-windows-gnu": "win32",
    "x86_64-macos": "darwin",
    "aarch64-macos": "darwin",
}
"""Name for the compiler → `sys.platform` there."""


def build(platform: str, compiler: kernel.Compiler) -> str:
    """Makes one platform's library; empty, or the compiler's complaint."""
    target = ROOT / "build" / "kernels" / platform / kernel.library(PLATFORMS[platform]).name
    target.parent.mkdir(parents=True, exist_ok=True)
    say(f"{target.relative_to(ROOT)}")
    return kernel.compile_library(compiler.towards(platform), kernel.sources(), target, PLATFORMS[platform])


def main(platforms: list[str]) -> int:
    """Makes the libraries of these platforms; 1 where one could not be made."""
    try:
        compiler = kernel.compiler_of_the_wheel()
    except Stopped as error:
        return complain(error)
    failed = [(platform, complaint) for platform in platforms if (complaint := build(platform, compiler))]
    for platform, complaint in failed:
        print(f"✗ {platform}:\n       {complaint}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(PLATFORMS)))
