"""What the server says is there in both languages, and the page template uses no other words."""

import re

from crossborder.serve.assets import template_share
from crossborder.serve.words import WORDS, page_words

TEMPLATES = template_share() / "voila" / "templates"
SAID_BY_A_SCRIPT = {"too_large"}  # handed over as attributes (head.macro.html.j2)


def test_every_sentence_is_translated():
    for key, spoken in page_words().items():
        assert set(spoken) == {"en", "zh"}
        assert spoken["en"] == WORDS[key]
        assert re.search("[\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FFF}]", spoken["zh"]), key


def test_the_templates_say_each_sentence_and_only_known_ones():
    sources = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*/*.html*"))
    assert set(re.findall(r'say\(xb, "(\w+)"\)', sources)) == set(WORDS) - SAID_BY_A_SCRIPT


def test_the_templates_name_no_other_server():
    for path in [*TEMPLATES.glob("*/*.*"), *TEMPLATES.glob("*/static/*")]:
        if path.is_file():
            outside = re.findall(r"https?://[^\s\"'<>]+", path.read_text(encoding="utf-8"))
            assert [address for address in outside if "www.w3.org/2000/svg" not in address] == [], path.name
