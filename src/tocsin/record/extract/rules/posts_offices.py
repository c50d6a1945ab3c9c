"""Titles in a sentence: the words of a post, of what body, and whether it is said to be over."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.parties import lexicon as party_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tocsin.record.extract.rules.stretches import Stretch

_CAPITAL = r"(?:[A-Z\u2018'\u2019][\w.\u2019'&/-]*|al-[A-Z][\w\u2019'-]*)"
BODY = rf"{_CAPITAL}(?:\s+(?:(?:of|for|and|the|of the|al)\s+)?{_CAPITAL})*"
_WORD = re.compile(r"(?:U\.S\.|[^\s,;:()\u201c\u201d\"\u2014\u2013]+)\s*$")
_MOST_MODIFIERS = 6
_MANNER = frozenset({"deputy", "acting", "senior", "vice", "assistant", "interim", "u.s.", "us"})
"""Words that belong to a title even where they are written with a capital and its noun is not."""
_OPEN = re.compile(r"[a-z][a-z-]+")
_DETERMINER = re.compile(
    r"(?:\b(?:(?:one|some|several|many|two|three|four|five|six|seven|ten|another|both|each)\s+(?:of\s+)?)?"
    r"(?:the|a|an|its|their|his|her)|\b(?:one of the|one of its|both|also|two|three|four|five|six|several|other|additional))\s+$",
    re.IGNORECASE,
)
_GROUPS_OWN = re.compile(
    r"\b(?:the|its|this|that)\s+(?:[a-z-]+\s+)?(?:company|group|organi[sz]ation|bank|ministry|firm|unit|force|party|movement|network|militia|country)"
    r"['\u2019]s\s+$"
)
_BRACKET = r"(?:\s*\((?P<abbr>[^()]{1,60})\))"
_ADVISES = re.compile(r"(?:advis[eo]r|ambassador|envoy|representative|commissioner)s?\s*$", re.IGNORECASE)
_AND = re.compile(
    r"\s*(?:\([^()]{1,60}\))?\s*(?:,\s*(?:and\s+|as well as\s+)?|\s(?:and|as well as|or)\s+|&\s*)(?:also\s+|concurrently\s+|simultaneously\s+)?"
)  # noqa: E501  # one pattern


_HEADS = "Office|Ministry|Department|Bureau|Directorate|Council|Committee|Board|Bank|Institute|Center|Organization|Commission|Agency|Government"
_RUN = re.compile(rf"(?:(?:{_HEADS})[ ](?:of|for)[ ](?:the[ ])?)?(?:(?:al[ ])?{_CAPITAL}[ \n])*(?:al[ ])?{_CAPITAL}$")
_ATTRIBUTE = re.compile(
    r"(?:[A-Z][\w.]*-(?:based|designated|backed|linked|aligned|sanctioned|owned|controlled|affiliated|registered)\s+)+"
)
_QUALIFIES = re.compile(
    r"\s+(?:[a-z-]+\s+){0,2}?(?:company|companies|firm|firms|network|networks|group|groups|officials?|operations|branch|branches|team|front|"
    r"financiers?|facilitators?|regime|government|forces|fighters|cell|cells)\b"
)
"""Words behind a name that make it only qualify what follows ('the X front company Y')."""
_ADJECTIVES = frozenset({"premier", "chief", "head", "principal", "deputy", "chair", "official"})
"""Nouns of posts that may qualify a noun instead ('its premier arms dealer', 'official statement')."""


@dataclass(frozen=True, slots=True)
class Office:
    """A title as a sentence has it.

    Attributes:
        post: the words of the title, without those that only say when it was held.
        organisation: of what; None where the sentence does not say.
        start, end: offsets of the whole phrase in the text, determiner and organisation included.
        over: whether 'former' or the like stands before it.
        plural: whether its noun names several persons' posts.
        more: further bodies of the same title.
    """

    post: Span
    organisation: Span | None
    start: int
    end: int
    over: bool
    plural: bool
    more: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of `roles.toml`, and the patterns made of them."""

    noun: re.Pattern[str]
    departments: str
    portfolios: str
    fields: str
    seats: re.Pattern[str]
    before: frozenset[str]
    times: frozenset[str]
    over: frozenset[str]
    stops: frozenset[str]
    ranks: frozenset[str]
    copulas: str
    roles: str
    leading: str


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


def _patterns(told: Iterable[str]) -> str:
    return "|".join(w.replace(" ", r"\s+") for w in told)


@cache
def lexicon() -> Lexicon:
    """The words and patterns, made once from the data file."""
    told = tomllib.loads(files("tocsin.record.extract.rules").joinpath("roles.toml").read_text("utf-8"))
    return Lexicon(
        noun=re.compile(rf"(?:(?<![\w-])|(?<=then-)|(?<=ex-))(?:{_either(told['nouns'])})(?![\w-])", re.IGNORECASE),
        departments=_either(told["departments"]),
        portfolios=_either(told["portfolios"]),
        fields=_either(told["fields"]),
        seats=re.compile(rf"\s+of\s+(?:the\s+)?(?P<front>(?:{BODY}\s+)??)(?P<seat>{_either(told['seats'])})(?![\w-])"),
        before=frozenset(w.casefold() for w in told["before"]),
        times=frozenset(told["times"]), over=frozenset(told["over"]), stops=frozenset(told["stops"]),
        ranks=frozenset(told["ranks"]), copulas=_patterns(told["copulas"]), roles=_patterns(told["roles"]),
        leading=_either(told["leading"]),
    )  # fmt: skip


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
    return Office(office.post, body, min(max(left.end, office.start), office.post.start), office.end, office.over,
                  office.plural, office.more)  # fmt: skip


def chains_of(stretch: Stretch, offices: tuple[Office, ...]) -> tuple[tuple[Office, ...], ...]:
    """Titles joined by 'and' or commas, which one person may hold together; a lone title is a chain of one."""
    chains: list[list[Office]] = []
    for office in offices:
        if chains and _AND.fullmatch(
            stretch.span.words, chains[-1][-1].end - stretch.span.start, office.start - stretch.span.start
        ):
            chains[-1].append(office)
            if re.search(
                r"\bor\s",
                stretch.span.words[chains[-1][-2].end - stretch.span.start : office.post.start - stretch.span.start],
            ):
                chains[-1][-2:] = [_either_of(chains[-1][-2], office, stretch)]
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
        if one.organisation is None and one.end == one.post.end and after.organisation is not None:
            if after.organisation.start > after.post.end:
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
    title = _portfolio(words, end, said)
    body: tuple[Span, ...] = ()
    last = title
    if front is not None and re.search(r"['\u2019]s?\s+$", words[front.end - base : start]):
        tail = re.compile(rf"\s+(?:of|for|in)\s+(?:the\s+)?(?:{BODY})").match(words, title)
        title = last = tail.end() if tail and title == end else title
        title = last = _cut(stretch, title, end)
    else:
        title = _inner(words, title)
        body, last = _bodies(stretch, title, front)
    post = Span(base + start, base + title, words[start:title])
    chosen = body[0] if body else front
    if chosen is not None and body and front is not None and not _is_state(front.words):
        chosen = (
            front if re.search(r"\b(?:in|at|to|with)\s+(?:the\s+)?$", words[title : body[0].start - base]) else body[0]
        )
    return Office(post, chosen, base + begin, base + max(last, title), over, _is_plural(said), body[1:])


def _cut(stretch: Stretch, title: int, least: int) -> int:
    words = stretch.span.words[:title].rstrip(".,")
    return max(len(words), least)


def _is_plural(noun: str) -> bool:
    return noun.endswith(("s", "men")) and not noun.endswith(("affairs", "ss")) or noun.startswith("members")


def _is_state(words: str) -> bool:
    return (
        re.fullmatch(r"(?:[A-Z][a-z]+(?:i|an|ese|ish|ian)|U\.S\.|US|Afghan|French|Dutch|Greek|Turkish)", words)
        is not None
    )


def _title_start(words: str, at: int, noun: str) -> int:
    """Where the title begins: over words that are part of titles, and lower-case words before a lower-case noun."""
    for _ in range(_MOST_MODIFIERS):
        match = _WORD.search(words, max(at - 40, 0), at)
        if match is None or not match.group().endswith((" ", "\n", "\t")):
            break
        word = match.group().strip()
        when = re.match(r"(?:then|ex)-(?=[A-Za-z])", word)
        if when and word[when.end() :].casefold() in lexicon().before:
            return match.start() + when.end()
        if noun[0].islower() and word[0].isupper() and match.start() and word.casefold() not in _MANNER:
            break
        plain = word.casefold()
        if plain in lexicon().times and plain not in lexicon().before:
            break
        if (
            plain in lexicon().before
            or (noun[0].islower() and _may_modify(word))
            or _joins(words, match.start(), plain)
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
    own = _GROUPS_OWN.search(words, 0, at)
    if own:
        return None, own.start(), False
    at, over = _times(words, at, over=over)
    front = _body_before(stretch, at)
    if front is not None:
        at = front.start - stretch.span.start
        at, before = _times(words, at, over=over)
        over = over or before
        nation = re.search(r"(?<![\w-])[A-Z][a-z]+(?:i|an|ese|ish)\s+$", words[:at])
        at = nation.start() if nation and _DETERMINER.search(words, 0, nation.start()) else at
    described = re.search(r"\b(?:the|an?)\s+[a-z]+\s+$", words[:at]) if over else None
    at = described.start() if described else at
    while determiner := _DETERMINER.search(words, 0, at):
        at = determiner.start()
    return front, at, over


def _times(words: str, at: int, *, over: bool) -> tuple[int, bool]:
    while (match := _WORD.search(words, max(at - 40, 0), at)) and match.group().strip().casefold() in lexicon().times:
        over = over or match.group().strip().casefold() in lexicon().over
        at = match.start()
    return at, over


def _body_before(stretch: Stretch, at: int) -> Span | None:
    words, base = stretch.span.words, stretch.span.start
    bracket = re.search(rf"{_BRACKET}\s+$", words[:at])
    if bracket:
        inside = bracket["abbr"]
        if re.fullmatch(r"(?:the\s+)?[A-Z][\w-]{1,9}", inside):
            low = bracket.start("abbr") + (4 if inside.startswith("the ") else 0)
            spelled = _spelled(words[: bracket.start()], words[low : bracket.end("abbr")])
            if spelled is not None:
                return Span(base + spelled, base + bracket.start(), words[spelled : bracket.start()])
            return Span(base + low, base + bracket.end("abbr"), words[low : bracket.end("abbr")])
        return None
    owner = re.search(r"(?:['\u2019]s?)?\s+$", words[:at])
    end = owner.start() if owner else at
    if owner is None or end == 0:
        return None
    for name in stretch.names:
        if name.span.end == base + end:
            return name.span
    low = _run_start(words, end)
    said = words[low:end] if low is not None else ""
    owner = re.search(r"['\u2019]s\s", said)
    said = said[: owner.start()] if owner else said
    if low is None or not said or all(w in lexicon().ranks for w in said.split()) or lexicon().noun.fullmatch(said):
        return None
    return Span(base + low, base + low + len(said), said)


def _run_start(words: str, end: int) -> int | None:
    """Where the capitalised words begin that end at an offset; words that open a sentence are none of them."""
    lead = max(end - 90, 0)
    run = _RUN.search(words[lead:end])
    if run is None:
        return None
    at = lead + run.start()
    for word in re.finditer(r"\S+\s*", words[at:end]):
        bare = word.group().strip().rstrip(":-.*")
        opens = bare in party_words().openers and bare not in {"Treasury", "OFAC"}
        if opens or bare in {"Senior", "Deputy", "Acting", "Former", "Vice", "Name", "Title", "Role", "Said"}:
            at = lead + run.start() + word.end()
    return at if at < end else None


def _spelled(before: str, short: str) -> int | None:
    """Where the words begin that an abbreviation behind them in brackets stands for."""
    starts = [m.start() for m in re.finditer(r"\S+", before)]
    for low in reversed(starts[-8:]):
        parts = [w for w in re.split(r"[\s-]+", before[low:]) if w and w not in {"of", "the", "in", "for", "and"}]
        if "".join(w[0] for w in parts).casefold() == short.replace("-", "").casefold():
            return low
    return None


def _portfolio(words: str, end: int, noun: str) -> int:
    """Where a title ends that names what it is for: 'Minister of Oil', 'Secretary of the Treasury for ...'."""
    told = lexicon()
    if noun.endswith("secretary") or noun.endswith("secretaries"):
        match = re.compile(rf"\s+of\s+(?:{told.departments})(?![\w-])").match(words, end)
        end = match.end() if match else end
    if noun.endswith(("minister", "ministers")) and noun != "prime minister":
        match = re.compile(
            rf"\s+(?:of|for)\s+(?:the\s+)?(?:{told.fields})(?:(?:,?\s+and\s+(?:the\s+)?|\s*&\s*|,\s+|\s+)(?:{told.fields}))*(?![\w-])"
        ).match(words, end)
        end = match.end() if match else end
    match = re.compile(rf"\s+for\s+(?:the\s+)?(?:{told.portfolios})(?![\w-])").match(words, end)
    return match.end() if match else end


def _inner(words: str, at: int) -> int:
    """Lower-case words that belong to the title: 'head of the finance office', before its body."""
    match = re.compile(
        r"\s+(?:of|for)\s+(?:(?:the|its|their|an|a)\s+)?(?P<said>[a-z][a-z-]+(?:\s+(?:and\s+)?[a-z][a-z-]+){0,3}?)"
        r"(?=\s+(?:of|for|at|in|within|with|on|to|and|from|since|until)\b|\s*[,.;:)]|\s+[A-Z]|\s*$)"
    ).match(words, at)
    if match is None or set(match["said"].split()) & (lexicon().stops - {"and"}):
        return at
    return match.end()


def _bodies(stretch: Stretch, at: int, front: Span | None) -> tuple[tuple[Span, ...], int]:
    """The bodies behind a title and where they end."""
    words, base = stretch.span.words, stretch.span.start
    to = "|to" if _ADVISES.search(words[:at]) else ""
    link = re.compile(
        rf",?\s+(?:of|for|at|in|with|within{to})\s+(?:both\s+)?(?:[Tt]he\s+)?(?=[A-Z\u2018'\u2019]|al-)"
    ).match(words, at)
    if link is None:
        return (), at
    inside = re.search(r"\b(?:in|at|to|with|for)\s", link.group()) is not None
    first = _body_at(stretch, link.end())
    if first is None or (inside and " in " in f" {link.group()}" and not _is_body(stretch, first)):
        return (), at
    if _QUALIFIES.match(words, first.end - base):
        return (), at
    bodies = [first]
    end = first.end - base
    join = re.compile(rf"{_BRACKET}?(?:,\s+(?:and\s+)?|\s+and\s+)(?:the\s+)?(?=[A-Z\u2018'\u2019]|al-)")
    while (link := join.match(words, end)) is not None:
        following = _body_at(stretch, link.end())
        if following is None or not _is_body(stretch, following) or _starts_person(stretch, following):
            break
        bodies.append(following)
        end = following.end - base
    bracket = re.compile(_BRACKET).match(words, end)
    return tuple(bodies), bracket.end() if bracket else end


def _starts_person(stretch: Stretch, body: Span) -> bool:
    """Whether a title begins where a further body seems to: 'head of A and Treasury Secretary B'."""
    behind = stretch.span.words[body.end - stretch.span.start :]
    return (
        re.match(
            r"\s+(?:[a-z]+\s+)?(?:[Oo]fficial|[Cc]ommander|[Ll]eader|[Ss]ecretary|[Mm]inister|[Dd]irector|[Hh]ead)\b",
            behind,
        )
        is not None
    )


def _is_body(stretch: Stretch, span: Span) -> bool:
    return any(n.is_organisation and n.span.start < span.end and span.start < n.span.end for n in stretch.names) or (
        re.fullmatch(r"[A-Z][A-Z-]{1,9}", span.words) is not None
    )


def _body_at(stretch: Stretch, at: int) -> Span | None:
    words, base = stretch.span.words, stretch.span.start
    owned = re.compile(r"[A-Z][\w-]+['\u2019]s\s+(?=[A-Z])").match(words, at)
    if owned:
        return _body_at(stretch, owned.end())
    attribute = _ATTRIBUTE.match(words, at)
    if attribute:
        return _body_at(stretch, attribute.end())
    for name in stretch.names:
        if name.owner and re.match(r"['\u2019]\s+[A-Z]", words[name.span.end - base :]):
            continue  # 'Workers' Party'

        low = name.title.start if name.title and name.is_organisation else name.span.start
        if low == base + at:
            return Span(low, name.span.end, words[at : name.span.end - base])
    match = re.compile(BODY).match(words, at)
    if match is None:
        return None
    said = match.group()
    inner = [
        n.span.start - base - at for n in stretch.names if at < n.span.start - base < match.end() and len(n.tokens) > 1
    ]
    if inner and not any(n.span.end - base >= match.end() and n.is_organisation for n in stretch.names):
        said = re.sub(r"\s+(?:and|the|of|for)\s*$", "", said[: inner[0]].rstrip())
    said = said if said.endswith("S.") else re.sub(r"(?:['\u2019]s)?[.,'\u2019 ]*$", "", said)
    said = re.split(r"\s+and\s+", said)[0] if lexicon().noun.search(said) else said
    return Span(base + at, base + at + len(said), said) if said else None


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
        bodies, last = _bodies(stretch, noun.end(), front)
        post = Span(base + start, base + noun.end(), words[start : noun.end()])
        return Office(post, bodies[0] if bodies else front, base + begin, base + last, over, plural, bodies[1:])
    named = bool(seat["front"].strip()) and "oard" not in seat["seat"]
    if named:
        whole = Span(base + seat.start("front"), base + seat.end(), words[seat.start("front") : seat.end()])
        post = Span(base + start, base + noun.end(), words[start : noun.end()])
        return Office(post, whole, base + begin, base + seat.end(), over, plural)
    bodies, last = _bodies(stretch, seat.end(), front)
    post = Span(base + start, base + seat.end(), words[start : seat.end()])
    return Office(post, bodies[0] if bodies else front, base + begin, base + last, over, plural, bodies[1:])
