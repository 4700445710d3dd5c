"""The columns of a marketplace's listing file; the header words that name them stand in a data file."""

import csv
from functools import cache
from typing import Any

from crossborder.data.schema import Column, Schema
from crossborder.i18n import N_
from crossborder.places import datasets_dir

_NOTHING_CHARGED = (
    "free shipping; free; 包邮; 免运费; бесплатно; бесплатная доставка; gratis; envío gratis; frete grátis; grátis; "
    "gratuit; livraison gratuite; kostenlos; kostenloser versand"
)


@cache
def _header_words() -> dict[str, tuple[str, ...]]:
    """Header words by column, English first, of all languages together."""
    words: dict[str, tuple[str, ...]] = {}
    with (datasets_dir() / "listing_headers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words[row["column"]] = (*words.get(row["column"], ()), *row["words"].split("; "))
    return words


def _column(name: str, kind: str, label: str, **more: Any) -> Column:
    return Column(name=name, kind=kind, label=label, words=_header_words().get(name, ()), **more)


LISTING_COLUMNS = Schema(
    name="listings",
    label=N_("listings"),
    one_of=("listing_id", "title"),
    columns=(
        _column("listing_id", "id", N_("Listing number"), example="1005001234567890123"),
        _column("title", "text", N_("Title"), example=N_("Lamp, 12 cm")),
        _column("price", "money", N_("Price"), required=True, low=0.0, example="12.50"),
        _column("currency", "currency", N_("Currency"), example="USD"),
        _column("retail_price", "money", N_("Reference price"), low=0.0, example="19.90"),
        _column(
            "shipping", "money", N_("Shipping"), low=0.0, example="2.00", zero_words=tuple(_NOTHING_CHARGED.split("; "))
        ),
        _column("units_sold", "count", N_("Units sold"), low=0.0, example="5,000+ sold"),
        _column("rating", "number", N_("Rating"), low=0.0, high=5.0, scales=True, example="4.7"),
        _column("rating_count", "count", N_("Ratings"), low=0.0, example="321"),
        _column("category", "text", N_("Category"), example=N_("lighting")),
        _column("tags", "tags", N_("Tags"), example="home, led"),
        _column("store_id", "id", N_("Store number"), example="s-17"),
        _column("store_name", "text", N_("Store"), example=N_("Lamp House")),
        _column("store_rating", "number", N_("Store rating"), low=0.0, high=5.0, scales=True),
        _column("store_rating_count", "count", N_("Store ratings"), low=0.0),
        _column("stock_units", "count", N_("Stock"), low=0.0, example="250"),
        _column("first_listed", "day", N_("First listed"), example="2026-03-04"),
        _column("observed_on", "day", N_("Seen on"), example="2026-11-01"),
        _column("countries", "countries", N_("Ships to"), example="US; RU; FR"),
        _column("n_countries", "count", N_("Countries shipped to"), low=0.0, high=300.0),
        _column("origin_country", "country", N_("Ships from"), example="CN"),
        _column("free_shipping", "flag", N_("Free shipping"), example="no"),
        _column("fast_shipping", "flag", N_("Fast shipping"), example="no"),
        _column("express", "flag", N_("Express")),
        _column("local_product", "flag", N_("Local product")),
        _column("quality_badge", "flag", N_("Quality badge")),
        _column("ad_boost", "flag", N_("Paid boost"), example="yes"),
        _column("delivery_days", "number", N_("Delivery days"), low=0.0, high=365.0, example="18"),
        _column("discount", "share", N_("Discount"), low=0.0, high=1.0),
        _column("impressions", "count", N_("Impressions"), low=0.0),
        _column("clicks", "count", N_("Clicks"), low=0.0),
        _column("carts", "count", N_("Add-to-carts"), low=0.0),
        _column("orders", "count", N_("Orders"), low=0.0),
        _column("conversion_rate", "share", N_("Conversion"), low=0.0, high=1.0),
    ),
)
