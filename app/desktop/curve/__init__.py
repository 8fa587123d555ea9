"""The stability curve: what the day costs when so many stops may move."""
