"""The reader's choice of light or dark colours; the page's own script answers it (serve/.../page.js)."""

from crossborder.apps.show import Html, joined
from crossborder.i18n import N_, _

THEMES = {
    "auto": (
        N_("Colours as on this device"),
        '<circle cx="10" cy="10" r="7"/><path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"/>',
    ),
    "light": (
        N_("Light colours"),
        '<circle cx="10" cy="10" r="3.6"/><path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4M14.3 14.3l1.4 1.4'
        'M4.3 15.7l1.4-1.4M14.3 5.7l1.4-1.4"/>',
    ),
    "dark": (N_("Dark colours"), '<path d="M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5z"/>'),
}


def colours_choice() -> Html:
    """Buttons that the page's own script answers: which colours a page has is no business of the kernel's."""
    buttons = joined(
        Html(
            '<button type="button" data-theme-choice="{choice}" aria-label="{name}" title="{name}" '
            'aria-pressed="false">'
            '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" '
            'stroke-width="1.6" stroke-linecap="round">{drawing}</svg></button>'
        ).fill(choice=choice, name=_(name), drawing=Html(drawing))
        for choice, (name, drawing) in THEMES.items()
    )
    return Html('<div class="xb-themes" role="group" aria-label="{name}">{buttons}</div>').fill(
        name=_("Colours"), buttons=buttons
    )
