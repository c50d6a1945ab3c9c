"""Titles in a sentence: the words of a post, of what body, and whether it is said to be over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.posts.bodies import bodies_behind, body_before, is_body
from tocsin.record.extract.rules.posts.office import Office
from tocsin.record.extract.rules.posts.words import BODY, MANNER, lexicon, portfolio_end

if TYPE_CHECKING:
    from tocsin.record.extract.rules.stretches import Stretch

_WORD = re.compile(r"(?:U\.S\.|[^\s,;:()\u201c\u201d\"\u2014\u2013]+)\s*$")
_MOST_MODIFIERS = 6
_OPEN = re.compile(r"[a-z][a-z-]+")
_DETERMINER = re.compile(
    r"(?:\b(?:(?:one|some|several|many|two|three|four|five|six|seven|ten|another|both|each)\s+(?:of\s+)?)?"
    r"(?:the|a|an|its|their|his|her)"
    r"|\b(?:one of the|one of its|both|also|two|three|four|five|six|several|other|additional))\s+$",
    re.IGNORECASE,
)
_GROUPS_OWN = re.compile(
    r"\b(?:the|its|this|that)\s+(?:[\w-]+\s+)?(?:company|group|organi[sz]ation|bank|ministry|firm|regime|government|state|army|unit|force|party|movement"
    r"|network|militia|country)['\u2019]s\s+$"
)
_ACTS = re.compile(r"\b[A-Z][\w.]*\s+$")
"""A body right before 'designated', which is then its verb."""
_HOLDERS_OWN = re.compile(
    r"\b(?:the|its)\s+(?:[A-Z][a-z]+\s+)?"
    r"(?:Supreme Leader|President|Prime Minister|King|Crown Prince|Emir|Secretary[ -]General)['\u2019]s\s+$"
)
_AND = re.compile(
    r"\s*(?:\([^()]{1,60}\))?(?:\s+(?:from|between|since|in|until)\s+[^,;.]{4,40}?)?"
    r"\s*(?:,\s*(?:(?:and|or|as well as)\s+)?|\s(?:and|as well as|or)\s+|&\s*)"
    r"(?:(?:also|concurrently|simultaneously|[a-z]+ed)\s+)?"
)
_SURNAMED = re.compile(r"\b(?:Chairman|Chairwoman|Senator|Congressman|Congresswoman)\s+$")
"""Titles that only a name follows, even where it is a title's word ('Senator King')."""
_ADJECTIVES = frozenset({"premier", "chief", "head", "principal", "deputy", "chair", "official"})
"""Nouns of posts that may qualify a noun instead ('its premier arms dealer', 'official statement')."""


_PART_OF = re.compile(
    r"['\u2019]s?\s+(?:[a-z][a-z-]+\s+){0,3}?[a-z][a-z-]+"
    r"(?=\s*[,.;:()]|\s+(?:in|of|for|who|since|from|and|until|at|to|on|with|as|during)\b|\s+[A-Z]|\s*$)"
)
"""Behind a body: what the post is of is only a part of it ('head of X's finance office')."""


def offices_in(stretch: Stretch) -> tuple[Office, ...]:
    """The titles of a sentence, in order.

    Example:
        >>> from tocsin.record.document import Segment, SegmentKind, Text
        >>> from tocsin.record.extract.rules.stretches import stretches_of
        >>> said = "Omar Amin is the former head of Cedar Bank and a director of Cedar Trust."
        >>> told = Text("0" * 64, "plain 1", said, (Segment(0, len(said), SegmentKind.BODY),))
        >>> [(o.post.words, o.organisation.words, o.over) for o in offices_in(stretches_of(told)[0])]
        [('head', 'Cedar Bank', True), ('director', 'Cedar Trust', False)]
    """
    found: list[Office] = []
    for noun in lexicon().noun.finditer(stretch.span.words):
        office = _office(stretch, noun)
        if office is not None and (not found or found[-1].post.end <= office.post.start):
            if found and found[-1].end > office.start:
                office = _parted(found[-1], office)
            found.append(office)
    return tuple(found)


def _parted(left: Office, office: Office) -> Office:
    """A title whose front ran into the one before it begins with its own words."""
    body = office.organisation if office.organisation and office.organisation.start >= left.end else None
    start = office.start if office.start <= left.start else min(max(left.end, office.start), office.post.start)
    return Office(office.post, body, start, office.end, office.over,
                  office.plural, office.more)  # fmt: skip


def chains_of(stretch: Stretch, offices: tuple[Office, ...]) -> tuple[tuple[Office, ...], ...]:
    """Titles joined by 'and' or commas, which one person may hold together; a lone title is a chain of one."""
    chains: list[list[Office]] = []
    for office in offices:
        if chains and _AND.fullmatch(
            stretch.span.words, chains[-1][-1].end - stretch.span.start, office.start - stretch.span.start
        ):
            between = stretch.span.words[
                chains[-1][-1].end - stretch.span.start : office.post.start - stretch.span.start
            ]
            if re.search(r"\bor\s", between):
                chains[-1] = [_either_of(chains[-1][0], office, stretch)]
            else:
                chains[-1].append(office)
        else:
            chains.append([office])
    return tuple(_shared(chain) for chain in chains)


def _either_of(one: Office, other: Office, stretch: Stretch) -> Office:
    """'A leader or official of X' is one title."""
    low, high = one.post.start, other.post.end
    post = Span(low, high, stretch.span.words[low - stretch.span.start : high - stretch.span.start])
    body = other.organisation or one.organisation
    return Office(post, body, one.start, other.end, one.over, other.plural, other.more)


def _shared(chain: list[Office]) -> tuple[Office, ...]:
    """'Chairman and managing director of X': both are of X."""
    made = list(chain)
    for n in range(len(made) - 2, -1, -1):
        one, after = made[n], made[n + 1]
        bare = one.organisation is None and one.end == one.post.end
        if bare and after.organisation is not None and after.organisation.start > after.post.end:
            made[n] = Office(one.post, after.organisation, one.start, one.end, one.over, one.plural, after.more)
    for n in range(1, len(made)):
        one, prior = made[n], made[n - 1]
        alike = one.over == prior.over and not re.search(r"\s(?:of|for)\s", one.post.words)
        if (
            one.organisation is None
            and alike
            and prior.organisation is not None
            and prior.organisation.end <= prior.post.start
        ):
            made[n] = Office(one.post, prior.organisation, one.start, one.end, one.over, one.plural, prior.more)
    return tuple(made)


def _office(stretch: Stretch, noun: re.Match[str]) -> Office | None:
    words, base = stretch.span.words, stretch.span.start
    start = _title_start(words, noun.start(), noun.group())
    front, begin, over = _front(stretch, start)
    end = noun.end()
    said = noun.group().casefold()
    if re.match(r"['\u2019]s?\b|['\u2019]\s", words[end:]):
        return None
    if _SURNAMED.search(words, 0, noun.start()):
        return None
    if (
        said in lexicon().names_too
        and re.match(r"[A-Z]\w+\s+[A-Z]", words[noun.start() :])
        and not (front and is_body(stretch, front))
    ):
        return None
    behind = re.compile(r"\s+([a-z]{3,})(?![\w-])").match(words, end)
    if (
        said in _ADJECTIVES
        and behind
        and behind[1] not in lexicon().stops
        and not behind[1].endswith(("ed", "ing", "ly"))
    ):
        return None
    if said.startswith("member"):
        return _member(stretch, noun, front, (start, begin), over=over)
    title = portfolio_end(words, end, said)
    body: tuple[Span, ...] = ()
    last = title
    if front is not None and re.search(r"['\u2019]s?\s+$", words[front.end - base : start]):
        tail = re.compile(rf"\s+(?:of|for|in)\s+(?:the\s+)?(?:{BODY})").match(words, title)
        title = last = tail.end() if tail and title == end else title
        title = last = _cut(stretch, title, end)
    else:
        title = _inner(words, title)
        body, last = bodies_behind(stretch, title)
        part = _PART_OF.match(words, body[0].end - base) if len(body) == 1 else None
        title = last = part.end() if part else title
        last = max(last, body[0].end - base) if body else last
    post = Span(base + start, base + title, words[start:title])
    chosen = body[0] if body else front
    if chosen is not None and body and front is not None and not _is_state(front.words):
        chosen = (
            front
            if re.search(r"\b(?:in|at|to|for|with)\s+(?:the\s+)?$", words[title : body[0].start - base])
            else body[0]
        )
    return Office(post, chosen, base + begin, base + max(last, title), over, _is_plural(said), body[1:])


def _cut(stretch: Stretch, title: int, least: int) -> int:
    words = stretch.span.words[:title].rstrip(".,")
    return max(len(words), least)


def _is_plural(noun: str) -> bool:
    return (noun.endswith(("s", "men")) and not noun.endswith(("affairs", "ss"))) or noun.startswith("members")


def _is_state(words: str) -> bool:
    return (
        re.fullmatch(r"(?:[A-Z][a-z]+(?:i|an|ese|ish|ian)|U\.S\.|US|Afghan|French|Dutch|Greek|Turkish)", words)
        is not None
    )


def _title_start(words: str, at: int, noun: str) -> int:
    """Where the title begins: over words that are part of titles, and lower-case words before a lower-case noun."""
    noun_at = at
    for _ in range(_MOST_MODIFIERS):
        match = _WORD.search(words, max(at - 40, 0), at)
        if match is None or not match.group().endswith((" ", "\n", "\t")):
            break
        word = match.group().strip()
        when = re.match(r"(?:then|ex)-(?=[A-Za-z])", word)
        if when and word[when.end() :].casefold() in lexicon().before:
            return match.start() + when.end()
        if noun[0].islower() and word[0].isupper() and match.start() and word.casefold() not in MANNER:
            break
        plain = word.casefold()
        listing = plain == "designated" and _ACTS.search(words, 0, match.start()) is not None
        if listing or (plain in lexicon().times and plain not in lexicon().before):
            break
        if (
            plain in lexicon().before
            or (noun[0].islower() and _may_modify(word))
            or (at < noun_at and _joins(words, match.start(), plain))
        ):
            at = match.start()
            continue
        break
    return at


def _may_modify(word: str) -> bool:
    stop = word in lexicon().stops or word.endswith(("ed", "ly"))
    return _OPEN.fullmatch(word) is not None and not stop and not word.endswith("'s")


def _joins(words: str, at: int, word: str) -> bool:
    """'chemical weapons and explosives manager'."""
    if word not in {"and", "&"}:
        return False
    before = _WORD.search(words, max(at - 40, 0), at)
    said = before.group().strip() if before else ""
    noun = lexicon().noun.fullmatch(said)
    return noun is None and (said.casefold() in lexicon().before or (_may_modify(said) and said.endswith("s")))


def _front(stretch: Stretch, start: int) -> tuple[Span | None, int, bool]:
    """The body before a title, where the phrase begins, and whether it is said to be over."""
    words, at, over = stretch.span.words, start, False
    own = _GROUPS_OWN.search(words, 0, at) or _HOLDERS_OWN.search(words, 0, at)
    if own:
        return None, own.start(), False
    at, over = _times(words, at, over=over)
    front = body_before(stretch, at)
    if front is not None:
        at = front.start - stretch.span.start
        titled = [
            m.start() for m in lexicon().noun.finditer(words, max(at - 40, 0), at) if words[m.end() : at].isspace()
        ]
        at = _title_start(words, titled[0], words[titled[0] : at]) if titled else at
        at, before = _times(words, at, over=over)
        over = over or before
        while (rank := _WORD.search(words, max(at - 40, 0), at)) and _ranks(rank.group().strip()):
            at = rank.start()
        nation = re.search(r"(?<![\w-])[A-Z][a-z]+(?:i|an|ese|ish)\s+$", words[:at])
        at = nation.start() if nation and _DETERMINER.search(words, 0, nation.start()) else at
    described = re.search(r"\b(?:the|an?)\s+(?P<said>[a-z][a-z-]+)\s+$", words[:at])
    at = described.start() if described and (over or described["said"] not in lexicon().stops) else at
    while determiner := _DETERMINER.search(words, 0, at):
        at = determiner.start()
    return front, at, over


def _ranks(word: str) -> bool:
    """Whether a word before a title's body belongs to the title: 'a senior X official', 'Acting X Director'."""
    return word in lexicon().before or word.casefold() in MANNER


def _times(words: str, at: int, *, over: bool) -> tuple[int, bool]:
    while (match := _WORD.search(words, max(at - 40, 0), at)) and match.group().strip().casefold() in lexicon().times:
        over = over or match.group().strip().casefold() in lexicon().over
        at = match.start()
    return at, over


def _inner(words: str, at: int) -> int:
    """Lower-case words that belong to the title: 'head of the finance office', before its body."""
    match = re.compile(
        r"\s+(?:of|for)\s+(?:(?:the|its|their|an|a)\s+)?(?P<said>[a-z][a-z-]+(?:\s+(?:and\s+)?[a-z][a-z-]+){0,3}?)"
        r"(?=\s+(?:of|for|at|in|within|with|on|to|and|from|since|until)\b|\s*[,.;:)]|(?<=parliament)\s+[A-Z]|(?<=security)\s+[A-Z]|(?<=staff)\s+[A-Z]|\s*$)"
    ).match(words, at)
    if match is None or set(match["said"].split()) & (lexicon().stops - {"and"}):
        return at
    return match.end()


def _member(
    stretch: Stretch, noun: re.Match[str], front: Span | None, starts: tuple[int, int], *, over: bool
) -> Office | None:
    """A member's seat in a board or parliament; other members hold no post."""
    words, base = stretch.span.words, stretch.span.start
    start, begin = starts
    seat = lexicon().seats.match(words, noun.end())
    bare = re.search(
        r"\b(?:board|parliament|assembly|council)\s+$", words[:start] + words[start : noun.start()], re.IGNORECASE
    )
    if seat is None and (bare is None or start == noun.start()):
        return None
    plural = noun.group().casefold().endswith("s") and "of parliament" not in noun.group().casefold()
    if seat is None:
        bodies, last = bodies_behind(stretch, noun.end())
        post = Span(base + start, base + noun.end(), words[start : noun.end()])
        return Office(post, bodies[0] if bodies else front, base + begin, base + last, over, plural, bodies[1:])
    named = bool(seat["front"].strip()) and "oard" not in seat["seat"]
    if named:
        whole = Span(base + seat.start("front"), base + seat.end(), words[seat.start("front") : seat.end()])
        post = Span(base + start, base + noun.end(), words[start : noun.end()])
        return Office(post, whole, base + begin, base + seat.end(), over, plural)
    bodies, last = bodies_behind(stretch, seat.end())
    post = Span(base + start, base + seat.end(), words[start : seat.end()])
    return Office(post, bodies[0] if bodies else front, base + begin, base + last, over, plural, bodies[1:])
