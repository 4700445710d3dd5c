"""Lesson 21, three sellers, one product: Joom's change of 2018, who gains, and what sellers do next."""

from crossborder.lessons.three_sellers.lesson import ThreeSellers

__all__ = ["ThreeSellers"]
