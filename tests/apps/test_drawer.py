import json

import pytest


@pytest.fixture
def given(explorer, monkeypatch):
    files = []
    monkeypatch.setattr(explorer.drawer, "download", lambda *file: files.append(file))
    return files


def test_folds_are_filled_only_while_open(explorer):
    assert not explorer.drawer.parts
    explorer.drawer.act("open", "numbers")
    before = explorer.drawer.parts["numbers"]
    explorer.set(price_usd=50.0)
    assert explorer.drawer.parts["numbers"] != before
    explorer.drawer.act("close", "numbers")
    closed = explorer.drawer.parts["numbers"]
    explorer.set(price_usd=60.0)
    assert explorer.drawer.parts["numbers"] == closed


def test_numbers_open_their_origin(explorer):
    explorer.drawer.act("open", "numbers")
    html = explorer.drawer.parts["numbers"]
    assert "popovertarget" in html and "joom-commission-standard" in html


def test_origins_and_settings_name_sources(explorer):
    for section in ("origins", "settings"):
        explorer.drawer.act("open", section)
        assert "Joom 2018 · joom-commission-standard; confidence: high" in explorer.drawer.parts[section].replace(
            "&#x27;", "'"
        )


def test_scenario_as_json_comes_back(explorer, shop, given):
    explorer.set(price_usd=33.0)
    explorer.drawer.act("json")
    name, content, mime = given[0]
    assert name.endswith(".json") and json.loads(content)["price_usd"] == 33.0 and mime == "application/json"


def test_brief_in_either_language(explorer, given):
    explorer.drawer.act("brief", "zh")
    explorer.drawer.act("brief", "en")
    assert 'lang="zh-CN"' in given[0][1].decode() and 'lang="en"' in given[1][1].decode()
    explorer.drawer.act("brief", "xx")
    assert len(given) == 2


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_as_files(explorer, given, form):
    explorer.drawer.act("table", f"table.{form}")
    name, content, _mime = given[0]
    assert name == f"sales-table.{form}" and len(content) > 20


def test_tables_that_are_not_there_are_not_asked_for(explorer, given):
    for value in ("../../etc.csv", "table.exe", "table", None):
        explorer.drawer.act("table", value)
    assert given == []


def test_share_holds_the_query(explorer):
    explorer.set(price_usd=33.0)
    explorer.drawer.act("open", "share")
    assert explorer.query().replace("&", "&amp;") in explorer.drawer.parts["share"]
