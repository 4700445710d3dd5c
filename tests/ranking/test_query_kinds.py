"""Brand searches and others: rules that say which of them fired."""

import pytest

from crossborder.ranking.query_kinds import classify_query, one_edit_apart, plain_words

BRANDS = ["Nordwind", "Bao Li", "Pearl", "华云", "Nord"]


@pytest.mark.parametrize(
    ("query", "kind", "brand", "rule"),
    [
        ("Nordwind", "brand", "Nordwind", "name"),
        ("  NORDWIND  official store", "brand", "Nordwind", "name"),
        ("nordwind trainers 42", "brand and goods", "Nordwind", "name within"),
        ("ｎｏｒｄｗｉｎｄ", "brand", "Nordwind", "name"),
        ("nordwnid shoes", "brand and goods", "Nordwind", "spelling"),
        ("nord wind", "brand", "Nordwind", "name"),
        ("nord trainers", "brand and goods", "Nord", "name within"),
        ("bao-li", "brand", "Bao Li", "name"),
        ("baoli bags", "brand and goods", "Bao Li", "name within"),
        ("华云运动鞋", "brand and goods", "华云", "name within"),
        ("华云 旗舰店", "brand", "华云", "name"),
        ("pearl", "brand", "Pearl", "name"),
        ("pearl official", "brand", "Pearl", "name"),
        ("pearl necklace", "goods", "", "common word"),
        ("pearl necklace official", "brand and goods", "Pearl", "name within"),
        ("red shoes", "goods", "", "goods"),
        ("连衣裙", "goods", "", "goods"),
        ("夏季连衣裙女", "goods", "", "goods"),
        ("quixotic zymurgy", "unknown", "", "nothing"),
        ("", "unknown", "", "nothing"),
        ("!!! ???", "unknown", "", "nothing"),
    ],
)
def test_searches_are_read_by_the_rule_that_fits(query, kind, brand, rule):
    reading = classify_query(query, BRANDS)
    assert (reading.kind, reading.brand, reading.rule) == (kind, brand, rule)
    assert reading.is_brand == bool(brand)


def test_every_slip_of_one_letter_is_still_the_brand():
    name = "nordwind"
    slips = {name[:i] + "x" + name[i:] for i in range(9)} | {name[:i] + name[i + 1 :] for i in range(8)}
    slips |= {name[:i] + "x" + name[i + 1 :] for i in range(8)}
    slips |= {name[:i] + name[i + 1] + name[i] + name[i + 2 :] for i in range(7)}
    missed = [slip for slip in slips if classify_query(slip, ["Nordwind"]).brand != "Nordwind"]
    assert missed == []


def test_two_slips_are_too_many():
    assert classify_query("nrodwnid", ["Nordwind"]).kind == "unknown"


def test_ordinary_searches_are_never_taken_for_a_brand():
    ordinary = """summer dress women; wireless headphones; usb c cable 2m; kids toys 3 years; running shoes men;
        gold necklace; phone case; led lamp; winter coat; lip gloss; yoga mat; fishing rod; cat bed; car holder"""
    wrong = [q for q in ordinary.split(";") if classify_query(q, ["Nordwind", "Bao Li", "Aurora"]).is_brand]
    assert wrong == []


def test_without_registered_brands_nothing_is_a_brand_search():
    assert not classify_query("Nordwind", []).is_brand


def test_edits_are_counted_one_at_a_time():
    assert one_edit_apart("abcd", "abc") and one_edit_apart("abcd", "abdc") and one_edit_apart("abcd", "abxd")
    assert not one_edit_apart("abcd", "dcba") and not one_edit_apart("ab", "abcd")


def test_words_without_case_width_accents_and_punctuation():
    assert plain_words("Crème-BRÛLÉE, Ｎo.5!") == ["creme", "brulee", "no", "5"]
