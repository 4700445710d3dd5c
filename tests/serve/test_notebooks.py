"""Which notebooks are shown, and which are kept ready."""

import pytest

from crossborder.serve.notebooks import default_root, is_served, kept_ready, served_notebooks


@pytest.fixture
def root(tmp_path, write_notebook):
    inside = tmp_path / "notebooks"
    for path in (
        "index.ipynb",
        "dashboards/b.ipynb",
        "dashboards/a.ipynb",
        "lessons/zh/one.ipynb",
        "_draft.ipynb",
        "lessons/_draft.ipynb",
        ".ipynb_checkpoints/index.ipynb",
    ):
        write_notebook(inside, path, "1")
    write_notebook(tmp_path, "outside.ipynb", "1")
    (inside / "link.ipynb").symlink_to(tmp_path / "outside.ipynb")
    (inside / "data.csv").write_text("a\n1\n")
    return inside


def test_drafts_and_hidden_folders_are_left_out(root):
    assert served_notebooks(root) == ["dashboards/a.ipynb", "dashboards/b.ipynb", "index.ipynb", "lessons/zh/one.ipynb"]


@pytest.mark.parametrize(
    "path",
    ["../outside.ipynb", "lessons/../../outside.ipynb", "/index.ipynb", "data.csv", "nothing.ipynb", "link.ipynb", ""],
)
def test_nothing_outside_the_folder_is_served(root, path):
    assert not is_served(root, path)


def test_the_landing_page_is_made_ready_first_then_the_dashboards(root):
    assert kept_ready(root) == ["index.ipynb", "dashboards/a.ipynb", "dashboards/b.ipynb"]


def test_the_project_has_its_notebooks_where_the_server_looks():
    assert (default_root() / "index.ipynb").is_file()
