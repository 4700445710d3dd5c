"""Large files: time and memory, measured in a process of their own."""

import json
import subprocess
import sys
import textwrap

import pytest

PROGRAM = """
    import json, resource, sys, time
    import crossborder as xb
    read = xb.data.preview_listings if sys.argv[2] == "preview" else xb.data.read_listings
    start = time.monotonic()
    result = read(sys.argv[1])
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps([time.monotonic() - start, megabytes, result.counts["accepted"]]))
"""


def measured(path, how):
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(PROGRAM), str(path), how], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


HEAD = "Product ID,Title,Price,Currency,Retail price,Units sold,Rating,Reviews,Category,Store ID,Ships from,Listed on\n"


def listing_file(path, rows):
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for i in range(rows):
            title, price, sold = f"Лампа настольная lamp {i * 7919 % 10007}, {i}", 1 + i % 9973 / 7, 10 ** (i % 5)
            file.write(
                f'{1005000000000000000 + 7 * i},"{title}","US ${price:,.2f}",USD,{2 * price:.2f},"{sold:,}+ sold",'
            )
            file.write(
                f"{4 + i % 10 / 10:.1f},{i % 977},cat{i % 37},s{i % 5000},CN,2026-{i % 12 + 1:02d}-{i % 28 + 1:02d}\n"
            )
    return path


def test_fifty_thousand_rows_stay_small_and_quick(tmp_path):
    path = listing_file(tmp_path / "prices.csv", 50_000)
    seconds, megabytes, rows = measured(path, "whole")
    assert rows == 50_000 and seconds < 15 and megabytes < 600


@pytest.mark.soak
def test_the_largest_file_that_is_accepted(tmp_path):
    """500,000 rows, about 60 MB: preview below 5 s, import below 30 s, peak below 1.5 GB."""
    path = listing_file(tmp_path / "prices.csv", 430_000)
    assert 50e6 < path.stat().st_size < 64 * 2**20
    seconds, _megabytes, rows = measured(path, "preview")
    assert rows >= 2_000 and seconds < 5
    seconds, megabytes, rows = measured(path, "whole")
    assert rows == 430_000 and seconds < 30 and megabytes < 1536
