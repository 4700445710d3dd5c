"""The comparison of served pages as text: tables for the console, a section for docs/performance.md."""

from pages.cycles import CYCLES

Found = dict

WAITING = {
    "picture_s": ("first picture, s", 1),
    "live_s": ("live chart, s", 1),
    "key_ms": ("key press to picture, ms", 1),
    "drag_ms": ("drag to picture, ms", 1),
    "ten_pages_s": ("ten pages at once, s", 1),
    "far_picture_s": ("first picture, slow line, s", 1),
    "far_live_s": ("live chart, slow line, s", 1),
}
COSTS = {
    "requests": ("requests", 0),
    "http_mb": ("HTTP, MB", 2),
    "websocket_mb": ("websocket, MB", 3),
    "far_http_mb": ("HTTP through a proxy, MB", 2),
    "browser_cpu_s": ("browser CPU, s", 2),
    "server_cpu_s": ("server CPU, s", 2),
    "visit_server_cpu_s": ("the same to the end of the visit, s", 2),
    "session_mb": ("memory of one more page, MB", 0),
}


def waiting_table(pages: Found) -> str:
    """What a person waits for."""
    return _table(pages, {name: label for name, (label, _) in WAITING.items()}, _median_and_range)


def costs_table(pages: Found) -> str:
    """What a load costs."""
    digits = {name: places for name, (_, places) in COSTS.items()}
    labels = {name: label for name, (label, _) in COSTS.items()}
    return _table(pages, labels, lambda name, told: f"{told['median']:.{digits[name]}f}")


def figure(pages: Found | None, key: str, name: str) -> float | None:
    """The median of one measure of one contender; None where it was not measured."""
    row = next((one for one in (pages or {}).get("contenders", []) if one["key"] == key), {})
    return (row.get(name) or {}).get("median")


def section(pages: Found | None) -> str:
    """The section of docs/performance.md."""
    if not pages:
        return "## Served pages\n\nNot measured in this run; it needs a browser."
    quick = " Measured with `--quick`: few loads each." if pages["quick"] else ""
    return f"""## Served pages

The same small app for all (`benchmarks/pages`): three sliders, a dropdown, an upload, a chart of two traces with 120
points, a table, a heading; the same function computes the figure. Measured on {pages["date"]} in one run
on one machine, all servers up and asked in turn. {_quiet(pages)}{quick} Each load is a browser's first visit.
Medians, lowest and highest in brackets. The first picture is the first wide line to be seen, drawn by whomever; the
live chart is plotly's first trace; a slider's picture is there when title and mark are others. Sliders report while
they are dragged; each step is made when the one before is on the screen.

{waiting_table(pages)}

{costs_table(pages)}

Server CPU covers a load until half a second behind its live chart, kernels included; the end of the visit is when the
page is closed and, where kernels are kept ready, the next one stands. Memory is the proportional share of server and
kernels. Websocket bytes are counted unpacked. {_line(pages)}

{_remarks(pages)}"""


def console(pages: Found | None) -> str:
    """The tables without the words around them."""
    return (
        f"{waiting_table(pages)}\n\n{costs_table(pages)}\n\n{_remarks(pages)}"
        if pages
        else "The served pages: not measured; they need a browser."
    )


def _quiet(pages: Found) -> str:
    busy = [row["busy_percent"]["high"] for row in pages["contenders"] if row.get("busy_percent")]
    return (
        f"Load average {pages['load_before']:.1f} before and {pages['load_after']:.1f} after; a load waits up to 12 s"
        f" for a quiet machine, which was at most {max(busy, default=0.0):.0f} % busy when one began."
    )


def _line(pages: Found) -> str:
    net = pages["network"]
    return (
        f"The slow line has {net['mbit_s']:g} Mbit/s and {net['latency_ms']:g} ms there and back for everything that"
        f" goes through it: a word takes {net['http_ms']:.0f} ms by HTTP and {net['websocket_ms']:.0f} ms by websocket."
        " Servers are told there that the page comes through a proxy: ours compresses then, and so do Dash and Panel by"
        " a few lines of ours; stock Voila and Streamlit leave compression to the proxy, which would help them here."
    )


def _remarks(pages: Found) -> str:
    lines = []
    for row in pages["contenders"]:
        if "missing" in row:
            continue
        if row["kernels_left"] > 0:
            lines.append(
                f"- {row['label']}: {row['kernels_left']} kernels left behind by {row['visits']} closed pages."
            )
        if row["outside"]:
            lines.append(
                f"- {row['label']} asks other machines for {len(row['outside'])} files; here that fails at once."
            )
        if row["on_release"]:
            lines.append(f"- {row['label']}: its slider reports when it is let go; the drag is measured from there.")
        without = sum(row[name]["without"] for name in ("key_ms", "drag_ms") if name in row)
        if without:
            lines.append(f"- {row['label']}: of its slider's steps {without} brought no other picture.")
        lines += [f"- {row['label']}, not drawn: {why}." for why in row["failed"]]
    cycles = pages.get("cycles")
    if cycles:
        lines.append(
            f"- This library, {cycles['cycles']} pages opened and closed: {cycles['kernels']} kernels are there then,"
            f" {cycles['beyond_pool']} of them beyond the pool; memory {cycles['memory_growth_mb']:+.0f} MB."
        )
    else:
        lines.append(f"- The {CYCLES} pages opened and closed are part of a full run only.")
    return "\n".join(lines)


def _median_and_range(name: str, told: dict) -> str:
    places = 0 if name.endswith("_ms") else 2
    low, high = (f"{told[end]:.{places}f}" for end in ("low", "high"))
    return f"**{told['median']:.{places}f}**" + (f" ({low} – {high})" if told["n"] > 1 else "")


def _table(pages: Found, columns: dict[str, str], written) -> str:
    lines = [["", *columns.values()], ["---", *["---:"] * len(columns)]]
    for row in pages["contenders"]:
        if "missing" in row:
            cells = [f"not measured: {row['missing']}", *[""] * (len(columns) - 1)]
        else:
            told = [(name, row.get(name) or {}) for name in columns]
            cells = [written(name, one) if one.get("median") is not None else "–" for name, one in told]
        lines.append([row["label"], *cells])
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
