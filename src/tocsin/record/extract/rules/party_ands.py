"""Whether a name goes on behind an 'and'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.extract.rules.party_tokens import ARTICLE, INITIALS, is_name_word, joined
from tocsin.record.extract.rules.party_words import lexicon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.extract.rules.party_tokens import Token


def goes_on_after_and(  # noqa: C901, PLR0911  # one return for each way in which a name goes on
    tokens: Sequence[Token], before: Sequence[str], at: int, text: str
) -> bool:
    """'Ministry of Oil and Water' is one name; so is 'Amin and Omar Trading Limited'; 'Badr and Oil Ministry' is not."""
    words = lexicon()
    after = [tokens[at].word]
    k = at
    while k + 1 < len(tokens) and joined(tokens, k, text) and is_name_word(tokens[k + 1].word):
        k += 1
        after.append(tokens[k].word)
    if (len(after) == 1 and after[0].isupper()) or all(w in words.places for w in before):
        return False
    if after[0] in words.heads and any(w in words.inner for w in before):
        return after[0] not in {"Ministry", "Department", "Organization", "Bank", "Office", "Center", "Directorate"}
    if before[-1] in words.trades and after[0] in words.trades:
        return True  # 'Engineering and Contracting'
    if is_firm(text, tokens, at, k, before):
        return True
    if any(w in words.inner for w in before):
        if len(after) > 1 and after[-1] in words.generic and after[0] not in words.trades:
            return False
        return len(after) <= 3 and not any(ARTICLE.match(w) for w in after)
    initials = "".join(w[0] for w in (*before, *after) if w[0].isupper())
    bracket = INITIALS.match(text, tokens[k].end)
    if bracket and len(bracket[1]) > 1 and initials.upper().endswith(bracket[1].upper()):
        return True
    if len(after) <= 3 and after[-1] in words.generic and len(before) > 1 and before[-1] not in words.organisation:
        return any(w in words.organisation or w in words.heads or w in words.places for w in before)
    business = any(w.strip(".") in words.organisation for w in after[1:])
    if business and after[0] in words.trades and before[-1].strip(".") not in words.suffixes:
        return True
    if len(after) > 3 or after[0] in words.demonyms or after[0] in words.places:
        return False
    return (
        len(before) == 1
        and business
        and not after[0].isupper()
        and before[0] not in words.heads
        and not before[0].isupper()
    )


def is_firm(text: str, tokens: Sequence[Token], at: int, last: int, before: Sequence[str]) -> bool:
    """'Castle Tents and Awnings LLC': one word and the form of a firm behind 'and', neither side said alone anywhere."""
    after = [t.word for t in tokens[at : last + 1]]
    own = [w for w in after if not ARTICLE.match(w) and w not in {"Al", "El", "al", "el"}]
    if len(own) != len("AB") or own[1].strip(".") not in lexicon().firms or before[-1].strip(".") in lexicon().firms:
        return False
    behind, ahead = " ".join(after), " ".join(before)
    whole = re.compile(rf"{re.escape(ahead)}\s+(?:and|&)\s+{re.escape(behind)}")
    count = len(whole.findall(text))
    return count > 0 and count == text.count(behind) == text.count(ahead)
