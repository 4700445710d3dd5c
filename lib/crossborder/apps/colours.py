"""The theme's colours as a style sheet, light and dark: ``python -m crossborder.apps.colours`` writes ``colours.css``.

The server reads the written file, so it needs no chart library to dress a page. A page is dark where its script or
JupyterLab says so; one of ours whose script did not run follows the system. Paper is always light.
"""

from pathlib import Path

from crossborder.charts.theme import DARK, LIGHT, Theme, css_colours, dark_of

FILE = Path(__file__).resolve().parent / "colours.css"

TOLD_DARK = ('html[data-theme="dark"]', 'body[data-jp-theme-light="false"]')
UNTOLD = ("html[data-crossborder]:not([data-theme])",)


def colours_css() -> str:
    """The whole sheet: names for both themes, and what a drawing's light colours become.

    Drawings (``charts/static_svg``) tell their colours as attributes; here each is tied to its name, so one drawing
    shows in both themes. A colour between two others (a cell of a heat map) brings its own dark one as ``--dark``.
    ``--xb-recolour`` lists the pairs light, dark for the chart's script; where a page is light, it is empty.
    """
    return "".join(
        [
            "/* Written by `python -m crossborder.apps.colours` from charts/theme.py; change it there. */\n\n",
            _block((":root",), _names(LIGHT, dark=False)),
            f"\n@media screen {{\n{_dark_block(TOLD_DARK)}}}\n",
            f"\n@media screen and (prefers-color-scheme: dark) {{\n{_dark_block(UNTOLD)}}}\n\n",
            *_drawn(),
        ]
    )


def _dark_block(scopes: tuple[str, ...]) -> str:
    between = ", ".join(f'{scope} .xb [style^="--dark"]' for scope in scopes)
    return _block(scopes, _names(DARK, dark=True)) + f"{between} {{ fill: var(--dark); }}\n"


def _names(chosen: Theme, *, dark: bool) -> dict[str, str]:
    pairs = " ".join(f"{light[1:]} {darker[1:]}" for light, darker in dark_of().items()) if dark else ""
    stroke = f"stroke='%23{chosen.muted[1:]}' stroke-width='1.7' stroke-linecap='round' stroke-linejoin='round'"
    path = f"%3Cpath d='M5 7l4 4 4-4' fill='none' {stroke}/%3E"
    drawing = f"%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 18 18'%3E{path}%3C/svg%3E"
    return {
        "--xb-scheme": "dark" if dark else "light",
        **css_colours(chosen),
        "--xb-shade": "rgb(0 0 0 / 55%)" if dark else "rgb(23 33 43 / 18%)",
        "--xb-veil": "rgb(0 0 0 / 35%)" if dark else "rgb(23 33 43 / 12%)",
        "--xb-arrow": f'url("data:image/svg+xml,{drawing}")',
        "--xb-recolour": f'"{pairs}"',
    }


def _block(scopes: tuple[str, ...], names: dict[str, str]) -> str:
    return f"{', '.join(scopes)} {{\n" + "".join(f"  {name}: {value};\n" for name, value in names.items()) + "}\n"


def _drawn() -> list[str]:
    named = {colour: name for name, colour in reversed(css_colours(LIGHT).items())}  # the first name of each
    return [
        f'.xb svg [{part}="{colour}"] {{ {part}: var({name}); }}\n'
        for colour, name in sorted(named.items())
        for part in ("fill", "stroke")
    ]


if __name__ == "__main__":
    FILE.write_text(colours_css(), encoding="utf-8")
