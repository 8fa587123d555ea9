"""One catalogue of sentences for reasons, errors and messages, in every language, for window, command line and files."""

from app.wording.catalogue import LANGUAGES, Catalogue, sentence

__all__ = ["LANGUAGES", "Catalogue", "sentence"]
