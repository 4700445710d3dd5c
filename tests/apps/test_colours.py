"""The written sheet is the theme's; light is what holds where nothing else is said; paper is always light."""

import re
from pathlib import Path

from crossborder.apps import colours, look
from crossborder.apps.colours import FILE, TOLD_DARK, UNTOLD, colours_css
from crossborder.charts.theme import DARK, LIGHT, css_colours, dark_of

APPS = Path(look.__file__).parent
SHEETS = {path.name: path for path in [*APPS.rglob("*.css"), *(APPS.parent / "lessons").glob("*.css")]}


def rules(css):
    """Selector and contents of every rule, each with the media query around it ("" for none)."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    found, media = [], ""
    for opening, inner, closing in re.findall(r"(@media[^{]+)\{|([^{}]+\{[^{}]*\})|(\})", css):
        if opening or closing:
            media = opening.strip()
        else:
            selector, _brace, body = inner.partition("{")
            found.append((media, selector.strip(), body.rstrip("}").strip()))
    return found


def test_the_file_is_what_the_theme_says():
    assert FILE.read_text(encoding="utf-8") == colours_css(), f"run python -m {colours.__name__}"


def test_light_unless_a_screen_is_told_otherwise():
    named = {
        (media, selector): dict(re.findall(r"(--xb-[\w-]+): (#\w+);", body))
        for media, selector, body in rules(colours_css())
    }
    named = {place: names for place, names in named.items() if names}
    assert named == {
        ("", ":root"): css_colours(LIGHT),
        ("@media screen", ", ".join(TOLD_DARK)): css_colours(DARK),
        ("@media screen and (prefers-color-scheme: dark)", *UNTOLD): css_colours(DARK),
    }


def test_a_drawing_s_attributes_are_tied_to_names():
    tied = re.findall(r'\.xb svg \[(fill|stroke)="(#\w+)"\] \{ (\w+): var\((--xb-[\w-]+)\); \}', colours_css())
    assert {(part, colour) for part, colour, _p, _n in tied} == {(p, c) for p in ("fill", "stroke") for c in dark_of()}
    for part, colour, same_part, name in tied:
        assert part == same_part and css_colours(LIGHT)[name] == colour
        assert css_colours(DARK)[name] == dark_of()[colour]


def test_the_script_of_charts_is_told_every_pair_and_nothing_on_a_light_page():
    listed = re.findall(r'--xb-recolour: "([^"]*)"', colours_css())
    assert listed[0] == "" and listed[1] == listed[2]
    told = [f"#{colour}" for colour in listed[1].split()]
    assert dict(zip(told[::2], told[1::2], strict=True)) == dark_of()


def test_no_other_sheet_names_a_colour():
    assert len(SHEETS) >= 4
    for name, path in SHEETS.items():
        if name != FILE.name:
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|(?:rgb|hsl)a?\(|: (?:white|black)\b", path.read_text()), name


def test_every_name_that_is_used_is_there():
    text = "".join(path.read_text(encoding="utf-8") for path in SHEETS.values())
    used, there = set(re.findall(r"var\((--xb-[\w-]+)\)", text)), set(re.findall(r"(--xb-[\w-]+):", text))
    assert used <= there
