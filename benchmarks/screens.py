"""What a person waits for in the browser: the first picture of a kept-ready dashboard, and a slider's new picture."""

import re
import subprocess
import sys
import time

from pages.browser import open_browser, program

PAGE = "/voila/render/dashboards/ranking_policy_change.ipynb?lang=en"

# Asked as one call that waits inside: a page's policy forbids the driver's own way, which compiles text again and again
PICTURE = """async () => {
  const drawn = () => document.querySelector(".js-plotly-plot")?.data?.length;
  while (!drawn()) await new Promise((next) => requestAnimationFrame(next));
}"""
SLIDER = "[data-name=click_price_elasticity] input[type=range]"

# Move the slider one step as a hand does, and wait, frame by frame, until the picture draws other numbers.
MOVE = """async ([where, step]) => {
  const slider = document.querySelector(where), plot = document.querySelector(".js-plotly-plot");
  const drawn = () => JSON.stringify(plot.data.map((trace) => [...(trace.x || [])]));
  const before = drawn(), started = performance.now();
  slider.value = Number(slider.value) + step;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  while (drawn() === before) {
    if (performance.now() - started > 10000) return null;
    await new Promise((next) => requestAnimationFrame(next));
  }
  return performance.now() - started;
}"""


def measure(loads: int, moves: int) -> dict | None:
    """Seconds to the first picture and milliseconds to a changed one; None where there is no browser."""
    if program() is None:
        print("No Chromium here: what a person waits for in the browser is not measured.")
        return None
    command = [sys.executable, "-m", "crossborder.serve", "--no-browser", "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        address = next(found.group() for line in server.stdout if (found := re.search(r"http://\S+", line)))
        with open_browser() as browser:
            first = [_first_picture(browser, address) for _ in range(loads + 1)][1:]
            changed = _changed_pictures(browser, address, moves)
    finally:
        server.terminate()
        server.wait(30)
    first.sort()
    changed.sort()
    return {
        "first_picture_s": first[len(first) // 2],
        "changed_picture_ms": changed[len(changed) // 2],
        "changed_picture_p95_ms": changed[int(0.95 * (len(changed) - 1))],
        "loads": len(first),
        "moves": len(changed),
    }


def _open(browser, address):
    page = browser.new_context(viewport={"width": 1400, "height": 1000}, locale="en-US").new_page()
    page.goto(address)
    return page, re.match(r"http://[^/]+", address).group()


def _first_picture(browser, address) -> float:
    """From asking for the dashboard to its picture, with a kernel kept ready."""
    page, root = _open(browser, address)
    time.sleep(15)  # the pool fills up again behind the last load
    started = time.perf_counter()
    page.goto(root + PAGE, wait_until="commit")
    page.evaluate(PICTURE)
    took = time.perf_counter() - started
    page.context.close()
    return took


def _changed_pictures(browser, address, moves: int) -> list[float]:
    page, root = _open(browser, address)
    page.goto(root + PAGE)
    page.evaluate(PICTURE)
    time.sleep(15)  # until the run over many worlds is through and the pool is full
    took = []
    for k in range(moves + 2):
        found = page.evaluate(MOVE, [SLIDER, -0.05 if k // 20 % 2 == 0 else 0.05])
        if found is not None:
            took.append(found)
        time.sleep(0.15)  # a slider on its way: the long run does not start between two steps
    page.context.close()
    return took[2:]
