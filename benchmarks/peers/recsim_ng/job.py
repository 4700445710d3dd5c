"""The job as a Variable of a RecSim NG Network, run by its own JAX runtime (a compiled loop over days), float32.

A day is one array programme over all sessions. Compilation stands outside the time that is measured.
"""

import jax
import jax.numpy as jnp
import numpy as np
from recsim_ng.core import network, value, variable
from recsim_ng.lib.jax import runtime
from rules import MEASURES, PRIOR_RATING, PRIOR_REVIEWS, REFERENCE_RATING, REVIEW_SHARE, STAR_NOISE, Job

_compiled = {}


def _network(job: Job, sessions: int, key):
    a = {name: jnp.asarray(values, jnp.float32) for name, values in job.arrays.items()}
    share = jnp.cumsum(a["cell_share"])[:-1]
    k, n = job.k, job.n

    def first():
        return value.Value(key=key, **{name: a[name] for name in MEASURES})

    def day(before):
        get = before.get
        key, *keys = jax.random.split(get("key"), 6)
        rating = (get("stars") + PRIOR_REVIEWS * PRIOR_RATING) / (get("reviews") + PRIOR_REVIEWS)
        _score, top = jax.lax.top_k((get("gmv_cents") + 100.0) / (get("impressions") + 50.0) * rating, k)
        better, relative = rating[top] - REFERENCE_RATING, a["relative_price"][top]
        click = a["click_level"] + a["appeal"][top] + a["rating_effect_click"] * better
        order = a["order_level"] + a["rating_effect_order"] * better
        weight = a["attention"][:k] * jnp.exp(click - a["click_slope"][:, None] * relative)
        want = jax.nn.sigmoid(order - a["order_slope"][:, None] * relative)
        upto = jnp.cumsum(weight, axis=1) / (1.0 + weight.sum(axis=1, keepdims=True))
        cell = (share[:, None] <= jax.random.uniform(keys[0], (sessions,))).sum(axis=0)
        slot = (upto.T[:, cell] <= jax.random.uniform(keys[1], (sessions,))).sum(axis=0)
        clicked = slot < k
        at = jnp.minimum(slot, k - 1)
        ordered = clicked & (jax.random.uniform(keys[2], (sessions,)) < want[cell, at])
        reviewed = ordered & (jax.random.uniform(keys[3], (sessions,)) < REVIEW_SHARE)
        stars = jnp.clip(jnp.rint(a["quality"][top[at]] + STAR_NOISE * jax.random.normal(keys[4], (sessions,))), 1, 5)

        def count(which):  # one column per slot, summed: much faster here than scattering
            return jnp.zeros(n).at[top].add(jnp.where(at == jnp.arange(k)[:, None], which, 0.0).sum(axis=1))

        orders = count(ordered.astype(jnp.float32))
        counted = (
            jnp.zeros(n).at[top].add(float(sessions)), count(clicked.astype(jnp.float32)),
            orders, orders * a["price_cents"],
            count(reviewed.astype(jnp.float32)), count(jnp.where(reviewed, stars, 0.0)),
        )  # fmt: skip
        return value.Value(key=key, **{name: get(name) + add for name, add in zip(MEASURES, counted, strict=True)})

    spec = value.ValueSpec(**{name: value.FieldSpec() for name in (*MEASURES, "key")})
    market = variable.Variable(name="market", spec=spec)
    market.initial_value = variable.value(first)
    market.value = variable.value(day, (market.previous,))
    return network.Network(variables=[market])


def run(job: Job, sessions: int, days: int, seed: int) -> None:
    shape = (id(job), sessions, days)
    if shape not in _compiled:

        def go(key):
            return runtime.JAXRuntime(_network(job, sessions, key)).execute(num_steps=days)["market"].as_dict

        _compiled[shape] = jax.jit(go)
    out = jax.block_until_ready(_compiled[shape](jax.random.PRNGKey(seed)))
    for name in MEASURES:
        job.statistics[name] = np.rint(np.asarray(out[name], float)).astype(np.int64)
