"""The landing page: everything there is, for trainees, analysts and managers, from one catalogue file."""

import csv
from dataclasses import dataclass
from functools import cache

from crossborder.apps.glyphs import glyph, hero_drawing
from crossborder.apps.head import Page
from crossborder.apps.language import listen
from crossborder.apps.markup import Markup
from crossborder.apps.show import Html, joined
from crossborder.atlas import THEMES
from crossborder.i18n import N_, _, language, ngettext
from crossborder.places import datasets_dir

AUDIENCES = {
    "manager": (N_("For managers"), N_("Dashboards: the answer first, then its range. No code.")),
    "trainee": (N_("For trainees"), N_("Lessons: predict, play, explain, check.")),
    "analyst": (N_("For analysts"), N_("Notebooks and explorers: your own files, every number with its origin.")),
}
KINDS = {
    "lesson": N_("Lesson"),
    "dashboard": N_("Dashboard"),
    "analysis": N_("Analysis notebook"),
    "explorer": N_("Explorer"),
    "atlas": N_("Atlas"),
}


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One page of the workbench, as the catalogue file tells it; ``path`` is relative to the notebooks."""

    id: str
    path: str
    kind: str
    theme: str
    title_en: str
    title_zh: str
    line_en: str
    line_zh: str
    minutes: int
    audience: str

    @property
    def title(self) -> str:
        """The title in the language of the moment."""
        return self.title_zh if language() == "zh" else self.title_en

    @property
    def line(self) -> str:
        """What it is, in the language of the moment."""
        return self.line_zh if language() == "zh" else self.line_en


@cache
def catalogue() -> tuple[Tile, ...]:
    """Every page, in the order of the file."""
    with open(datasets_dir() / "gallery.csv", encoding="utf-8", newline="") as file:
        return tuple(_tile(row) for row in csv.DictReader(file))


def _tile(row: dict[str, str]) -> Tile:
    minutes = int(row.pop("minutes") or 0)
    return Tile(**row, minutes=minutes)


class Gallery(Markup):
    """All tiles, grouped by who they are for."""

    def __init__(self, tiles: tuple[Tile, ...] | None = None) -> None:
        self.tiles = catalogue() if tiles is None else tiles
        super().__init__(self._frame())
        listen(self)

    def relabel(self) -> None:
        """Say everything in the language of the moment."""
        self.frame(self._frame())

    def _frame(self) -> Html:
        groups = []
        for audience, (label, line) in AUDIENCES.items():
            tiles = [tile for tile in self.tiles if tile.audience == audience]
            if tiles:
                groups.append(
                    Html(
                        '<section aria-labelledby="xb-{id}"><div class="xb-audience"><h2 id="xb-{id}">{label}</h2>'
                        "<p>{line}</p></div>"
                        '<ul class="xb-tiles">{tiles}</ul></section>'
                    ).fill(id=audience, label=_(label), line=_(line), tiles=joined(map(tile_html, tiles)))
                )
        return hero() + joined(groups)


def hero() -> Html:
    """What the workbench is, in two sentences."""
    return Html(
        '<div class="xb-hero"><div><h1>{title}</h1><p>{line}</p></div><div class="xb-hero-art">{art}</div></div>'
    ).fill(
        title=_("Try the market before you change it"),
        line=_(
            "A workbench on cross-border marketplaces: store growth, ranking policy, category fit, festivals. "
            "Every number says where it comes from."
        ),
        art=hero_drawing(),
    )


def tile_html(tile: Tile) -> Html:
    """One tile: a link to the page."""
    minutes = ngettext("{n} minute", "{n} minutes", tile.minutes).format(n=tile.minutes) if tile.minutes else ""
    about = [_(KINDS[tile.kind]), _(THEMES[tile.theme]) if tile.theme in THEMES else "", minutes]
    return Html(
        '<li><a class="xb-tile" href="{path}" data-notebook="{path}" data-query="{query}">{glyph}<h3>{title}</h3>'
        "<p>{line}</p>"
        '<p class="xb-meta">{about}</p></a></li>'
    ).fill(
        path=tile.path,
        query=f"lang={language()}",
        glyph=glyph(tile.theme if tile.kind != "atlas" else "atlas"),
        title=tile.title,
        line=tile.line,
        about=" · ".join(part for part in about if part),
    )


def gallery_page() -> Page:
    """The landing page."""
    return Page(Gallery(), title=N_("Crossborder workbench"), headline=False)
