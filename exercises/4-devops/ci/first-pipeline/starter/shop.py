"""Prices in cents."""


def total(prices):
    return sum(prices)
