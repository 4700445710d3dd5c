"""Small drawings of our own, one per theme and kind of page; lines take the colour of the text around them."""

from crossborder.apps.show import Html
from crossborder.charts.theme import theme

_FRAME = Html(
    '<span class="xb-glyph"><svg viewBox="0 0 44 44" fill="none" stroke="currentColor" stroke-width="2" '
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><rect x="1" y="1" width="42" height="42" '
    'rx="11" fill="currentColor" fill-opacity=".08" stroke="none"/>{drawing}</svg></span>'
)
_FULL = 'fill="currentColor" stroke="none"'

_DRAWINGS = {
    # a list whose order changes
    "ranking": '<path d="M12 14h12M12 22h9M12 30h6"/><path d="M30 31V13m0 0-4.5 4.5M30 13l4.5 4.5"/>',
    # a curve through two points
    "growth": f'<path d="M10 33c9 0 10-20 24-21"/><circle cx="15" cy="31.5" r="2.4" {_FULL}/>'
    f'<circle cx="22.5" cy="22.5" r="2.4" {_FULL}/>',
    # a piece and the place it fits into
    "category_fit": '<path d="M11 13h9v6h4v-6h9v18H11z"/><path d="M20 31v-5h4v5" stroke-opacity=".55"/>',
    # a clock before midnight
    "festival": '<circle cx="22" cy="22" r="11"/><path d="M22 15v7l-4 3M22 8.5V11"/>',
    # a claim on the scales
    "claims": '<path d="M22 11v21M14 32h16M11 17h22"/><path d="m14 17-4 8h8zM30 17l-4 8h8z"/>',
    # a map of places and ways
    "atlas": '<circle cx="14" cy="15" r="3"/><circle cx="30" cy="14" r="3"/><circle cx="22" cy="23" r="3"/>'
    '<circle cx="13" cy="31" r="3"/><circle cx="31" cy="31" r="3"/><path stroke-opacity=".55" '
    'd="m16.5 17 3 3.5M27.5 16.3l-3.3 4M19.8 25.2l-4.6 3.9M24.3 25.1l4.3 3.9"/>',
    # a store of data
    "data": '<ellipse cx="22" cy="14" rx="10" ry="3.5"/><path d="M12 14v16c0 2 4.5 3.5 10 3.5S32 32 32 30V14"/>'
    '<path d="M12 22c0 2 4.5 3.5 10 3.5S32 24 32 22"/>',
}
_PLAIN = '<path d="M13 22h18M22 13v18"/>'


def glyph(name: str) -> Html:
    """The drawing of a theme; a plain mark for one without."""
    return _FRAME.fill(drawing=Html(_DRAWINGS.get(name, _PLAIN)))


def hero_drawing() -> Html:
    """Offers travelling round a globe: the picture of the landing page."""
    new, gain, loss, mark = theme().new, theme().series[2], theme().loss, theme().mark
    offers = [
        _offer(86, 52, 22, 34, gain, 53, 16),
        _offer(206, 30, 30, 20, loss, 53, 27),
        _offer(148, 150, 34, 14, mark, 53, 28),
    ]
    globe = (
        '<g stroke="currentColor" stroke-opacity=".18" stroke-width="1.5"><circle cx="180" cy="122" r="98"/>'
        '<ellipse cx="180" cy="122" rx="44" ry="98"/><path d="M82 122h196M98 72h164M98 172h164"/></g>'
    )
    ways = (
        f'<g stroke="{new}" stroke-width="3"><path d="M64 176C120 70 214 44 306 92"/>'
        '<path d="M58 118c70 66 170 78 246 20" stroke-opacity=".45"/></g>'
        f'<g fill="{new}"><circle cx="64" cy="176" r="7"/><circle cx="58" cy="118" r="5" fill-opacity=".45"/>'
        '<circle cx="304" cy="138" r="5" fill-opacity=".45"/></g>'
        f'<path d="m306 92-16-2 8-13z" fill="{new}" transform="rotate(8 306 92)"/>'
    )
    frame = '<svg viewBox="0 0 360 240" aria-hidden="true" fill="none" stroke-linecap="round" stroke-linejoin="round">'
    return Html(f"{frame}{globe}{ways}{''.join(offers)}</svg>")


def _offer(x: int, y: int, first: int, second: int, colour: str, dot_x: int, dot_y: int) -> str:
    return (
        f'<g transform="translate({x} {y})"><rect width="66" height="46" rx="9" fill="{theme().paper}" '
        f'stroke="{theme().edge}" stroke-width="1.5"/><path d="M12 16h{first}M12 27h{second}" stroke="{theme().ink}" '
        f'stroke-width="3.5"/><circle cx="{dot_x}" cy="{dot_y}" r="6" fill="{colour}"/></g>'
    )
