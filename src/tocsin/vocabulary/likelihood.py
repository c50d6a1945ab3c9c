"""Words of estimative probability, as ICD 203 sets them."""

from __future__ import annotations

from enum import StrEnum

from tocsin.errors import OutOfRange


class Likelihood(StrEnum):
    """The seven bands of ICD 203 (US Intelligence Community Directive 203, Analytic Standards, 2015)."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even chance"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"

    @classmethod
    def of(cls, p: float) -> Likelihood:
        """The word for a probability.

        Args:
            p: probability, 0..1.

        Raises:
            OutOfRange: p is not within 0 and 1.

        Example:
            >>> Likelihood.of(0.13).value, Likelihood.of(0.5).value
            ('very unlikely', 'roughly even chance')
        """
        if not 0 <= p <= 1:
            raise OutOfRange(f"{p} is not a probability", hint="give a number from 0 to 1")
        for word, upper in zip(cls, UPPER_BOUNDS, strict=True):
            if p < upper:
                return word
        return cls.ALMOST_CERTAIN


UPPER_BOUNDS = (0.05, 0.20, 0.45, 0.55, 0.80, 0.95, 1.0)


def percent(p: float) -> str:
    """A probability in percent, never rounded to the certainty it does not have.

    Example:
        >>> percent(0.131), percent(0.005), percent(0.9996), percent(0.0)
        ('13 %', '< 1 %', '> 99 %', '< 1 %')
    """
    if p <= 0.005:
        return "< 1 %"
    return "> 99 %" if p >= 0.995 else f"{100 * p:.0f} %"
