"""Yes and no as files write them."""

_YES_WORDS = "1 1.0 true t yes y x ✓ ✔ √ on да д истина 是 有 已 真 sí si sim oui ja wahr vrai verdadero verdadeiro"
_NO_WORDS = "0 0.0 false f no n off нет н ложь 否 无 未 假 não nao non nein falsch faux falso"
_YES, _NO = frozenset(_YES_WORDS.split()), frozenset(_NO_WORDS.split())


def as_flags(texts: list[str | None]) -> list[bool | None]:
    """True, False or None (not understood) for each text.

    >>> as_flags(["yes", "0", "否", "maybe"])
    [True, False, False, None]
    """
    found = []
    for text in texts:
        word = text.strip().casefold() if text is not None else ""
        found.append(True if word in _YES else False if word in _NO else None)
    return found
