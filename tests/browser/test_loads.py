"""Many loads at a time: none hangs."""

import pytest

from crossborder.serve.notebooks import default_root, kept_ready

TOGETHER = 5
PATIENCE_SECONDS = 60  # five at once, kernels not ready, browsers on the same two cores


def load_together(watch, server, paths: list[str]) -> None:
    """Open pages at the same time, wait until all are drawn, close them."""
    pages = [watch(f"{server.base}/voila/render/{path}?token={server.key}").page for path in paths]
    for page in pages:
        page.wait_for_selector("body.xb-drawn", state="attached", timeout=PATIENCE_SECONDS * 1000)
        assert page.locator(".xb-failure:visible").all_inner_texts() == [], server.log[-3000:]
    for page in pages:
        with page.expect_event("close"):
            page.close(run_before_unload=True)


def many_loads(watch, server, rounds: int) -> None:
    paths, before = kept_ready(default_root()), server.state()["pages_open"]
    for number in range(rounds):
        chosen = [paths[(number * TOGETHER + each) % len(paths)] for each in range(TOGETHER)]
        load_together(watch, server, chosen)
    server.wait_until(lambda state: state["pages_open"] <= before, seconds=30)


def test_twenty_loads_five_at_a_time(watch, server):
    many_loads(watch, server, rounds=4)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_a_hundred_loads_five_at_a_time(watch, server):
    many_loads(watch, server, rounds=20)
