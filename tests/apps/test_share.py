from crossborder.apps.language import speak
from crossborder.apps.share import from_query, language_in, scenario_in, to_query


def test_a_link_brings_the_scenario_back(shop):
    scenario = shop(price_usd=33.0, sellers=7, score="price * 3")
    query = to_query(scenario, mechanism=44)
    back, problem = scenario_in("?" + query, shop())
    assert not problem and back.price_usd == 33.0 and back.sellers == 7 and back.score == "price * 3"
    assert from_query(query)["mechanism"] == "44"


def test_defaults_need_no_scenario(shop):
    assert to_query(shop()) == ""


def test_language_travels(shop):
    speak("zh")
    assert language_in(to_query(shop())) == "zh"
    assert language_in("lang=xx") == "" and language_in("") == ""


def test_a_damaged_link_says_so_and_starts_at_the_defaults(shop, explorer):
    query = to_query(shop(price_usd=33.0))[:-6]
    assert scenario_in(query, shop())[1].startswith("The scenario in this link cannot be read")
    assert "cannot be read" in explorer.open_query(query) and explorer.scenario.price_usd == 10.0


def test_a_link_out_of_bounds_is_refused(shop, explorer):
    import base64
    import json
    import zlib

    packed = base64.urlsafe_b64encode(zlib.compress(json.dumps({"price_usd": 1e9}).encode())).decode()
    assert "must be between" in explorer.open_query(f"scenario={packed}")


def test_explorer_opens_a_link_and_can_go_back(shop, explorer):
    explorer.open_query(to_query(shop(price_usd=33.0)))
    assert explorer.scenario.price_usd == 33.0
    explorer.undo()
    assert explorer.scenario.price_usd == 10.0
