"""Policies: a score and the rules of the page, written as one readable line.

``conversion * rating * boost('dispatch_72h', 1.2) | explore(0.05) | per_store(3)``: what stands before the first bar
scores listings, each rule after a bar says something about slots.
"""

import ast
import inspect
import re
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from crossborder.errors import FormulaError
from crossborder.i18n import _
from crossborder.market.view import View
from crossborder.ranking import terms
from crossborder.ranking.terms import Score, is_number, shown, written

MAX_FORMULA_LENGTH = 500
OPERATORS = "+ * / **"
# Signs as books print them and Chinese keyboards type them; what stands in quotation marks is a tag and stays.
_PRINTED_SIGNS = str.maketrans("×·⋅÷−（），｜＋＊／‘’“”", "***/-(),|+*/" + "'" * 4)
_OTHER_OPERATORS: dict[type, str] = {
    ast.Sub: "-", ast.Mod: "%", ast.FloorDiv: "//", ast.MatMult: "@", ast.BitXor: "^", ast.BitAnd: "&",
    ast.LShift: "<<", ast.RShift: ">>", ast.USub: "-", ast.UAdd: "+", ast.Invert: "~", ast.Not: "not",
}  # fmt: skip


@dataclass(frozen=True)
class SlotRule:
    """A rule about slots; ``changes`` are the policy's fields that it sets."""

    text: str
    changes: tuple[tuple[str, Any], ...]

    @property
    def name(self) -> str:
        """What the rule is called: explore, per_store or personal."""
        return self.text.split("(")[0]


def explore(share: float, newcomer_days: int = 30) -> SlotRule:
    """Keep a share of the slots (rounded, at least one) for listings not older than ``newcomer_days``."""
    if not is_number(share, 0.0, 0.9):
        raise FormulaError(_("explore needs a share between 0 and 0.9; got {share}.").format(share=shown(share)))
    if not isinstance(newcomer_days, int) or not is_number(newcomer_days, 0, 3650):
        raise FormulaError(
            _("explore needs whole days between 0 and 3650; got {days}.").format(days=shown(newcomer_days))
        )
    text = f"explore({written(share)})" if newcomer_days == 30 else f"explore({written(share)}, {newcomer_days})"
    return SlotRule(text, (("explore_share", float(share)), ("newcomer_days", int(newcomer_days))))


def per_store(slots: int) -> SlotRule:
    """Show at most ``slots`` listings of one store on a page."""
    if not isinstance(slots, int) or not is_number(slots, 1, 100):
        raise FormulaError(
            _("per_store needs a whole number between 1 and 100; got {slots}.").format(slots=shown(slots))
        )
    return SlotRule(f"per_store({slots})", (("per_store", slots),))


def personal(weight: float) -> SlotRule:
    """Rank for each shopper: the score times exp(weight x taste match)."""
    if not is_number(weight, 0.0, 10.0):
        raise FormulaError(_("personal needs a weight between 0 and 10; got {weight}.").format(weight=shown(weight)))
    return SlotRule(f"personal({written(weight)})", (("personal_weight", float(weight)),))


RULES = {"explore": explore, "per_store": per_store, "personal": personal}


@dataclass(frozen=True)
class RankingPolicy:
    """A score with the rules of its page; the market calls ``scores``."""

    score: Score
    explore_share: float = 0.0
    newcomer_days: int = 30
    per_store: int = 0
    personal_weight: float = 0.0
    rules: tuple[str, ...] = ()

    @property
    def formula(self) -> str:
        """The policy as one line.

        >>> from crossborder.ranking import boost, conversion, explore, policy, rating
        >>> policy(conversion * rating * boost("dispatch_72h", 1.2), explore(0.05)).formula
        "conversion * rating * boost('dispatch_72h', 1.2) | explore(0.05)"
        """
        return " | ".join([self.score.text, *self.rules])

    @property
    def tags(self) -> frozenset[str]:
        """The tags that its boosts name."""
        return self.score.tags

    def scores(self, view: View) -> np.ndarray:
        """Score per listing, or per country and listing. Never below zero and never undefined."""
        with np.errstate(all="ignore"):  # what has no value or overflows is dealt with below
            values = np.asarray(self.score.values(view), dtype=float)
        if values.ndim == 0:
            values = np.full(view.n_listings, float(values))
        return np.fmin(np.fmax(values, 0.0), 1e300)  # fmax and fmin pass over what is undefined

    def __str__(self) -> str:
        return self.formula


def policy(score: "Score | str | RankingPolicy", *rules: SlotRule) -> RankingPolicy:
    """A policy from a score and rules, or from its formula as text.

    >>> policy("price * conversion * rating | explore(0.1)").explore_share
    0.1
    """
    if isinstance(score, RankingPolicy):
        made = score
    elif isinstance(score, str):
        made = read_policy(score)
    elif isinstance(score, Score):
        made = RankingPolicy(score)
    else:
        raise FormulaError(
            _(
                "A policy is made of a score or its formula; got {value!r:.60}. "
                'Write for instance xb.ranking.policy("conversion * rating").'
            ).format(value=score)
        )
    for rule in rules:
        if not isinstance(rule, SlotRule):
            raise FormulaError(
                _("After the score stand rules such as explore(0.05); got {value!r:.60}. Known: {rules}.").format(
                    value=rule, rules=", ".join(RULES)
                )
            )
        if any(text.startswith(f"{rule.name}(") for text in made.rules):
            raise FormulaError(
                _("{rule} stands twice; a policy takes each rule once. Keep one of them.").format(rule=rule.name)
            )
        made = replace(made, **dict(rule.changes), rules=(*made.rules, rule.text))
    return made


def read_policy(formula: str) -> RankingPolicy:
    """The policy that a formula describes. Only the terms, numbers and rules of this library are understood."""
    text = str(formula).strip()
    if len(text) > MAX_FORMULA_LENGTH:
        raise FormulaError(
            _("A formula may have {limit} characters; this one has {n}.").format(limit=MAX_FORMULA_LENGTH, n=len(text))
        )
    try:
        tree = ast.parse(_plain_signs(text), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise FormulaError(
            _(
                "{formula!r} is not a formula: terms and numbers are joined by {operators}. "
                "Example: conversion * rating | explore(0.05)"
            ).format(formula=text, operators=OPERATORS)
        ) from None
    rules: list[SlotRule] = []
    while isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.BitOr):
        rules.insert(0, _rule(tree.right))
        tree = tree.left
    return policy(terms.as_score(_value(tree)), *rules)


def _plain_signs(text: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"|[^'\"]+", lambda part: _with_plain_signs(part.group()), text)


def _with_plain_signs(part: str) -> str:
    return part if part[0] in "'\"" else part.translate(_PRINTED_SIGNS)


def _rule(node: ast.expr) -> SlotRule:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RULES and not node.keywords:
        return _called(RULES[node.func.id], node)
    raise FormulaError(
        _("After a bar stands a rule: {rules}; got {part}.").format(rules=", ".join(RULES), part=ast.unparse(node))
    )


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return number
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return -number
        case ast.Name(id=name) if name in terms.TERMS:
            return terms.TERMS[name]
        case ast.Call(func=ast.Name(id=name), keywords=[]) if name in terms.MAKERS:
            return _called(terms.MAKERS[name], node)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            return terms.as_score(_value(left)) * terms.as_score(_value(right))
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return terms.as_score(_value(left)) / terms.as_score(_value(right))
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return terms.as_score(_value(left)) + terms.as_score(_value(right))
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return terms.as_score(_value(left)) ** _value(right)
        case ast.BinOp(op=sign) | ast.UnaryOp(op=sign) if type(sign) in _OTHER_OPERATORS:
            raise FormulaError(
                _(
                    "{part}: a formula knows no {sign} here. There are + (plus), * or × (times), / or ÷ (divided by) "
                    "and ** (to the power)."
                ).format(part=ast.unparse(node), sign=_OTHER_OPERATORS[type(sign)])
            )
    known = ", ".join([*terms.TERMS, *(f"{name}(...)" for name in terms.MAKERS)])
    raise FormulaError(
        _("{part} is not known in a formula. Known: {known}; joined by {operators}.").format(
            part=ast.unparse(node), known=known, operators=OPERATORS
        )
    )


def _called(maker: Any, node: ast.Call) -> Any:
    wanted = inspect.signature(maker).parameters
    needed = sum(one.default is inspect.Parameter.empty for one in wanted.values())
    if not needed <= len(node.args) <= len(wanted):
        raise FormulaError(
            _("{part} has {given} values; it takes {n}: {call}.").format(
                part=ast.unparse(node), given=len(node.args), call=f"{maker.__name__}({', '.join(wanted)})",
                n=needed if needed == len(wanted) else f"{needed}–{len(wanted)}",
            )
        )  # fmt: skip
    if maker is terms.boost and isinstance(node.args[0], ast.Name):
        raise FormulaError(
            _("boost needs the name of a tag in quotation marks: write {right}; got {part}.").format(
                right=f"boost({node.args[0].id!r}, ...)", part=ast.unparse(node)
            )
        )
    return maker(*(a.value if isinstance(a, ast.Constant) else _value(a) for a in node.args))


def conversion_times_rating() -> RankingPolicy:
    """Joom's rule until 2018: conversion (orders per click, with prior) times rating [joom-old-ranking-conversion]."""
    return policy(terms.conversion * terms.rating)


def gmv_times_rating(variant: str = "per_visit") -> RankingPolicy:
    """Joom's rule from 2018: GMV times rating [joom-new-ranking-gmv]. What "GMV" counts is not stated.

    ``variant``: "per_visit" (price x orders per click), "per_impression" (price x orders per impression) or
    "accumulated" (GMV of the last 30 days: the rich get richer).
    """
    try:
        score = GMV_VARIANTS[variant]
    except KeyError:
        raise FormulaError(
            _("variant must be one of {names}; got {variant!r}.").format(names=", ".join(GMV_VARIANTS), variant=variant)
        ) from None
    return policy(score * terms.rating)


GMV_VARIANTS = {
    "per_visit": terms.price * terms.conversion,
    "per_impression": terms.price * terms.click_rate * terms.conversion,
    "accumulated": terms.gmv_30d,
}
