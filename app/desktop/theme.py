"""Colours, sizes and the palette of the window: Fusion, our own tokens, light and dark.

Contrast of each text token against its own surface is at least 4.5:1. Colour names an identity (a route) or calls for action; shape, letter and
number always stand beside it.
"""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from app.desktop.icons import icon_file


class ThemeChoice(StrEnum):
    """What the person wants; `system` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one scheme, as #RRGGBB."""

    dark: bool
    surface: str
    canvas: str
    text: str
    muted: str
    line: str
    accent: str
    accent_text: str
    selected: str
    hover: str
    late: str
    risk: str
    ok: str


LIGHT = Tokens(
    dark=False,
    surface="#FFFFFF",
    canvas="#F4F5F7",
    text="#1F2328",
    muted="#59636E",
    line="#D9DEE4",
    accent="#0B57D0",
    accent_text="#FFFFFF",
    selected="#DCE8FA",
    hover="#EEF2F7",
    late="#B42318",
    risk="#8A5A00",
    ok="#1A7F37",
)
DARK = Tokens(
    dark=True,
    surface="#1B1F24",
    canvas="#15181C",
    text="#E6EAF0",
    muted="#9AA4B2",
    line="#343B44",
    accent="#8AB4F8",
    accent_text="#10233F",
    selected="#26384F",
    hover="#252B32",
    late="#FF8A80",
    risk="#F2B84B",
    ok="#6FD08C",
)

ROW_HEIGHT = 28
"""Height of a table row, in device-independent pixels."""


class Theme(QObject):
    """The scheme in force. `changed` carries the tokens after the person or the desktop has switched."""

    changed = Signal(object)

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self.tokens = LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._desktop_switched)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the person chose."""
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Switches to the scheme that is wanted."""
        self._choice = choice
        self._apply()

    @Slot(Qt.ColorScheme)
    def _desktop_switched(self, _scheme: Qt.ColorScheme) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        tokens = tokens_for(self._choice)
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        if tokens != self.tokens:
            self.tokens = tokens
        self.changed.emit(tokens)


def tokens_for(choice: ThemeChoice) -> Tokens:
    """The tokens of a choice; `system` asks the desktop."""
    if choice is ThemeChoice.SYSTEM:
        return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if choice is ThemeChoice.DARK else LIGHT


def palette(tokens: Tokens) -> QPalette:
    """The Qt palette of the tokens."""
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.surface,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.canvas,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.ToolTipBase: tokens.canvas,
        role.ToolTipText: tokens.text,
        role.Highlight: tokens.selected,
        role.HighlightedText: tokens.text,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.Mid: tokens.line,
        role.Midlight: tokens.line,
        role.Light: tokens.surface,
        role.Dark: tokens.line,
        role.Shadow: tokens.line,
        role.Accent: tokens.accent,
    }
    made = QPalette()
    for each, color in colors.items():
        made.setColor(each, QColor(color))
    for each in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(tokens.muted))
    return made


def base_font(language: str = "en") -> QFont:
    """The interface font with its fall-backs for Traditional Chinese and digits of one width.

    Outside Chinese, fonts made for it must not draw quotation marks and dots as wide as a character.
    """
    font = QFont()
    font.clearFeatures()  # a new font begins as the one in force
    families = [
        *font.families(),
        "Segoe UI",
        "Microsoft JhengHei UI",
        "Helvetica Neue",
        "PingFang TC",
        "Noto Sans",
        "Noto Sans CJK TC",
        "Noto Sans TC",
        "DejaVu Sans",
    ]
    font.setFamilies(list(dict.fromkeys(families)))
    font.setPixelSize(13)
    font.setFeature(QFont.Tag("tnum"), 1)
    if not language.startswith("zh"):
        font.setFeature(QFont.Tag("palt"), 1)
        font.setFeature(QFont.Tag("pwid"), 1)
    return font


def style_sheet(tokens: Tokens) -> str:
    """What a palette cannot say: separators, chips, headings, the primary button."""
    t = tokens
    tick = icon_file("check", t.accent_text if t.dark else t.accent)
    return f"""
QCheckBox::indicator, QTreeView::indicator {{ width: 14px; height: 14px; border: 1px solid {t.muted}; border-radius: 3px; background: {t.surface}; }}
QCheckBox::indicator:checked, QTreeView::indicator:checked {{ background: {t.accent if t.dark else t.surface}; image: url("{tick}"); }}
QRadioButton::indicator {{ width: 12px; height: 12px; border: 1px solid {t.muted}; border-radius: 7px; background: {t.surface}; }}
QRadioButton::indicator:checked {{ width: 6px; height: 6px; border: 4px solid {t.accent}; }}
QRadioButton::indicator:focus {{ border-color: {t.accent}; }}
QCheckBox::indicator:focus {{ border: 1px solid {t.accent}; }}
QMainWindow, QDialog {{ background: {t.surface}; }}
QDialogButtonBox, QMessageBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QMainWindow::separator {{ background: {t.line}; width: 1px; height: 1px; }}
QSplitter::handle {{ background: {t.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QToolBar {{ border: 0; border-bottom: 1px solid {t.line}; padding: 4px 8px; spacing: 4px; background: {t.surface}; }}
QStatusBar {{ border-top: 1px solid {t.line}; background: {t.surface}; }}
QStatusBar::item {{ border: 0; }}
QMenuBar {{ background: {t.surface}; }}
QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {t.selected}; color: {t.text}; }}
QMenu {{ background: {t.surface}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 24px; border-radius: 4px; }}
QMenu::item:disabled {{ color: {t.muted}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QAbstractItemView {{ border: 0; background: {t.surface}; selection-background-color: {t.selected}; outline: 0; }}
QTableView {{ gridline-color: {t.line}; }}
QTableView::item {{ border: 0; padding: 0 6px; }}
QTableView::item:selected {{ background: {t.selected}; }}
QTableView, QListView {{ border: 1px solid transparent; }}
QTableView:focus, QListView:focus {{ border: 1px solid {t.accent}; }}
QHeaderView {{ background: {t.surface}; }}
QHeaderView::section {{ background: {t.surface}; color: {t.muted}; border: 0; border-bottom: 1px solid {t.line}; padding: 4px 9px; }}
QHeaderView::section:vertical {{ border: 0; padding: 0 8px; }}
QTableCornerButton::section {{ background: {t.surface}; border: 0; border-bottom: 1px solid {t.line}; }}
QTableWidget QComboBox {{ margin: 3px 4px; padding-left: 6px; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {t.line}; }}
QTabBar::tab {{ padding: 6px 14px; border: 0; border-bottom: 2px solid transparent; color: {t.muted}; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom: 2px solid {t.accent}; }}
QTabBar::tab:focus {{ background: {t.hover}; }}
QLineEdit, QPlainTextEdit {{ border: 1px solid {t.line}; border-radius: 4px; padding: 4px 6px; background: {t.surface};
  selection-background-color: {t.selected}; selection-color: {t.text}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 1px solid {t.accent}; }}
QLineEdit[guessed="true"] {{ border: 1px dashed {t.accent}; }}
QLineEdit[wrong="true"] {{ border: 1px solid {t.late}; }}
QLineEdit[cell="true"] {{ border: 2px solid {t.accent}; border-radius: 2px; padding: 0 4px; }}
QLineEdit[cell="true"][wrong="true"] {{ border: 2px solid {t.late}; }}
QLabel[bubble="true"] {{ color: {t.late}; background: {t.surface}; border: 1px solid {t.late}; border-radius: 4px; padding: 4px 8px; }}
QLabel[small="true"] {{ font-size: 11px; }}
QLabel[small="true"][tone="late"] {{ font-weight: 400; }}
QLabel[small="true"][tone="risk"] {{ font-weight: 400; color: {t.risk}; }}
QListWidget[suggestions="true"] {{ border: 1px solid {t.line}; border-radius: 4px; background: {t.surface}; padding: 2px; }}
QListWidget[suggestions="true"]::item {{ padding: 3px 6px; }}
QComboBox {{ border: 1px solid {t.line}; border-radius: 4px; padding: 4px 8px; background: {t.surface}; color: {t.text}; }}
QComboBox:hover {{ background: {t.hover}; }}
QComboBox:focus, QComboBox:on {{ border: 1px solid {t.accent}; }}
QComboBox:disabled {{ color: {t.muted}; background: {t.canvas}; }}
QComboBox::drop-down {{ border: 0; width: 22px; }}
QComboBox::down-arrow {{ image: url("{icon_file("chevron-down", t.muted)}"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ border: 1px solid {t.line}; padding: 4px; background: {t.surface}; }}
QScrollArea {{ border: 1px solid transparent; }}
QScrollArea:focus {{ border: 1px solid {t.accent}; }}
QAbstractScrollArea::corner {{ background: {t.surface}; border: 0; }}
QPushButton {{ border: 1px solid {t.line}; border-radius: 4px; padding: 5px 12px; background: {t.surface}; color: {t.text}; }}
QPushButton:hover {{ background: {t.hover}; }}
QPushButton:focus {{ border: 1px solid {t.accent}; }}
QPushButton:disabled {{ color: {t.muted}; background: {t.canvas}; }}
QPushButton[primary="true"] {{ background: {t.accent}; color: {t.accent_text}; border: 1px solid {t.accent}; font-weight: 600; }}
QPushButton[primary="true"]:focus {{ border: 2px solid {t.text}; padding: 4px 11px; }}
QPushButton[primary="true"]:disabled {{ background: {t.canvas}; color: {t.muted}; border: 1px solid {t.line}; }}
QPushButton[chip="true"] {{ border: 1px solid transparent; border-radius: 13px; padding: 3px 12px; background: {t.canvas if not t.dark else t.hover}; }}
QPushButton[chip="true"]:hover {{ border: 1px solid {t.line}; }}
QPushButton[chip="true"]:focus {{ border: 1px solid {t.accent}; }}
QPushButton[chip="true"]:checked {{ background: {t.selected}; border: 1px solid {t.accent}; }}
QPushButton[tone="late"] {{ color: {t.late}; font-weight: 600; }}
QPushButton[tone="risk"] {{ color: {t.risk}; font-weight: 600; }}
QPushButton[tone="ok"] {{ color: {t.ok}; font-weight: 600; }}
QPushButton[step="now"] {{ border: 0; border-bottom: 2px solid {t.accent}; border-radius: 0; color: {t.accent}; font-weight: 600; }}
QPushButton[step="done"], QPushButton[step="later"] {{ border: 0; border-bottom: 2px solid transparent; border-radius: 0; color: {t.muted};
  background: transparent; }}
QPushButton[step]:hover:enabled {{ background: {t.hover}; }}
QPushButton[step]:focus {{ border: 1px solid {t.accent}; border-radius: 4px; }}
QFrame[drop="true"] {{ border: 1px dashed {t.muted}; border-radius: 4px; background: {t.canvas}; }}
QPushButton[link="true"] {{ border: 0; padding: 2px 4px; color: {t.accent}; font-weight: 600; background: transparent; }}
QPushButton[link="true"]:focus {{ border: 1px solid {t.accent}; }}
QPushButton[quiet="true"] {{ color: {t.text}; font-weight: 400; }}
QPushButton[row="true"] {{ text-align: left; padding: 2px 4px 2px 0; }}
QPushButton[link="true"]:disabled {{ color: {t.muted}; }}
QPushButton[day="true"] {{ border: 1px solid transparent; padding: 4px 8px; font-weight: 600; font-size: 14px; }}
QPushButton[day="true"]:hover {{ background: {t.hover}; }}
QPushButton[day="true"]:focus {{ border: 1px solid {t.accent}; }}
QToolButton {{ border: 1px solid transparent; border-radius: 4px; padding: 4px; }}
QToolButton:hover {{ background: {t.hover}; }}
QToolButton:focus {{ border: 1px solid {t.accent}; }}
QToolButton:checked {{ background: {t.selected}; }}
QToolButton[fold="true"]:checked {{ background: transparent; }}
QToolButton[small="true"] {{ padding: 3px; }}
QFrame[segments="true"] {{ border: 1px solid {t.line}; border-radius: 5px; }}
QToolButton[segment="true"] {{ border: 1px solid transparent; border-radius: 4px; padding: 5px 14px; color: {t.text}; }}
QToolButton[segment="true"]:checked {{ background: {t.selected}; color: {t.accent}; font-weight: 600; }}
QToolButton[segment="true"]:focus {{ border: 1px solid {t.accent}; }}
QFrame[card="true"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 6px; }}
QFrame[toast="true"] {{ background: {t.surface}; border: 1px solid {t.muted}; border-radius: 6px; }}
QLabel[chip="true"] {{ border-radius: 13px; padding: 4px 13px; background: {t.canvas if not t.dark else t.hover}; }}
QLabel[heading="true"] {{ font-weight: 600; }}
QLabel[title="true"] {{ font-weight: 600; font-size: 16px; }}
QLabel[muted="true"] {{ color: {t.muted}; }}
QLabel[tone="late"] {{ color: {t.late}; font-weight: 600; }}
QLabel[tone="risk"] {{ color: {t.risk}; font-weight: 600; }}
QLabel[tone="ok"] {{ color: {t.ok}; font-weight: 600; }}
QFrame[rule="true"] {{ background: {t.line}; border: 0; max-height: 1px; min-height: 1px; }}
QFrame[bar="true"] {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
QFrame[note="true"] {{ background: {t.canvas}; border: 1px solid {t.line}; border-radius: 4px; }}
QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.line}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -6px 0; border: 1px solid {t.muted}; border-radius: 8px; background: {t.surface}; }}
QSlider::handle:horizontal:hover {{ background: {t.hover}; }}
QSlider::handle:horizontal:focus {{ border: 2px solid {t.accent}; width: 12px; height: 12px; }}
QSlider::sub-page:horizontal:disabled {{ background: {t.line}; }}
QSlider::handle:horizontal:disabled {{ background: {t.canvas}; border: 1px solid {t.line}; }}
QProgressBar {{ border: 0; border-radius: 3px; background: {t.line}; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QProgressBar[tone="late"]::chunk {{ background: {t.late}; }}
QDockWidget {{ titlebar-close-icon: none; titlebar-normal-icon: none; }}
QDockWidget::title {{ padding: 6px 12px; background: {t.surface}; border-bottom: 1px solid {t.line}; }}
QScrollBar:vertical {{ width: 10px; background: transparent; margin: 0; }}
QScrollBar:horizontal {{ height: 10px; background: transparent; margin: 0; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus {{ border: 0; background: transparent; font-size: 16px; padding: 12px 8px; }}
QPushButton[search="true"] {{ text-align: left; padding: 4px 10px; color: {t.muted}; background: {t.surface}; }}
QPushButton[search="true"]:hover {{ background: {t.hover}; }}
QPushButton[search="true"]:focus {{ border: 1px solid {t.accent}; }}
QToolTip {{ color: {t.text}; background: {t.canvas}; border: 1px solid {t.line}; padding: 4px; }}
"""
