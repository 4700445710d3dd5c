"""Whatever fails while a page is made, the page ends with a sentence."""

import asyncio

import pytest
from jinja2 import TemplateError
from voila.configuration import VoilaConfiguration
from voila.notebook_renderer import NotebookRenderer

from crossborder.serve.rendering import CalmRenderer, is_failure
from crossborder.serve.words import page_words

KERNEL = "12345678-0000-0000-0000-000000000000"


def renderer() -> CalmRenderer:
    made = CalmRenderer(voila_configuration=VoilaConfiguration(), notebook_path="lessons/one.ipynb")
    made.resources = {"crossborder": {"words": page_words()}}
    return made


async def page_of(made: CalmRenderer) -> str:
    return "".join([piece async for piece, _ in made.generate_content_generator(KERNEL)])


@pytest.mark.parametrize(
    "problem", [TemplateError("no such block"), RuntimeError("Kernel died"), KeyError("outputs"), TimeoutError()]
)
def test_a_failure_in_the_template_or_around_a_cell_ends_the_page(monkeypatch, caplog, problem):
    async def pieces(self, kernel_id, kernel_future):
        yield "<p>The beginning.</p>", {}
        raise problem

    monkeypatch.setattr(NotebookRenderer, "generate_content_generator", pieces)
    made = renderer()
    page = asyncio.run(page_of(made))
    assert page.startswith("<p>The beginning.</p>") and page.endswith("</body></html>")
    assert "This part of the page could not be shown." in page and "<code>12345678</code>" in page
    assert "no such block" not in page
    assert made.failed and "12345678" in caplog.text


def test_a_page_that_ends_well_has_not_failed(monkeypatch):
    async def pieces(self, kernel_id, kernel_future):
        yield "<p>All.</p>", {}

    monkeypatch.setattr(NotebookRenderer, "generate_content_generator", pieces)
    made = renderer()
    assert asyncio.run(page_of(made)) == "<p>All.</p>"
    assert not made.failed


@pytest.mark.parametrize("kind", ["error", "server"])
def test_a_failed_cell_is_one_sentence_and_its_words_are_kept_back(monkeypatch, caplog, kind):
    told = {
        "error": {"output_type": "error", "ename": "ValueError", "evalue": "row 17", "traceback": ["row 17"]},
        "server": {"output_type": "stream", "name": "stderr", "text": "An exception occurred at the server (row 17)"},
    }

    async def cells(self, nb, kernel_id):
        yield {"outputs": [{"output_type": "stream", "name": "stdout", "text": "before"}, told[kind]]}

    monkeypatch.setattr(NotebookRenderer, "_jinja_cell_generator", cells)
    made = renderer()

    async def shown() -> list[dict]:
        return [cell async for cell in made._jinja_cell_generator(None, KERNEL)]

    outputs = asyncio.run(shown())[0]["outputs"]
    assert [is_failure(output) for output in outputs] == [False, True]
    assert outputs[1]["output_type"] == "error" and "row 17" not in str(outputs)
    assert made.failed
