"""Numbers in words, and where a sentence counts parties instead of naming them."""

from __future__ import annotations

import re

NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
}
COUNTED = re.compile(
    r"(?<![\w.])(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|[1-9]\d?)\s+(?=[A-Za-z-])(?!of\b|years?\b|days?\b|months?\b|million|billion|percent)",
    re.IGNORECASE,
)
