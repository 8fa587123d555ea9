"""Sets Doorstep up on a machine that has only Python 3.11 or later: `python3 packaging/bootstrap.py setup | demo | test`.

This file is also read by Pythons that are too old, so it holds nothing that they could not parse.
"""

import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "Doorstep needs Python 3.11 or later; this is Python %d.%d.\n"
        "  What to do: install a newer Python and start this again with it, for example: python3.11 packaging/bootstrap.py setup\n" % sys.version_info[:2]
    )
    sys.exit(3)

from steps.orders import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
