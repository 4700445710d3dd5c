"""Notebooks with prose come as twins; each speaks its folder's language and leads to the other."""

from crossborder.apps.twin import TwinHead, twin_path
from crossborder.i18n import language


def test_the_head_leads_to_both_twins_and_home():
    skeleton = TwinHead("analysis/x.ipynb").links.skeleton
    for path in ("index.ipynb", twin_path("analysis/x.ipynb", "en"), twin_path("analysis/x.ipynb", "zh")):
        assert f'data-notebook="{path}"' in skeleton


def test_a_twin_in_the_chinese_folder_speaks_chinese(tmp_path, monkeypatch):
    folder = tmp_path / "analysis" / "zh"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    head = TwinHead("analysis/x.ipynb")
    assert language() == "zh" == head.address.language
    assert (
        'lang="zh" aria-current="page"' in head.links.skeleton and 'lang="en" aria-current' not in head.links.skeleton
    )


def test_elsewhere_it_is_english(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert TwinHead("analysis/x.ipynb").address.language == "en"
