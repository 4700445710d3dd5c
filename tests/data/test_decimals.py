"""Whether 1.234 is one and a bit or over a thousand: the column, the file, then the user."""

import pytest


def prices(read_here, *cells, delimiter=",", more="", **options):
    rows = "".join(f'{i}{delimiter}thing{delimiter}"{cell}"{more}\n' for i, cell in enumerate(cells))
    head = delimiter.join(["id", "title", "price"]) + (f"{delimiter}rating" if more else "")
    return read_here(f"{head}\n{rows}", **options)


def test_neighbours_in_the_column_decide(read_here):
    read = prices(read_here, "1,234", "12.50")
    assert read.table["price"].tolist() == [1234.0, 12.5]
    assert "decimal:price" not in [question.id for question in read.questions]


def test_other_columns_of_the_file_decide(read_here):
    read = prices(read_here, "1.234", "2.345", delimiter=";", more=";4,5")
    assert read.table["price"].tolist() == [1234.0, 2345.0]


def test_nobody_knows_so_it_is_asked_and_the_answer_holds(read_here):
    asked = prices(read_here, "1.234", "2.345")
    question = next(question for question in asked.questions if question.id == "decimal:price")
    assert question.options == ("point", "comma")
    assert question.labels["comma"] == "the comma: 1.234 is 1234"
    assert asked.table["price"].tolist() == [1.234, 2.345]
    answered = prices(read_here, "1.234", "2.345", answers={"decimal:price": "comma"})
    assert answered.table["price"].tolist() == [1234.0, 2345.0]
    assert "decimal:price" not in [question.id for question in answered.questions]


def test_neighbours_that_disagree_leave_it_open(read_here):
    read = prices(read_here, "1,234.56", "1.234,56", "1 234,56", "1,234")
    assert read.table["price"].tolist()[:3] == [1234.56] * 3
    assert "decimal:price" in [question.id for question in read.questions]


@pytest.mark.parametrize(("column", "text", "value"), [("sold", "1.234", 1234), ("rating", "4.125", 4.125)])
def test_counts_and_bounded_numbers_need_no_question(read_here, column, text, value):
    read = read_here(f'id,title,price,{column}\n1,thing,US $3.50,"{text}"\n')
    assert read.table[{"sold": "units_sold"}.get(column, column)].tolist() == [value]
    assert read.questions == ()
