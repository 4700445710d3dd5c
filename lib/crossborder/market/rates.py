"""How often comparable listings succeed: a listing's rate, drawn towards those of its price band and category."""

import numpy as np

from crossborder.market.compiled import kernel


@kernel
def posterior_rates(hits, tries, band, n_bands, bands_per_category, strength, band_strength):
    """Hits per try of each listing, drawn towards its band's rate; a band's towards its category's, that to all.

    A band without tries borrows its category's rate, a category without tries the rate of all.
    """
    by_band, tries_by_band = np.zeros(n_bands), np.zeros(n_bands)
    for i in range(hits.shape[0]):
        by_band[band[i]] += hits[i]
        tries_by_band[band[i]] += tries[i]
    overall = (by_band.sum() + 0.01) / (tries_by_band.sum() + 1.0)
    prior = np.empty(n_bands)
    for first in range(0, n_bands, bands_per_category):
        last = first + bands_per_category
        of_category = (by_band[first:last].sum() + overall) / (tries_by_band[first:last].sum() + 1.0)
        for b in range(first, last):
            prior[b] = (by_band[b] + band_strength * of_category) / (tries_by_band[b] + band_strength)
    out = np.empty(hits.shape[0])
    for i in range(hits.shape[0]):
        out[i] = (hits[i] + strength * prior[band[i]]) / (tries[i] + strength)
    return out
