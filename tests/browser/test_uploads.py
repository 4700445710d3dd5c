"""A reader's own file on the dashboard, as large as one may be and larger: what is seen while it is on its way, what is
refused before anything is read, and that the page works on.
"""

import pytest

MB = 1024 * 1024
HEADINGS = "id,title,price,rating,units sold,description\n"

# What the bar and the words beside it showed, one after the other
SHOWN = """() => {
  window.shown = [];
  const way = document.querySelector(".xb-underway"), bar = way.querySelector("progress");
  new MutationObserver(() => {
    const now = way.hidden ? null : [way.textContent.trim(), bar.hasAttribute("value") ? bar.value : null];
    if (JSON.stringify(now) !== JSON.stringify(window.shown.at(-1))) window.shown.push(now);
  }).observe(way, { subtree: true, childList: true, attributes: true });
}"""

# How often a file was read, and how much went to the kernel
COUNTED = """() => {
  window.reads = 0;
  window.bytes = 0;
  for (const name of ["slice", "arrayBuffer", "stream", "text"]) {
    const of = Blob.prototype[name];
    Blob.prototype[name] = function (...range) { window.reads += this instanceof File; return of.apply(this, range); };
  }
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    window.bytes += data.byteLength ?? data.length;
    return send.call(this, data);
  };
}"""

# The file changes on the disk when its third piece is read
BREAKS = """() => {
  const slice = Blob.prototype.slice;
  Blob.prototype.slice = function (...range) {
    const piece = slice.apply(this, range);
    const fails = () => Promise.reject(new DOMException("changed", "NotReadableError"));
    if (range[0] >= 2 * 1048576) piece.arrayBuffer = fails;
    return piece;
  };
}"""


def listings(rows: int, letters: int) -> str:
    """Lamps, each described at length."""
    words = "bright " * (letters // 7)
    return HEADINGS + "".join(f"{i},Lamp {i},{5 + i % 30},4.{i % 9},{i % 97},{words}\n" for i in range(1, rows + 1))


@pytest.fixture
def dashboard(open_page):
    """The dashboard with a scenario that runs in a moment."""
    from crossborder.market.make import MarketScenario
    from crossborder.ranking import PolicyChangeScenario

    small = PolicyChangeScenario(days=7, worlds=2, world=MarketScenario(n_stores=10, sessions_per_day=500))
    return lambda query="": open_page(
        "dashboards/ranking_policy_change.ipynb", query=f"scenario={small.to_link()}{query}"
    )


@pytest.fixture
def large(tmp_path):
    """A megabyte too much, all of it holes."""
    file = tmp_path / "large.csv"
    with file.open("wb") as opened:
        opened.truncate(51 * MB)
    return file


def answers(page, rows: int) -> None:
    """The file was read, and the answer is that of its listings."""
    page.get_by_text(f"{rows:,} of {rows:,} rows are listings").wait_for()
    page.wait_for_selector("[data-part=beside] [data-kind=observed]")
    assert page.locator(".xb-underway").is_hidden()


def test_a_file_of_nearly_fifty_megabytes_shows_how_far_it_is_and_answers(dashboard, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(listings(2_000, 25_900))
    assert 49 * MB < file.stat().st_size <= 50 * MB
    page = dashboard()
    page.evaluate(SHOWN)
    page.set_input_files("input[type=file]", file)
    answers(page, 2_000)
    *way, last = page.evaluate("window.shown")
    sent = [value for words, value in way if words == "Sending the file …"]
    assert sent == sorted(sent) and sent[0] < 0.1 and sent[-1] > 0.95 and len(set(sent)) > 10
    assert way[-1] == ["Reading the file …", None] and last is None  # also while the kernel reads something is seen


def test_a_larger_file_is_refused_before_anything_is_read_and_the_page_works_on(dashboard, large, tmp_path):
    page = dashboard()
    page.evaluate(COUNTED)
    page.set_input_files("input[type=file]", large)
    said = page.get_by_text("large.csv has 51.0 MB; a file may have up to 50 MB. Send fewer rows or columns.")
    said.wait_for()
    assert page.evaluate("[window.reads, window.bytes]") == [0, 0]
    assert page.locator(".xb-underway").is_hidden()
    small = tmp_path / "small.csv"
    small.write_text(listings(40, 70))
    page.set_input_files("input[type=file]", small)
    answers(page, 40)
    assert said.count() == 0
    assert page.evaluate("window.reads") == 1 and small.stat().st_size < page.evaluate("window.bytes") < 10 * MB


def test_the_refusal_is_in_the_readers_language(dashboard, large):
    page = dashboard(query="&lang=zh")
    page.set_input_files("input[type=file]", large)
    page.get_by_text("large.csv 有 51.0 MB").wait_for()
    assert "不超过 50 MB" in page.locator(".xb-drop").inner_text()


def test_a_file_that_changes_on_its_way_is_asked_for_again(dashboard, tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text(listings(200, 25_900))
    page = dashboard()
    page.evaluate(BREAKS)
    page.set_input_files("input[type=file]", file)
    page.get_by_text("mine.csv did not arrive whole. Choose it again.").wait_for()
    assert page.locator(".xb-underway").is_hidden()
    small = tmp_path / "small.csv"
    small.write_text(listings(40, 70))
    page.set_input_files("input[type=file]", small)
    answers(page, 40)
