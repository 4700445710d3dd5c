"""Files the browser needs are put into the environment, whole and from the installed package."""

import json
import sys
from pathlib import Path

from crossborder.serve.assets import install_assets, plotly_source, plotly_target, share


def test_the_script_is_a_copy_and_a_second_time_changes_nothing(tmp_path):
    target = install_assets(tmp_path)
    assert target == tmp_path / "share/jupyter/labextensions/crossborder/static/plotly.min.js"
    assert target.read_bytes() == plotly_source().read_bytes()
    assert install_assets(tmp_path).read_bytes() == plotly_source().read_bytes()
    assert [path.name for path in target.parent.iterdir()] == ["plotly.min.js"]


def test_saved_output_may_not_run_commands_and_other_settings_stay(tmp_path):
    settings = share(tmp_path) / "lab" / "settings" / "overrides.json"
    settings.parent.mkdir(parents=True)
    settings.write_text('{"theirs": {"a": 1}}')
    install_assets(tmp_path)
    merged = json.loads(settings.read_text())
    assert merged["theirs"] == {"a": 1}
    assert merged["@jupyterlab/apputils-extension:sanitizer"] == {"allowCommandLinker": False}
    assert merged["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"  # nobody else is asked


def test_this_environment_has_the_script_of_its_plotly():
    assert plotly_target(Path(sys.prefix)).read_bytes() == plotly_source().read_bytes()
