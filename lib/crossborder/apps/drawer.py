"""What lies under the picture: numbers, their descent, the code, the link, the brief. Filled only while open."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crossborder.apps import show
from crossborder.apps.controls import set_by_you, value_text
from crossborder.apps.export import FORMS, table_file, tables_of
from crossborder.apps.markup import Markup
from crossborder.apps.runs import told
from crossborder.apps.show import Html, joined
from crossborder.i18n import LANGUAGES, N_, _, in_language, language
from crossborder.paths import controlled, value_at
from crossborder.result import Result

if TYPE_CHECKING:
    from crossborder.apps.explorer import Explorer

SECTIONS = {
    "numbers": N_("Numbers"),
    "origins": N_("Where the numbers come from"),
    "settings": N_("All settings and where they come from"),
    "code": N_("Notebook code"),
    "share": N_("Share this scenario"),
    "brief": N_("One-page brief"),
}


class Drawer(Markup):
    """The folds of one explorer. ``open`` names those that a reader has open."""

    def __init__(self, explorer: "Explorer", **kwargs: Any) -> None:
        self._explorer = explorer
        self.opened: set[str] = set()
        super().__init__(_frame(), self._pressed, **kwargs)

    def refresh(self) -> None:
        """Fill what is open again, after a run."""
        result = self._explorer.result
        if result is not None:
            self.put(**{name: _FILL[name](self._explorer, result) for name in SECTIONS if name in self.opened})

    def relabel(self) -> None:
        """Say everything in the language of the moment."""
        self.frame(_frame())
        self.refresh()

    def _pressed(self, action: str, value: Any) -> None:
        explorer = self._explorer
        if action == "open" and value in SECTIONS:
            self.opened.add(value)
            self.refresh()
        elif action == "close":
            self.opened.discard(value)
        elif explorer.result is None:
            return
        elif action == "table":
            result = explorer.result
            name, _dot, form = str(value).rpartition(".")
            if name in tables_of(result) and form in FORMS:
                self._give(lambda: table_file(result, name, form))
        elif action == "json":
            self._give(lambda: ("scenario.json", explorer.scenario.to_json().encode(), "application/json"))
        elif action == "brief" and value in LANGUAGES:
            self._give(lambda: (f"brief-{value}.html", explorer.brief(value).encode(), "text/html;charset=utf-8"))

    def _give(self, file: Callable[[], tuple[str, bytes, str]]) -> None:
        try:
            name, content, mime = file()
        except Exception as problem:  # the reader asked for a file and must hear why there is none
            self.put(trouble=show.failure(told(problem)))
            return
        self.put(trouble=Html(""))
        self.download(name, content, mime)


def _frame() -> Html:
    folds = joined(
        Html('<details data-section="{name}"><summary>{label}</summary><div data-part="{name}"></div></details>').fill(
            name=name, label=_(label)
        )
        for name, label in SECTIONS.items()
    )
    return Html('<div class="xb-drawer xb-noprint">{folds}</div><div data-part="trouble"></div>').fill(folds=folds)


def _numbers(explorer: "Explorer", result: Result) -> Html:
    parts = []
    if explorer.reference is not None:
        parts.append(show.result_table(explorer.reference.result, caption=_("A, kept earlier")))
    parts.append(show.result_table(result, caption=_("B, as set now") if explorer.reference else ""))
    names = tables_of(result)
    for name in names:
        label = _("Download this table:") if name == "table" else _("Download the table {name}:").format(name=name)
        buttons = joined(show.button("table", form.upper(), value=f"{name}.{form}") for form in FORMS)
        parts.append(
            Html('<div class="xb-tools"><span class="xb-small">{label}</span>{buttons}</div>').fill(
                label=label, buttons=buttons
            )
        )
    return joined(parts)


def _origins(_explorer: "Explorer", result: Result) -> Html:
    return show.origins_list(result)


def _settings(explorer: "Explorer", _result: Result) -> Html:
    rows = [
        Html("<dt>{setting}</dt><dd>{origin}</dd>").fill(
            setting=_("{group}: {label}").format(
                group=_(about.label), label=value_text(about, value_at(explorer.scenario, path))
            ),
            origin=show.origin_body(about.origin)
            if value_at(explorer.start, path) == value_at(explorer.scenario, path)
            else set_by_you(about, value_at(explorer.start, path)),
        )
        for path, about, _group in controlled(explorer.scenario, explorer.panel.hidden)
    ]
    return Html('<dl class="xb-origins">{rows}</dl>').fill(rows=joined(rows))


def _code(explorer: "Explorer", _result: Result) -> Html:
    try:
        text = explorer.code()
    except ValueError as problem:
        return show.failure(problem)
    return Html(
        '<p class="xb-small">{hint}</p><pre class="xb-code"><code>{text}</code></pre><div class="xb-tools">'
        '<button type="button" class="xb-quiet" data-copy="[data-part=code] pre" data-copied="{copied}">{copy}</button>'
        '<span class="xb-small" data-said role="status"></span></div>'
    ).fill(
        hint=_("These lines, pasted into a notebook, give the same numbers and the same picture."),
        text=text,
        copy=_("Copy"),
        copied=_("Copied"),
    )


def _share(explorer: "Explorer", _result: Result) -> Html:
    return Html(
        '<p class="xb-small">{hint}</p><code class="xb-share-address" data-address="{query}"></code>'
        '<div class="xb-tools"><button type="button" class="xb-quiet" data-copy=".xb-share-address" '
        'data-copied="{copied}">{copy}</button>{json}'
        '<span class="xb-small" data-said role="status"></span></div>'
    ).fill(
        hint=_(
            "Whoever opens this address on this workbench sees the same settings. "
            "Tables of your own do not travel in it."
        ),
        query=explorer.query(),
        copy=_("Copy"),
        copied=_("Copied"),
        json=show.button("json", _("Download as JSON")),
    )


def _brief(_explorer: "Explorer", _result: Result) -> Html:
    buttons = []
    for code, name in sorted(LANGUAGES.items(), key=lambda item: item[0] != language()):
        with in_language(code):
            label = _("Download the brief in {language}").format(language=name)
        buttons.append(show.button("brief", label, value=code))
    return Html('<p class="xb-small">{hint}</p><div class="xb-tools">{buttons}</div>').fill(
        hint=_(
            "One sheet that needs nothing else: the answer with its range, the picture, the numbers, "
            "what was assumed and what this cannot tell."
        ),
        buttons=joined(buttons),
    )


_FILL: "dict[str, Callable[[Explorer, Result], Html]]" = {
    "numbers": _numbers,
    "origins": _origins,
    "settings": _settings,
    "code": _code,
    "share": _share,
    "brief": _brief,
}
