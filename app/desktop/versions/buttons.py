"""Buttons of acts for narrow places: without the cap of their key, which the tooltip says."""

from app.desktop.widgets.act_button import ActButton


class ShortButton(ActButton):
    """An ActButton whose key stands in its tooltip alone."""

    @property
    def cap(self) -> str:
        """None is drawn."""
        return ""
