"""The figures as text: tables for the console, a page for docs/. Everything said is computed from the figures."""

from collections.abc import Sequence

from pages import tables
from targets import PAGE_TARGETS, TARGETS, Found, Target, day_ratio, us_of

_COSTS = {
    "individual_us": "individual, µs per session",
    "personal_us": "personal, µs per session",
    "expected_ms_per_day": "expected, ms per day",
    "aggregate_ms_per_day": "aggregate, ms per day",
}


def number(value: float) -> str:
    """Three figures that matter."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.3g}"


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table, numbers to the right."""
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join(["---"] + ["---:"] * (len(head) - 1)) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


def sessions_table(found: Found, group: str) -> str:
    """What a session costs each system."""
    base = us_of(found, group, "this library") or 1.0
    rows = []
    for row in found[group]:
        if "missing" in row:
            rows.append([row["label"], f"not measured: {row['missing']}", "", ""])
            continue
        us = row["us_per_session"]
        spread = f"{number(row['low'])} – {number(row['high'])}"
        rows.append([row["label"], number(us), spread, f"{number(us / base)} ×"])
    return table(["system", "CPU µs per session", "lowest – highest", "against ours"], rows)


def goals(found: Found, targets: Sequence[Target] = TARGETS) -> tuple[str, str]:
    """The goals with what was measured, and what falls short with the reason."""
    rows, short = [], []
    for target in targets:
        value = target.figure(found)
        wanted = f"{'≥' if target.at_least else '≤'} {target.goal:,g}{target.unit}"
        if value is None:
            rows.append([target.what, wanted, "not measured", ""])
            continue
        got = number(value) + target.unit
        rows.append([target.what, wanted, got, "reached" if target.met(value) else "**short**"])
        if not target.met(value):
            short.append(f"- **{target.what}** ({got}, wanted {wanted}): {target.why or 'no reason known yet'}.")
    return table(["goal", "wanted", "measured", ""], rows), "\n".join(short) or "Nothing."


def sizes_table(found: Found, by: str) -> str:
    """Cost as listings or slots grow."""
    rows = [[f"{int(size):,}", *(number(costs[name]) for name in _COSTS)] for size, costs in found["sizes"][by].items()]
    return table([by, *_COSTS.values()], rows)


def console(found: Found) -> str:
    """The tables without the words around them."""
    machine = found["machine"]
    took = (
        f"It took {found['took_s'] / 60:.1f} minutes;"
        f" load {machine['load_before']:.1f} before, {machine['load_after']:.1f} after."
    )
    groups = [sessions_table(found, group) for group in ("neutral", "all_features", "personal")]
    return "\n\n".join([*groups, tables.console(found.get("pages")), goals(found)[0], took])


def pages_console(found: Found) -> str:
    """The same for the served pages alone."""
    return f"{tables.console(found.get('pages'))}\n\n{goals(found, PAGE_TARGETS)[0]}"


def page(found: Found) -> str:
    """docs/performance.md."""
    parts = [_opening(found), _comparison(found), _limit(found), _growth(found), _waiting(found)]
    return "\n\n".join([*parts, tables.section(found.get("pages"))]) + "\n"


def _opening(found: Found) -> str:
    machine = found["machine"]
    versions = ", ".join(f"{name} {which}" for name, which in machine["versions"].items())
    reached, short = goals(found)
    quick = " Measured with `--quick`: three runs each." if found["quick"] else ""
    return f"""# Performance

Written by `make bench` on {machine["date"]} from `benchmarks/results.json`; do not edit by hand.{quick} Machine:
{machine["kind"]}. Python {machine["python"]}, {versions}. Load average {machine["load_before"]:.1f} before and
{machine["load_after"]:.1f} after: above 0.5, others were at work here. Figures are CPU time on one core, medians of
runs asked in turn; trust ratios within a table more than single figures.

## Goals

{reached}

### What falls short, and why

{short}"""


def _comparison(found: Found) -> str:
    off, what = max((abs(z), name) for by in found["all_features_check"].values() for name, z in by.items())
    return f"""## The same job for all

`benchmarks/rules.py` is the job: 1,000 listings, a page of 10 slots, 12 cells of shoppers, at most one click a page,
orders, reviews, and statistics that feed tomorrow's ranking. {found["clicks_per_session"]:.0%} of the sessions click.
Before it is timed, each system must click and order with the exact probabilities (within 4.5 standard errors, listing
by listing) and show the second morning the page that follows from the first day's statistics. Compilation and
building a world stand outside the time; ranking, the tables of a day and feedback are inside.

{sessions_table(found, "neutral")}

All but one of the others look a session up in its cell's distribution, prepared once a day. The second NumPy version
draws one keyed shock per session and listing, as the library does, so that two policies meet the same shoppers; the
others cannot compare policies that way.

### All features on

Nine queries, three segments, delivery, tags, tastes, seasons, slots for newcomers, carts, second units, late parcels,
disputes, reviews, customers, fans, return visits, surplus. NumPy has the same rules (`benchmarks/numpy_engine.py`): a
day's counts, means over seeds, differ by at most {off:.1f} standard errors ({what}; eleven counts, two versions).

{sessions_table(found, "all_features")}

### Personal pages

16 tastes per shopper, all 1,000 listings as candidates, the exact best 10, utilities by taste.

{sessions_table(found, "personal")}"""


def _limit(found: Found) -> str:
    ours = (us_of(found, "neutral", "this library") or 1.0) * 1e3
    alone = (us_of(found, "personal", "this library") or 1.0) * 1e3
    ns = found["limits"]
    product = ns["1,024 scores of 16 tastes (matrix product)"]
    return f"""## The limit of this machine

{table(["one thread", "ns"], [[name, number(value)] for name, value in ns.items()])}

A session with keyed shocks cannot do without two draws, ten shocks and, where it clicks, a draw and two counters:
{found["limit_ns"]:.1f} ns. The individual engine takes {ours:.1f} ns: **{found["limit_ns"] / ours:.0%} of the limit**.
A personal session cannot do without its 1,024 scores, {product:.0f} ns as a matrix product: the library reaches
**{product / alone:.0%}** of that with selection, utilities and choice."""


def _growth(found: Found) -> str:
    threads = found["threads"]
    ratio, best = threads["one_s"] / threads["two_s"], threads["best_one_s"] / threads["best_two_s"]
    rows = []
    for n, row in found["engines"].items():
        days = [number(row[f"{engine}_day_s"] * 1e3) for engine in ("individual", "aggregate")]
        rows.append([f"{int(n):,}", *days, f"{number(day_ratio(found, n))} ×"])
    return f"""## As listings and slots grow

Individual and personal: CPU per session. Expected and aggregate: per day, whatever the number of sessions. At 100,000
listings the daily ranking weighs in.

{sizes_table(found, "listings")}

{sizes_table(found, "slots")}

## Engines against each other, all features on

{table(["sessions a day", "individual, ms per day", "aggregate, ms per day", "ratio"], rows)}

Two threads: {threads["one_s"]:.2f} s on one, {threads["two_s"]:.2f} s on two, {ratio:.2f} ×; the best runs
{threads["best_one_s"]:.2f} and {threads["best_two_s"]:.2f} s, {best:.2f} ×;
{"the same bits" if threads["same_bits"] else "**different bits**"}."""


def _waiting(found: Found) -> str:
    keys, first = ("cpu_s", "best_cpu_s", "wall_s"), found["first_answer"]
    rows = [[name, *(number(row[key] * 1e3) for key in keys)] for name, row in found["slider"].items()]
    return f"""## What a person waits for

A new process answers its first question (90 days, expected engine) {first["wall_s"]:.2f} s after it was started, of
which it computes {first["cpu_s"]:.2f} s; kernels compiled before. Slider case, 90 days, 1,000 listings, 4 countries,
20,000 sessions a day, one thread:

{table(["engine", "CPU, ms", "lowest CPU, ms", "wall, ms"], rows)}

{_screens(found)}"""


def _screens(found: Found) -> str:
    seen = found.get("screens")
    if not seen:
        return "There was no browser: the time to a picture on the screen was not measured."
    return f"""In a browser on the same machine the dashboard's first picture is there {seen["first_picture_s"]:.2f} s
after the page was asked for (median of {seen["loads"]}, a kernel kept ready); after a slider's step the picture shows
other numbers in {seen["changed_picture_ms"]:.0f} ms (median of {seen["moves"]}), 95 of 100 times within
{seen["changed_picture_p95_ms"]:.0f} ms."""
