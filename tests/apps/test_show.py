import pandas as pd
import pytest

from crossborder.apps import show
from crossborder.apps.markup import Markup
from crossborder.apps.show import Html
from crossborder.i18n import in_language
from crossborder.origin import stated

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><script>",
    '" onmouseover="alert(1)',
    "javascript:alert(1)",
    "{{7*7}} {0.__class__}",
    "$\\href{javascript:alert(1)}{x}$",
    "/etc/hostname",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_whatever_is_shown_is_text(attack):
    frame = pd.DataFrame({attack: [attack], "gmv_usd": [1.0]})
    for html in (
        show.paragraph(attack),
        show.failure(attack),
        show.button("act", attack, value=attack),
        show.fold(attack, show.escaped(attack), key=attack),
        show.table_html(frame, caption=attack, labels={"gmv_usd": attack}),
        show.origin_body(stated("joom-commission-standard", note=attack)),
    ):
        assert "<script" not in html and "<img" not in html and ' onmouseover="' not in html


def test_a_path_is_shown_not_read():
    assert show.paragraph("/etc/hostname") == '<p class="">/etc/hostname</p>'


def test_html_is_escaped_once_and_kept_when_safe():
    assert Html("<b>{x}</b>").fill(x="a&b") == "<b>a&amp;b</b>"
    assert Html("<b>{x}</b>").fill(x=Html("<i>a</i>")) == "<b><i>a</i></b>"
    assert Html("<b>") + "<i>" == "<b>&lt;i&gt;"


def test_a_page_takes_no_unmarked_text():
    with pytest.raises(TypeError, match="escapes"):
        Markup("<p>x</p>")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="escapes"):
        Markup(Html('<p data-part="a"></p>')).put(a="<p>")  # type: ignore[arg-type]


def test_table_scrolls_has_a_caption_and_numbers_at_the_right():
    html = show.table_html(pd.DataFrame({"title": ["a"], "gmv_usd": [1234.0]}), caption="Sales")
    assert 'tabindex="0" role="region" aria-label="Sales"' in html and "<caption>Sales</caption>" in html
    assert '<td class="xb-number">$1,234</td>' in html and '<th scope="col" class="">Title</th>' in html


def test_long_table_says_what_is_left_out():
    html = show.table_html(pd.DataFrame({"day": range(300)}))
    assert html.count("<tr>") == 201 and "100 more rows" in html


def test_a_doubtful_fact_shows_its_doubt():
    from crossborder.facts import facts

    doubtful = next(fact for fact in facts.values() if fact.doubtful)
    assert "xb-doubt" in show.fact_html(doubtful.id) and "confidence: low" in show.fact_html(doubtful.id)
    assert "xb-doubt" not in show.fact_html("joom-commission-standard")


def test_an_unknown_fact_is_named_not_hidden():
    assert "no-such-fact" in show.origin_body(stated("no-such-fact"))


def test_badges_tell_ones_own_data_from_made_up():
    assert 'data-kind="observed">My data<' in show.badge("observed")
    with in_language("zh"):
        assert "模拟数据" in show.badge("simulated")
