"""The rules of the house, as tests: layers, lengths, docstrings, sentences, words, settings, what the tree holds."""
