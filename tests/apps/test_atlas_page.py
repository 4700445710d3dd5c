from html import escape

import pytest

from crossborder.apps.atlas_page import AtlasBrowser, atlas_page, card_html
from crossborder.apps.language import speak
from crossborder.atlas import Mechanism, atlas


def test_every_mechanism_has_a_card_with_both_names():
    html = AtlasBrowser().cards.skeleton
    assert html.count("data-card") == len(atlas().mechanisms)
    for mechanism in atlas().mechanisms:
        card = card_html(mechanism)
        assert escape(mechanism.name_zh) in card and f">{mechanism.number} · " in card


def test_what_is_not_built_says_so_and_opens_nothing():
    missing = next(m for m in atlas().mechanisms if not m.built)
    browser = AtlasBrowser()
    assert "Catalogued; not built yet" in card_html(missing)
    browser.show_mechanism(missing.number)
    assert browser.explorer is None and browser.children == (browser.cards,)


def test_a_card_shows_doubtful_facts_as_doubtful():
    from crossborder.facts import facts

    mechanism = next(m for m in atlas().mechanisms if any(facts[f].doubtful for f in m.facts if f in facts))
    assert "xb-doubt" in card_html(mechanism)


def test_a_mechanism_opens_its_explorer_in_place(monkeypatch, shop, verb):
    mechanism = atlas()[2]
    monkeypatch.setattr(Mechanism, "built", property(lambda self: True))
    monkeypatch.setattr(Mechanism, "function", lambda self: verb)
    monkeypatch.setattr(Mechanism, "default_scenario", lambda self: shop())
    monkeypatch.setattr("crossborder.apps.atlas_page.chart_function", lambda mechanism: None)
    browser = AtlasBrowser()
    browser.open_query("mechanism=2&scenario=" + shop(price_usd=33.0).to_link())
    browser.explorer.wait()
    assert browser.explorer.result is not None and browser.explorer.scenario.price_usd == 33.0
    assert "mechanism=2" in browser.explorer.query()
    assert mechanism.name_en in browser.card.parts["card"]
    speak("zh")
    assert mechanism.name_zh in browser.card.parts["card"]
    browser.card.act("all")
    assert browser.children == (browser.cards,)


def test_a_broken_mechanism_says_so_and_the_atlas_lives_on(monkeypatch):
    monkeypatch.setattr(Mechanism, "built", property(lambda self: True))
    monkeypatch.setattr("crossborder.apps.atlas_page.mechanism_explorer", lambda mechanism: 1 / 0)
    browser = AtlasBrowser()
    browser.show_mechanism(2)
    assert "reference" in browser.card.parts["card"] and browser.explorer is None


@pytest.mark.parametrize("query", ["mechanism=9999", "mechanism=-1", "mechanism=x", "", "mechanism=²"])
def test_links_to_nothing_show_the_cards(query):
    browser = AtlasBrowser()
    browser.open_query(query)
    assert browser.children == (browser.cards,)


def test_the_page_has_its_title():
    assert "Atlas of mechanisms" in atlas_page().head.skeleton


def test_the_browser_s_back_leads_from_an_explorer_to_the_cards():
    page = atlas_page()
    page.address.set_trait("arrived", True)
    browser = page.contents[0]
    browser._act("explore", "46")
    assert page.address.steps and "mechanism=46" in page.address.new_query
    page.address.set_trait("query", "")
    page.address.set_trait("went_back", 1)
    assert browser.explorer is None and browser.children == (browser.cards,)
    page.address.set_trait("query", "mechanism=46")
    page.address.set_trait("went_back", 2)
    assert browser.opened.number == 46


def test_what_is_opened_is_looked_at_and_so_is_its_card_afterwards():
    browser = AtlasBrowser()
    browser.show_mechanism(46)
    assert browser.card.look_at == "[data-mechanism='46']" and 'data-mechanism="46"' in browser.card.parts["card"]
    browser.show_all()
    assert browser.cards.look_at == "[data-action=explore][data-value='46']"


def test_a_setting_moved_in_an_explorer_stands_in_the_address_without_being_a_step():
    page = atlas_page()
    page.address.set_trait("arrived", True)
    browser = page.contents[0]
    browser._act("explore", "2")
    browser.explorer.set(own_price_usd=7.0)
    assert "scenario=" in page.address.new_query and not page.address.steps
    browser._act("all", "")
    assert page.address.new_query == "" and page.address.steps
