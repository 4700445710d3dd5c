"""Notebooks with prose come as twins, one per language: the English one, and one of the same name in the folder ``zh``.

A twin speaks the language of its folder, and its head leads to the other; the served page itself goes to the twin that
fits the reader before anything runs (``twin`` in the notebook's metadata).
"""

from pathlib import Path

import ipywidgets

from crossborder.apps.colours_choice import colours_choice
from crossborder.apps.head import HOME, MARK
from crossborder.apps.language import settle_on
from crossborder.apps.markup import Markup
from crossborder.apps.page import PageAddress
from crossborder.apps.show import Html, joined
from crossborder.i18n import LANGUAGES, _, language


class TwinHead(ipywidgets.VBox):
    """Way home and languages, for a notebook whose English twin lies at ``path`` (below the notebooks folder)."""

    def __init__(self, path: str) -> None:
        settle_on(language_of_folder(Path.cwd()))
        self.address = PageAddress()
        self.address.language = language()
        self.links = Markup(_frame(path))
        super().__init__([self.address, self.links])
        self.add_class("xb")


def language_of_folder(folder: Path) -> str:
    """The language that a notebook's folder is for.

    >>> language_of_folder(Path("notebooks/lessons/zh")), language_of_folder(Path("notebooks/lessons"))
    ('zh', 'en')
    """
    return folder.name if folder.name in LANGUAGES else "en"


def twin_path(path: str, code: str) -> str:
    """Where the twin in this language lies.

    >>> twin_path("lessons/21_x.ipynb", "zh"), twin_path("lessons/21_x.ipynb", "en")
    ('lessons/zh/21_x.ipynb', 'lessons/21_x.ipynb')
    """
    folder, _slash, name = path.rpartition("/")
    return path if code == "en" else f"{folder}/{code}/{name}"


def _frame(path: str) -> Html:
    links = joined(
        Html(
            '<a class="xb-twin" data-notebook="{path}" data-query="lang={code}" href="#" lang="{code}"{now}>{name}</a>'
        ).fill(
            path=twin_path(path, code),
            code=code,
            name=name,
            now=Html(' aria-current="page"') if code == language() else Html(""),
        )
        for code, name in LANGUAGES.items()
    )
    return Html(
        '<div class="xb-top xb-noprint"><a class="xb-home" data-notebook="{home}" '
        'data-query="lang={code}" href="#">{mark}<span>Crossborder</span></a>'
        '<div class="xb-choices"><nav class="xb-languages" aria-label="{choose}">{links}</nav>{colours}</div></div>'
    ).fill(colours=colours_choice(), home=HOME, code=language(), mark=MARK, choose=_("Language"), links=links)
