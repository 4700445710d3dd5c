"""Around a lesson: language by folder, the head, the learner in the address, the progress panel, the glossary."""

from pathlib import Path

import pytest

from crossborder.apps.twin import language_of_folder
from crossborder.errors import InputFileError
from crossborder.i18n import in_language, language, use_language
from crossborder.lessons.glossary import TERMS, glossary
from crossborder.lessons.progress import Event, Progress
from crossborder.lessons.progress_panel import ProgressPanel


@pytest.mark.parametrize(
    ("folder", "code"), [("lessons", "en"), ("lessons/zh", "zh"), ("zh/lessons", "en"), ("", "en")]
)
def test_the_folder_says_the_language(folder, code):
    assert language_of_folder(Path(folder)) == code


def test_a_lesson_speaks_the_language_of_its_folder(lesson, tmp_path, monkeypatch):
    (tmp_path / "zh").mkdir()
    monkeypatch.chdir(tmp_path / "zh")
    made = type(lesson)(Progress("Lin", seed=1))
    assert language() == "zh"
    head = made.head()
    use_language("en")
    assert head.address.language == "zh"
    assert 'data-notebook="lessons/99_small.ipynb"' in head.links.skeleton
    assert (
        'data-notebook="lessons/zh/99_small.ipynb" data-query="lang=zh" href="#" lang="zh" aria-current="page"'
        in head.links.skeleton
    )


def test_the_address_says_which_learner_it_is(lesson, folder):
    Progress.open("Mei", folder).record(Event(lesson="99", version=2, what="declined", name="share"))
    head = lesson.head()
    head.address.set_trait("query", "learner=Mei")
    head.address.set_trait("arrived", True)
    assert lesson.progress.learner == "Mei" and lesson.answer_to("share").what == "declined"
    ProgressPanel(lesson).text.act("name", {"name": "Lin"})
    assert head.address.new_query == "lang=en&learner=Lin"  # a reload stays with the learner


def test_a_page_that_waited_shows_what_was_done_meanwhile(lesson, folder):
    head, refreshed = lesson.head(), []
    lesson.follow(lambda: refreshed.append(1))
    elsewhere = Progress.open("Lin", folder)
    elsewhere.record(Event(lesson="99", version=2, what="declined", name="share"))
    assert lesson.answer_to("share") is None
    head.address.set_trait("arrived", True)
    assert lesson.answer_to("share").what == "declined" and lesson.progress.seed == elsewhere.seed
    assert refreshed == [1] and lesson.progress.learner == "Lin"
    lesson.catch_up()
    assert refreshed == [1]  # nothing new, nothing drawn again


def test_a_page_without_a_file_stays_as_it_is(lesson):
    made = type(lesson)(Progress("Lin", seed=1))
    made.head().address.set_trait("arrived", True)
    assert made.progress.seed == 1 and made.progress.path is None


def test_progress_is_saved_and_brought_back(lesson, folder, monkeypatch):
    lesson.record("declined", "share")
    panel = ProgressPanel(lesson)
    handed = []
    monkeypatch.setattr(panel.text, "download", lambda *file: handed.append(file))
    panel.text.act("export")
    name, content, mime = handed[0]
    assert (name, mime) == ("lin.progress.json", "application/json")
    panel.text.act("name", {"name": "Mei"})
    assert lesson.progress.learner == "Mei" and lesson.answer_to("share") is None
    panel.upload.receive("lin.progress.json", content)
    assert lesson.answer_to("share").what == "declined"
    assert "1 entry was taken over" in panel.upload.said and panel.upload.name == ""


def test_a_wrong_file_is_refused_with_a_sentence(lesson):
    panel = ProgressPanel(lesson)
    panel.upload.receive("x.json", b"{}")
    assert "not a progress file" in panel.upload.said and lesson.progress.events == ()
    with pytest.raises(InputFileError):
        panel.bring("x.json", b"{}")


def test_a_name_cannot_act(lesson):
    panel = ProgressPanel(lesson)
    panel.text.act("name", {"name": '"><script>alert(1)</script>'})
    assert "<script>" not in panel.text.parts["name"]


def test_the_glossary_has_both_words_and_one_meaning_each():
    html = glossary("conversion", "price war")
    assert "conversion · 转化率" in html and "price war · 价格战" in html and html.count("<dt>") == 2
    with in_language("zh"):
        assert "转化率 · conversion" in glossary() and glossary().count("<dt>") == len(TERMS)
