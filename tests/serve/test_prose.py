"""Formulas of a notebook's prose are set before the page is sent."""

import pytest
from nbconvert.filters.markdown_mistune import MarkdownWithMath

from crossborder.serve.prose import Prose, as_base64, formula, latex_output


def told(markdown: str) -> str:
    return MarkdownWithMath(renderer=Prose(None, escape=False)).render(markdown)


def test_formulas_in_a_line_and_of_their_own():
    html = told("so $a^2$ and\n\n$$\\sum_{i=1}^n x_i$$\n\nand\n\n\\begin{align}x &= 1\\end{align}\n\nend")
    assert html.count("<math") == 3 and html.count('display="block"') == 2
    assert "$" not in html


def test_money_and_code_are_no_formulas():
    assert "<math" not in told("It costs $5 here.") and "<math" not in told("`$a$`")


@pytest.mark.parametrize(
    ("text", "formulas"), [("$x^2$", 1), ("$$x$$", 1), ("x", 1), ("a $x$ b $y$ c", 2), (r"\frac{1}{2}", 1)]
)
def test_what_a_cell_shows_as_latex(text, formulas):
    assert latex_output(text).count("<math") == formulas


@pytest.mark.parametrize(
    "hostile",
    [
        r"\href{javascript:x}{y}",
        "<script>x</script>",
        r"\text{<img src=x onerror=y>}",
        r"\text{</mtext></math><img src=x>}",
    ],
)
def test_a_formula_cannot_act(hostile):
    html = str(formula(hostile)) + str(latex_output(f"${hostile}$"))
    assert "<script" not in html and "<img" not in html and "href=" not in html


def test_a_formula_that_cannot_be_read_stays_as_it_was_written():
    assert formula(r"\frac{") == r"<code>\frac{</code>" or "<math" in formula(r"\frac{")
    assert as_base64("<svg/>") == "PHN2Zy8+"
