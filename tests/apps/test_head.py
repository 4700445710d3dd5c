from crossborder.apps.explorer import Explorer
from crossborder.apps.head import Page
from crossborder.apps.share import to_query
from crossborder.i18n import language


def arrive(page, query="", asked="en"):
    page.address.set_trait("query", query)
    page.address.set_trait("address", "http://127.0.0.1/page")
    page.address.set_trait("asked_language", asked)
    page.address.set_trait("arrived", True)


def test_the_address_brings_scenario_and_language(explorer, shop):
    page = Page(explorer, title="Orders")
    arrive(page, to_query(shop(price_usd=33.0)) + "&lang=zh")
    assert explorer.scenario.price_usd == 33.0 and language() == "zh" and page.address.title == "订单"


def test_without_a_wish_the_browsers_language_counts(explorer):
    arrive(Page(explorer, title="Orders"), asked="zh")
    assert language() == "zh"


def test_the_address_follows_what_was_set_so_a_reload_comes_back(explorer, shop):
    page = Page(explorer, title="Orders")
    arrive(page)
    explorer.set(price_usd=44.0)
    other = Explorer(shop(), explorer._course.run)
    other.open_query(page.address.new_query)
    assert other.scenario.price_usd == 44.0


def test_a_slider_on_its_way_does_not_write_the_address(explorer):
    page = Page(explorer, title="Orders")
    arrive(page)
    explorer._change({"price_usd": 44.0}, False)
    assert page.address.new_query == ""


def test_the_page_names_itself_and_leads_home(explorer):
    page = Page(explorer, title="Orders", line="Day")
    assert "<h1>Orders</h1>" in page.head.skeleton and 'data-notebook="index.ipynb"' in page.head.skeleton
