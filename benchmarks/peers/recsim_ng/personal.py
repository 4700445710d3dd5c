"""Personal pages in JAX, the language of RecSim NG's runtime: matrix product, top_k, batches that fit the cache."""

import jax
import jax.numpy as jnp
import numpy as np
from rules import MEASURES, PRIOR_RATING, PRIOR_REVIEWS, REFERENCE_RATING, REVIEW_SHARE, STAR_NOISE, Job

BATCH = 1000
_compiled = {}


def _days(job: Job, sessions: int, days: int):
    a = {name: jnp.asarray(values, jnp.float32) for name, values in job.arrays.items()}
    k, panel, theta = job.k, a["panel"], a["attention"][: job.k]
    share = jnp.cumsum(a["cell_share"])[:-1]
    batches = -(-sessions // BATCH)
    wish = (a["personal_weight"] * a["taste_effect"] * a["tastes"]).T

    def day(_number, state):
        key, s = state
        key, *keys = jax.random.split(key, batches + 1)
        rating = (s["stars"] + PRIOR_REVIEWS * PRIOR_RATING) / (s["reviews"] + PRIOR_REVIEWS)
        base = jnp.log((s["gmv_cents"] + 100.0) / (s["impressions"] + 50.0) * rating)
        click = a["click_level"] + a["appeal"] + a["rating_effect_click"] * (rating - REFERENCE_RATING)
        order = a["order_level"] + a["rating_effect_order"] * (rating - REFERENCE_RATING)

        def batch(counted, key):
            keys = jax.random.split(key, 6)
            cell = (share[:, None] <= jax.random.uniform(keys[0], (BATCH,))).sum(axis=0)
            person = panel[cell % panel.shape[0], jax.random.randint(keys[1], (BATCH,), 0, panel.shape[1])]
            best, page = jax.lax.top_k(person @ wish + base, k)
            match = (best - base[page]) / a["personal_weight"]
            relative = a["relative_price"][page]
            upto = jnp.cumsum(theta * jnp.exp(click[page] + match - a["click_slope"][cell][:, None] * relative), axis=1)
            slot = (upto <= (jax.random.uniform(keys[2], (BATCH,)) * (1.0 + upto[:, -1]))[:, None]).sum(axis=1)
            clicked = slot < k
            i = jnp.take_along_axis(page, jnp.minimum(slot, k - 1)[:, None], axis=1)[:, 0]
            want = jax.nn.sigmoid(order[i] - a["order_slope"][cell] * a["relative_price"][i])
            ordered = clicked & (jax.random.uniform(keys[3], (BATCH,)) < want)
            reviewed = ordered & (jax.random.uniform(keys[4], (BATCH,)) < REVIEW_SHARE)
            stars = jnp.clip(jnp.rint(a["quality"][i] + STAR_NOISE * jax.random.normal(keys[5], (BATCH,))), 1, 5)
            add = {
                "impressions": counted["impressions"].at[page.ravel()].add(1.0),
                "clicks": counted["clicks"].at[i].add(clicked.astype(jnp.float32)),
                "orders": counted["orders"].at[i].add(ordered.astype(jnp.float32)),
                "gmv_cents": counted["gmv_cents"].at[i].add(jnp.where(ordered, a["price_cents"][i], 0.0)),
                "reviews": counted["reviews"].at[i].add(reviewed.astype(jnp.float32)),
                "stars": counted["stars"].at[i].add(jnp.where(reviewed, stars, 0.0)),
            }
            return add, None

        s, _ = jax.lax.scan(batch, s, jnp.stack(keys))
        return key, s

    def go(key):
        return jax.lax.fori_loop(0, days, day, (key, {name: a[name] for name in MEASURES}))[1]

    return jax.jit(go)


def run(job: Job, sessions: int, days: int, seed: int) -> None:
    shape = (id(job), sessions, days)
    if shape not in _compiled:
        _compiled[shape] = _days(job, sessions, days)
    out = jax.block_until_ready(_compiled[shape](jax.random.PRNGKey(seed)))
    for name in MEASURES:
        job.statistics[name] = np.rint(np.asarray(out[name], float)).astype(np.int64)
