"""From a step of the price slider to the changed picture: by key press, and by dragging the handle."""

import time
from typing import Any

SLIDER = "[role=slider], input[type=range]"
TURN = 8  # so many steps up, so many down again
PAUSE_S = 0.15

# The middle of the handle: a slider's control itself may be hidden in a box of one pixel inside it.
MIDDLE = """(control) => {
  const wide = (element) => element.getBoundingClientRect().width;
  while (wide(control) < 8 || wide(control.parentElement) < 8) control = control.parentElement;
  const box = control.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}"""


def by_key(page: Any, times: int) -> list[float | None]:
    """Milliseconds from each key press to a picture with another title and mark; None where nothing came."""
    page.locator(SLIDER).first.focus()
    took = []
    for turn in range(times):
        page.evaluate("pageWatch.expect('keydown')")
        page.keyboard.press("ArrowRight" if turn // TURN % 2 == 0 else "ArrowLeft")
        took.append(page.evaluate("pageWatch.outcome"))
        time.sleep(PAUSE_S)
    return took


class Drag:
    """The handle held by the mouse, one step of the slider at a time."""

    def __init__(self, page: Any) -> None:
        self._page = page
        slider = page.locator(SLIDER).first
        self._step_px = _step_px(page, slider)
        self._x, self._y = slider.evaluate(MIDDLE)
        self._turn = 0
        page.mouse.move(self._x, self._y)

    def while_held(self, times: int) -> list[float | None]:
        """From each move to its picture, the button down all the time."""
        self._page.mouse.down()
        time.sleep(PAUSE_S)
        took = [self._seen("pointermove", self._move) for _turn in range(times)]
        self._page.mouse.up()
        time.sleep(PAUSE_S)
        return took

    def on_release(self, times: int) -> list[float | None]:
        """From each release to its picture, one step between press and release."""
        took = []
        for _turn in range(times):
            self._page.mouse.down()
            self._move()
            time.sleep(PAUSE_S)
            took.append(self._seen("pointerup", self._page.mouse.up))
        return took

    def _move(self) -> None:
        self._x += self._step_px if self._turn // TURN % 2 == 0 else -self._step_px
        self._turn += 1
        self._page.mouse.move(self._x, self._y)

    def _seen(self, kind: str, act: Any) -> float | None:
        self._page.evaluate("kind => pageWatch.expect(kind)", kind)
        act()
        took = self._page.evaluate("pageWatch.outcome")
        time.sleep(PAUSE_S)
        return took


def by_drag(page: Any, times: int) -> dict[str, Any]:
    """Milliseconds of each step while the handle is dragged; where a slider reports only then, from its release."""
    drag = Drag(page)
    held = drag.while_held(2)
    if any(held):
        return {"drag_ms": drag.while_held(times), "on_release": False}
    return {"drag_ms": drag.on_release(times), "on_release": True}


def _step_px(page: Any, slider: Any) -> float:
    """How far the handle moves at one step."""
    slider.focus()
    at = [slider.evaluate(MIDDLE)[0]]
    for direction in ("ArrowRight", "ArrowLeft"):
        for _turn in range(4):
            page.keyboard.press(direction)
        time.sleep(1.0)
        at.append(slider.evaluate(MIDDLE)[0])
    return (at[1] - at[0]) / 4
