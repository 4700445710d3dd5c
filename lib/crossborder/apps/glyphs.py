"""Small drawings of our own, one per theme and kind of page; lines take the colour of the text around them."""

from crossborder.apps.show import Html

_FRAME = (
    '<svg viewBox="0 0 44 44" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" '
    'stroke-linejoin="round" aria-hidden="true"><rect x="1" y="1" width="42" height="42" rx="11" fill="currentColor" '
    'fill-opacity=".08" stroke="none"/>{drawing}</svg>'
)

_DRAWINGS = {
    # a list whose order changes
    "ranking": '<path d="M12 14h12M12 22h9M12 30h6" /><path d="M30 31V13m0 0-4.5 4.5M30 13l4.5 4.5"/>',
    # a curve that leaves two points behind
    "growth": '<path d="M10 33c9 0 10-20 24-21"/><circle cx="15" cy="31" r="2.2" fill="currentColor" stroke="none"/>'
    '<circle cx="22.500" cy="22" r="2.2" fill="currentColor" stroke="none"/>',
    # a peg and its hole
    "fit": '<path d="M11 13h9v6h4v-6h9v18H11z"/><path d="M20 31v-5h4v5" stroke-opacity=".55"/>',
    # a clock before midnight
    "festival": '<circle cx="22" cy="22" r="11"/><path d="M22 15v7l-4 3M22 8.500v2.500"/>',
    # a quotation weighed
    "claims": '<path d="M22 11v21M14 32h16M11 17h22"/><path d="m14 17-4 8h8zM30 17l-4 8h8z"/>',
    # the map of all mechanisms
    "atlas": '<circle cx="14" cy="15" r="3"/><circle cx="30" cy="14" r="3"/><circle cx="22" cy="23" r="3"/><circle cx="13" cy="31" r="3"/>'
    '<circle cx="31" cy="31" r="3"/><path d="m16.500 17 3 3.500M27.500 16.300l-3.300 4M19.800 25.200l-4.600 3.900M24.300 25.100l4.300 3.900" stroke-opacity=".55"/>',
    # own data
    "data": '<ellipse cx="22" cy="14" rx="10" ry="3.500"/><path d="M12 14v16c0 2 4.500 3.500 10 3.500S32 32 32 30V14M12 22c0 2 4.500 3.500 10 3.500S32 24 32 22"/>',
}


def glyph(theme: str) -> Html:
    """The drawing of a theme; a plain mark for one without."""
    drawing = _DRAWINGS.get(theme, '<path d="M13 22h18M22 13v18"/>')
    return Html('<span class="xb-glyph">{svg}</span>').fill(svg=Html(_FRAME.replace("{drawing}", drawing)))


HERO = Html(
    '<svg viewBox="0 0 360 240" aria-hidden="true" fill="none" stroke-linecap="round" stroke-linejoin="round">'
    '<g stroke="currentColor" stroke-opacity=".18" stroke-width="1.500">'
    '<circle cx="180" cy="122" r="98"/><ellipse cx="180" cy="122" rx="44" ry="98"/><path d="M82 122h196M98 72h164M98 172h164"/></g>'
    '<g stroke="#0072b2" stroke-width="3"><path d="M64 176C120 70 214 44 306 92"/><path d="M58 118c70 66 170 78 246 20" stroke-opacity=".45"/></g>'
    '<g fill="#0072b2"><circle cx="64" cy="176" r="7"/><circle cx="58" cy="118" r="5" fill-opacity=".45"/><circle cx="304" cy="138" r="5" fill-opacity=".45"/></g>'
    '<path d="m306 92-16-2 8-13z" fill="#0072b2" stroke="none" transform="rotate(8 306 92)"/>'
    '<g><rect x="206" y="30" width="66" height="46" rx="9" fill="#fff" stroke="#b9c2cc" stroke-width="1.500"/>'
    '<path d="M218 46h30M218 57h20" stroke="#17212b" stroke-width="3.500"/><circle cx="259" cy="57" r="6" fill="#d55e00"/></g>'
    '<g><rect x="86" y="52" width="66" height="46" rx="9" fill="#fff" stroke="#b9c2cc" stroke-width="1.500"/>'
    '<path d="M98 68h22M98 79h34" stroke="#17212b" stroke-width="3.500"/><circle cx="139" cy="68" r="6" fill="#009e73"/></g>'
    '<g><rect x="148" y="150" width="66" height="46" rx="9" fill="#fff" stroke="#b9c2cc" stroke-width="1.500"/>'
    '<path d="M160 166h34M160 177h14" stroke="#17212b" stroke-width="3.500"/><circle cx="201" cy="178" r="6" fill="#e69f00"/></g></svg>'
)
