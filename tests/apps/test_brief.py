import datetime as dt
from html.parser import HTMLParser

import pandas as pd
import pytest

from crossborder.apps.brief import Brief
from crossborder.charts import bar_list
from crossborder.i18n import in_language

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>"


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.attributes = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs


@pytest.fixture
def brief(shop, verb):
    scenario = shop(starts_on=dt.date(2018, 6, 18))
    result = verb(scenario)
    return Brief(
        question="Orders",
        result=result,
        figure=bar_list(result, "seller", "orders"),
        scenario=scenario,
        seed=7,
        on=dt.date(2026, 11, 22),
    )


def read(html):
    parser = Tags()
    parser.feed(html)
    return parser


def test_holds_question_answer_picture_numbers_assumptions_limits_date_version_and_seed(brief):
    import crossborder

    html = brief.html()
    for part in ("<h1>Orders</h1>", brief.result.text, "<svg", "<table", "What was assumed", "What this cannot tell"):
        assert part in html
    assert f"Crossborder {crossborder.__version__}, 2026-11-22, seed 7" in html


def test_needs_nothing_else(brief):
    page = read(brief.html())
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert not [value for name, value in page.attributes if name in ("src", "href")]


def test_changed_settings_come_first(brief):
    assumed = brief.html().split("class='assumed'")[1]
    assert assumed.index("Day") < assumed.index("Price") < assumed.index("Rating")


def test_chinese_page_speaks_chinese(brief):
    with in_language("zh"):
        html = brief.html()
    assert '<html lang="zh-CN">' in html and "假设了什么" in html and "说明不了什么" in html


def test_hostile_text_is_text(shop, sales):
    frame = pd.DataFrame({"seller": [HOSTILE], "orders": [3.0]})
    result = sales(table=frame, said=HOSTILE)
    page = read(
        Brief(question=HOSTILE, result=result, figure=bar_list(result, "seller", "orders", title=HOSTILE)).html()
    )
    assert not {"script", "img"} & set(page.tags) and not [n for n, _v in page.attributes if n.startswith("on")]


def test_long_tables_are_cut_to_the_page(sales):
    frame = pd.DataFrame({"seller": [f"s{i}" for i in range(500)], "orders": range(500)})
    assert Brief(question="Orders", result=sales(table=frame)).html().count("<tr>") < 20


def test_a_narrow_screen_gets_a_picture_and_a_table_of_its_own_and_paper_does_not(brief):
    html = brief.html()
    assert html.count("<svg") == 2 and "class='narrow'><svg" in html
    before, narrow = html.split("@media screen and (max-width: 600px)")
    assert "figure .narrow { display: none; }" in before
    assert "figure .sheet { display: none; }" in narrow and ".xb-table-frame { overflow-x: auto; }" in narrow
