"""Where advice gets the best spots from: the kernel where there is one, else the plain search in Python."""

from app.services.advice import Search, Standing
from app.services.advice_search import EveryPlace

ENGINE = "python"


def search_of(standing: Standing) -> Search:
    """A search over a problem and its standing routes; the caller closes it."""
    return EveryPlace(standing)
