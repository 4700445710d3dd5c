"""The link between a notebook and the page that shows it, without a browser."""

from crossborder.apps.page import PageAddress


def test_without_a_browser_nothing_arrives_and_nothing_is_asked():
    page, heard = PageAddress(), []
    page.on_arrival(heard.append)
    assert (heard, page.asked, page.arrived) == ([], {}, False)


def test_what_the_address_asks_for_is_told_once():
    page, heard = PageAddress(), []
    page.on_arrival(heard.append)
    page.query = "price_weight=0.5&name=%E5%BA%97&empty=&price_weight=0.7"
    page.arrived = True
    page.arrived = False
    page.arrived = True
    assert heard == [{"price_weight": "0.7", "name": "店", "empty": ""}]


def test_who_listens_late_is_told_at_once():
    page, heard = PageAddress(query="a=1", arrived=True), []
    page.on_arrival(heard.append)
    assert heard == [{"a": "1"}]


def test_links_and_addresses_keep_any_text():
    page = PageAddress(address="http://127.0.0.1:8866/voila/render/index.ipynb")
    link = page.link({"name": "a&b=c 店"})
    assert link.startswith("http://127.0.0.1:8866/voila/render/index.ipynb?name=")
    again = PageAddress(query=link.split("?")[1])
    assert again.asked == {"name": "a&b=c 店"}
    page.show_in_address({"name": "x y"})
    assert page.new_query == "name=x+y"
