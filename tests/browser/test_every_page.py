"""Every page that is served, wide and narrow, in both languages: it opens, whole, named, and asks nobody else."""

import pytest

from crossborder.serve.notebooks import default_root, served_notebooks

PAGES = served_notebooks(default_root())

# Controls a screen reader would announce without a name
NAMELESS = """() => [...document.querySelectorAll(
    "#rendered_cells :is(button, select, textarea, input:not([type=hidden], [type=file]), [role=slider], [role=tab])")]
  .filter((control) => control.checkVisibility() && !(
    control.getAttribute("aria-label") || control.getAttribute("aria-labelledby") || control.textContent.trim()
    || control.title || (control.labels && [...control.labels].some((label) => label.textContent.trim()))))
  .map((control) => control.outerHTML.slice(0, 200))"""

# What is wider than the page although nothing around it scrolls
STICKS_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("#rendered_cells *")]
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.tagName + "." + part.className).slice(0, 5)"""


@pytest.mark.parametrize(("width", "language"), [(1400, "en"), (390, "zh")])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_whole(open_page, server, path, width, language):
    page = open_page(path, width=width, language=language)
    assert page.locator(".xb-failure:visible").all_inner_texts() == [], server.log[-3000:]
    assert page.evaluate(STICKS_OUT) == []
    assert page.evaluate(NAMELESS) == []
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.evaluate("document.documentElement.lang").startswith(language)


# How much of the visible text is Chinese
HAN = """() => {
  const letters = [...document.querySelector("#rendered_cells").innerText].filter((letter) => /\\p{L}/u.test(letter));
  return letters.filter((letter) => /\\p{Script=Han}/u.test(letter)).length / Math.max(1, letters.length);
}"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_the_language_asked_for(open_page, path):
    """The address is stronger than the browser's own language, and Chinese is Chinese all over."""
    open_page(path, query="lang=zh", language="en").wait_for_function(f"({HAN})() > 0.5")
    open_page(path, query="lang=en", language="zh").wait_for_function(f"({HAN})() < 0.05")
