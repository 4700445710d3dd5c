"""What buyers search for on a user's own listings: the most frequent words of keywords or titles."""

import pandas as pd

FLAG_TAGS = {"fast_shipping": "dispatch_72h", "local_product": "overseas_warehouse", "quality_badge": "plus"}
MAX_SEARCHES = 30
MIN_LISTINGS_PER_SEARCH = 25
SEARCH_SHARE = 0.8


def search_words(table: pd.DataFrame) -> pd.DataFrame:
    """The most frequent words of the file's keywords (else of its titles): columns row, word."""
    column = "tags" if "tags" in table and table["tags"].notna().any() else "title"
    if column not in table:
        return pd.DataFrame({"row": [], "word": []})
    split = r"\s*[,;|]\s*" if column == "tags" else r"[^\w']+"
    lists = table[column].fillna("").astype(str).str.lower().str.split(split, regex=True)
    words = lists.rename("word").rename_axis("row").explode().reset_index().drop_duplicates()
    words = words[words["word"].str.len() >= (2 if column == "tags" else 4)]
    counts = words["word"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    # A word on nearly every listing is no search, one on a handful shows no page.
    usable = counts[(counts >= MIN_LISTINGS_PER_SEARCH) & (counts <= 0.6 * len(table))].index[:MAX_SEARCHES]
    return words[words["word"].isin(usable)].reset_index(drop=True)


def _search_tag(word: str) -> str:
    return "search:" + "_".join(word.split())


def searches_of(words: pd.DataFrame) -> pd.DataFrame | None:
    """The market's named searches: search, tag, share of sessions; None where the file has no usable words."""
    if words.empty:
        return None
    counts = words["word"].value_counts().sort_index()  # by name: the order of rows changes nobody's luck
    share = SEARCH_SHARE * counts / counts.sum()
    return pd.DataFrame(
        {"search": counts.index, "tag": [_search_tag(w) for w in counts.index], "share": share.to_numpy()}
    )


def tags_of(table: pd.DataFrame, words: pd.DataFrame) -> pd.Series:
    """The market's tags: badges that the file has, and the searches that find a listing."""
    out = pd.Series("", index=table.index)
    for column, tag in FLAG_TAGS.items():
        if column in table:
            out = out.where(~table[column].fillna(False).astype(bool), out + f" {tag}")
    if len(words):
        found = words.groupby("row")["word"].agg(lambda ws: " ".join(_search_tag(w) for w in ws))
        out = out + " " + found.reindex(table.index).fillna("")
    return out.str.strip()
