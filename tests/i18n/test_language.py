"""The language of the moment: of the process, of a block, of a thread."""

import copy
import pickle
import threading

import pytest

from crossborder.i18n import LANGUAGES, N_, Filled, _, in_language, known_language, language, ngettext, use_language
from crossborder.i18n.catalogue import catalogue_files, translations

MESSAGE = "stated by a source"


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language("en")


def test_english_is_the_message_itself():
    assert language() == "en" and _(MESSAGE) == MESSAGE == N_(MESSAGE)


def test_a_block_speaks_its_language_and_gives_it_back():
    with in_language("zh"):
        assert language() == "zh" and _(MESSAGE) == "原文所述"
        with in_language("en"):
            assert _(MESSAGE) == MESSAGE
        assert language() == "zh"
    assert language() == "en"


def test_a_block_gives_its_language_back_after_an_error():
    with pytest.raises(RuntimeError), in_language("zh"):
        raise RuntimeError
    assert language() == "en"


def test_the_process_speaks_everywhere_a_block_only_in_its_thread():
    heard = []

    def listen() -> None:
        heard.append(language())

    with in_language("zh"):
        thread = threading.Thread(target=listen)
        thread.start()
        thread.join()
    use_language("zh-CN")
    thread = threading.Thread(target=listen)
    thread.start()
    thread.join()
    assert heard == ["en", "zh"]


@pytest.mark.parametrize(("given", "short"), [("zh-CN", "zh"), ("zh_Hans", "zh"), ("EN", "en"), ("en-GB", "en")])
def test_region_tags_are_accepted(given, short):
    assert known_language(given) == short


@pytest.mark.parametrize("code", ["fr", "", "../zh", "zh/../../etc", None])
def test_another_language_is_refused(code):
    with pytest.raises(ValueError, match="language must be one of en, zh"):
        use_language(code)
    assert language() == "en"


def test_what_has_no_translation_stays_english_and_nothing_stays_nothing():
    with in_language("zh"):
        assert _("a message that nobody wrote") == "a message that nobody wrote"
        assert _("") == ""


def test_the_form_fits_the_count():
    assert [ngettext("one store", "many stores", n) for n in (0, 1, 2)] == ["many stores", "one store", "many stores"]
    with in_language("zh"):
        assert ngettext("one store", "many stores", 5) in {"one store", "many stores"}


def test_every_language_but_english_has_a_catalogue():
    assert catalogue_files("en") == []
    for code in set(LANGUAGES) - {"en"}:
        assert catalogue_files(code)
        assert translations(code).gettext(MESSAGE) != MESSAGE


def test_a_filled_sentence_is_english_text_that_can_still_be_said_in_chinese():
    sentence = Filled(N_("Listings with a price of zero: {n}. Look at them."), n="{4}")
    assert sentence == "Listings with a price of zero: {4}. Look at them." == _(sentence)
    for same in (sentence, copy.deepcopy(sentence), pickle.loads(pickle.dumps(sentence))):
        with in_language("zh"):
            assert _(same) == "价格为零的商品：{4} 个。请看一看。"
