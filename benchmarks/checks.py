"""Does everybody do the same job? Exact chances of the first day, and what the second morning's page must be."""

from pathlib import Path

import numpy as np
from contenders import Contender
from rules import MEASURES, Job, expected_of_first_day

Z_LIMIT = 4.5


def same_job(one: Contender, job_file: Path) -> str:
    """An empty text, or what differs from the job."""
    job = Job(job_file)
    clicks, orders = expected_of_first_day(job)
    n = min(one.sessions, 400_000)
    first = {
        name: np.array(v) - job.statistics[name]
        for name, v in one.ask(11, sessions=n, days=1, statistics=True)["statistics"].items()
    }
    walked = first["impressions"].max()
    page = job.top()
    if set(np.flatnonzero(first["impressions"])) != set(page):
        return "the first page differs"
    for name, chance in (("clicks", clicks), ("orders", orders)):
        mean = walked * chance[page]
        if mean.sum() >= 20 and abs(first[name].sum() - mean.sum()) > Z_LIMIT * np.sqrt(mean.sum()):
            return f"{first[name].sum()} {name} where {mean.sum():.0f} are due"
        enough = mean >= 10
        worst = np.abs((first[name][page] - mean)[enough] / np.sqrt(mean[enough])).max(initial=0.0)
        if worst > Z_LIMIT:
            return f"{name} of a listing lie {worst:.1f} standard errors off"
    for name in MEASURES:
        job.statistics[name] = job.statistics[name] + first[name]
    second = {name: np.array(v) for name, v in one.ask(11, sessions=n, days=2, statistics=True)["statistics"].items()}
    shown = np.flatnonzero(second["impressions"] - job.statistics["impressions"])
    # JAX counts in single precision, so listings that nearly tie may change places at the page's end.
    if len(np.setdiff1d(shown, job.top())) > 1:
        return "the second morning's page does not follow from the first day's statistics"
    return ""


def same_personal_job():
    """A check of personal pages: who is shown and clicked, against the one asked first."""
    kept: dict = {}

    def check(one: Contender, job_file: Path) -> str:
        job = Job(job_file)
        n = min(one.sessions, 20_000)
        got = one.ask(11, sessions=n, days=1, statistics=True)["statistics"]
        counted = {name: np.array(v) - job.statistics[name] for name, v in got.items()}
        walked = counted["impressions"].sum() / job.k
        share = {name: counted[name] / walked for name in ("impressions", "clicks")}
        if not kept:
            kept.update(share=share, walked=walked)
            return ""
        for name, mine in share.items():
            other = kept["share"][name]
            pooled = (mine * walked + other * kept["walked"]) / (walked + kept["walked"])
            spread = np.sqrt(pooled * (1 - pooled.clip(max=1.0)) * (1 / walked + 1 / kept["walked"]))
            seen = pooled * min(walked, kept["walked"]) > 10
            worst = np.abs((mine - other)[seen] / np.maximum(spread[seen], 1e-9)).max(initial=0.0)
            if worst > 5.0:
                return f"{name} of a listing lie {worst:.1f} standard errors from the other version"
        return ""

    return check
