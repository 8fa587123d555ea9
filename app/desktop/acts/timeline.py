"""The acts of the timeline, within the menu View."""

from app.desktop.acts.row import Act
from app.desktop.words import later

_UNDER = later("Loo&k of the timeline")
TIMELINE_ACTS = (
    Act(
        id="timeline_in",
        text=later("Zoom in"),
        about=later("Shows fewer hours of the timeline, with more of each; Ctrl and the wheel do it where the pointer is"),
        menu="view",
        under=_UNDER,
        keys=("Ctrl+=", "Ctrl++"),
        icon="zoom-in",
        divided=True,
        when=lambda now: now.depot,
    ),
    Act(
        id="timeline_out",
        text=later("Zoom out"),
        about=later("Shows more hours of the timeline"),
        menu="view",
        under=_UNDER,
        keys=("Ctrl+-",),
        icon="zoom-out",
        when=lambda now: now.depot,
    ),
    Act(
        id="timeline_day",
        text=later("The whole day in the timeline"),
        about=later("From the first start to the last end"),
        menu="view",
        under=_UNDER,
        keys=("Ctrl+0",),
        icon="move-horizontal",
        when=lambda now: now.depot,
    ),
    Act(
        id="timeline_high",
        text=later("High rows"),
        about=later("Rows of the timeline with vehicle, hours and late minutes, or low ones"),
        menu="view",
        under=_UNDER,
        icon="rows-3",
        checkable=True,
    ),
    Act(
        id="timeline_empty",
        text=later("Rows without stops"),
        about=later("Shows drivers without stops in the timeline too, to drop stops on"),
        menu="view",
        under=_UNDER,
        icon="list-minus",
        checkable=True,
    ),
    Act(
        id="timeline_before",
        text=later("What was planned before"),
        about=later("Below each row: under a proposal the plan as it is, else what was committed last"),
        menu="view",
        under=_UNDER,
        icon="layers-2",
        checkable=True,
    ),
)
