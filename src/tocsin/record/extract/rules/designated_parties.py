"""To whom an act of designation is done: the names that are its object, its subject or its antecedent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tocsin.record.claim import Span
from tocsin.record.extract.rules.designated_acts import Voice
from tocsin.record.extract.rules.designated_enumerated import behind_colon, including, run, set_apart
from tocsin.record.extract.rules.designated_listed import (
    PREPOSITION,
    around,
    goes_on,
    is_modifier,
    listed,
    within_brackets,
)
from tocsin.record.extract.rules.designated_numbers import COUNTED, NUMBERS
from tocsin.record.extract.rules.instruments import instruments_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tocsin.record.extract.rules.designated_acts import Act
    from tocsin.record.extract.rules.parties import Name

_STOP = re.compile(
    r"[,.?!][\u201d\"]|\b(?:pursuant\s+to|under\s+(?:the\s+)?(?:authority|E\.?\s?O|Executive|its|section|Section|counter|terrorism|Global|Kingpin|Foreign|UN)|because|in\s+connection\s+with|"
    r"as\s+(?:an?|the|part|Specially|SDGTs?|agents|blocked|having|being|primary|foreign|agencies|well\s+as\s+(?:identif|impos|tak)\w+|senior|persons|individuals|one|meeting|terrorists?|global|of\s|Foreign|owned|property|entities|members|key|\")|"
    r"for\s+(?:(?:allegedly|also|directly|indirectly|knowingly|materially|either|both|reportedly|its|his|her|their|the)\s+)*(?:[a-z]+ing|[a-z]+)\b|"
    r"based\s+on|due\s+to|following|with\s+respect\s+to|to\s+(?:the\s+)?(?:\w+\s+)?(?:SDN|[Ll]ist|[Aa]nnex|Specially)|from\s+(?:the|its)\b|in\s+(?:the|an)\s+[Aa]nnex|who\s+(?:was|were|is|are|has|have)\s+\w+ed\s+by|"
    r"in\s+(?:coordination|response|accordance|order|support|addition)|to\s+[a-z]+|while\b|when\b|since\b|including\s+for\b|by\s+[a-z]+ing)"
)
_SUBJECT_ENDS = re.compile(
    r"\s(?:is|are|was|were|has|have|had|will|serves?|served|owns?|owned|controls?|provides?|provided|operates?|operated|facilitat\w+|acts?|acted|manages?|managed|works?|worked|leads?|led|oversees?|oversaw|conducts?|supplied|supplies|"
    r"does|did|also|remains?|became|continues?|uses?|used|coordinat\w+|transfer\w+|sent|helped|assist\w+|engag\w+|play\w+|ships?|maintain\w+|function\w+|represent\w+|joined|met|made|gave|collected|raised)\s"
)
_SEVERAL = re.compile(
    r"\s*(?:[a-z]+\s+){0,2}(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+)\s+[a-z]"
)
_PEOPLE = re.compile(
    r"\b(?:individuals|entities|persons|companies|members|officials|leaders|firms|facilitators)(?!.*\b(?:individuals|entities|persons|companies|members|officials|leaders|firms|facilitators))"
)  # one pattern, read as a whole
_TOLD = re.compile(r"\b(?:including|and|as well as|namely|along with)\b|[:;,(\u2013\u2014]|\s-\s")
_INTRODUCED = re.compile(
    r"\b(?:including|as well as|namely|along with|such as)\b|:|[\u2013\u2014]|\s-\s|\band\s+(?:the\s+|its\s+[a-z]+,?\s+)?(?:[\w.]+-based\s+)?$"  # noqa: E501  # one pattern, read as a whole
)
_PEOPLE_LAST = re.compile(
    r"\b(?:individuals|entities|persons|actors|companies|members|officials|leaders|those|targets|facilitators|organizations|networks?)\s*$"
)
_BY_DESIGNATING = re.compile(r"\bby\s+(?:\w+ly\s+)?(?:designating|sanctioning|imposing|identifying|adding|blocking)\b")
_OTHERS = re.compile(r"\s[a-z]+s\s+$")
_SEVERAL_OF = re.compile(
    r"\b(?:including\s+(?:the\s+)?|(?:individuals|entities|companies|officials|members|leaders|organi[sz]ations|groups)\s+)$"
)
_FORMERLY = re.compile(r"(?:(?:Formerly|Also|Previously|Better|Once)\s+)?(?:[Kk]nown\s+as|[Cc]alled)\b")
_NAMELY = re.compile(r"\b(?:including|and|as well as|namely|along with)\b|[:;\u2013\u2014]|\s-\s")
_LAW_FIRST = re.compile(r"\s*,?\s*(?:pursuant to|under)\s(?:[^,;.]|\.(?!\s+[A-Z][a-z]))*,")
_COUNTED_OF = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several)\s+(?:[\w-]+\s+){0,3}[a-z]+s\s+of\s+(?:the\s+)?$"
)
_SET_OFF = re.compile(
    r"(?:\([^)]*\))?(?:,\s+(?:an?|the|another|also an?)\s+[^,]*?,?|\s[\u2013\u2014]\s[^\u2013\u2014]*[\u2013\u2014])\s*$"
)
_WHO_DOES = re.compile(r"\b(?:who|that|which|whose)\b")
_OBJECT = re.compile(
    r"\s+(?P<it>him|her(?!\s+[a-z]+s\b)|it|the (?:group|company|organization|organisation|entity|bank|charity|network|firm|militia))\s+(?:as\s|pursuant|under\s|in\s+\d|in\s+[A-Z]|on\s+[A-Z]|for\s)"  # noqa: E501  # one pattern, read as a whole
)  # one pattern, read as a whole
_OTHERS = re.compile(r"\s+(?:[a-z-]+\s+)*[a-z]+s,\s+(?!including\b|such\b|namely\b|like\b)")
_PRONOUN = re.compile(
    r"(?:^|[,;]\s*(?:and\s+)?|\band\s+|\b(?:that|when|after|since)\s+)(?P<it>He|She|It|They|he|she|it|they|(?:[Tt]he|This|this) (?:group|company|organization|organisation|entity|bank|charity|network|individual|vessel|firm|brigade|militia|branch|foundation|airline|party))\s*(?:,[^,]*,\s*)?$"  # noqa: E501  # one pattern, read as a whole
)


def object_end(act: Act, sentence: Span, after: int | None = None) -> int:
    """Offset at which the object of an active verb ends: before its authority, its reason or another clause."""
    found = _STOP.search(sentence.words, (after or act.verb.end) - sentence.start)
    while found and re.match(r"for\s+the\s+[A-Z]", found.group() + sentence.words[found.end() : found.end() + 1]):
        found = _STOP.search(sentence.words, found.end())
    return sentence.start + found.start() if found else sentence.end


def parties_of(  # noqa: D417, PLR0911  # two offsets told together; one return for each voice
    act: Act, sentence: Span, names: Sequence[Name], *, low: int, high: int
) -> tuple[Name, ...]:
    """Those to whom the act is done, by name; () where none is named.

    Args:
        act: the act.
        sentence: its sentence.
        names: the names of the sentence.
        low, high: offsets between the acts before and behind this one.
    """
    if act.voice is Voice.ACTIVE:
        if act.verb.words.startswith("target") and _BY_DESIGNATING.search(
            sentence.words, act.verb.end - sentence.start
        ):
            return ()  # 'targeted A by designating B'
        told = listed(sentence, names, act.verb.end, min(object_end(act, sentence), high))
        told = _counted(act, sentence, told) or _put_off(act, sentence, names, high)
        told = told or behind_colon(sentence, names, low=act.verb.end, high=high)
        return told or _behind_clause(act, sentence, names, high)
    if act.voice is Voice.INVERTED:
        colon = re.match(r"\s*:", sentence.words[act.anchor - sentence.start :])
        if colon and (told := behind_colon(sentence, names, low=act.anchor, high=high)):
            return told
        told = listed(sentence, names, act.anchor, min(object_end(act, sentence, act.anchor), high))
        return told or behind_colon(sentence, names, low=act.anchor, high=high)
    if act.voice is Voice.OPENING:
        return tuple(n for n in names if 0 <= (n.title or n.span).start - act.anchor < len("the "))[:1]
    if act.voice is Voice.ATTRIBUTE:
        return _attributed(act, sentence, names) or set_apart(act, sentence, names)
    if act.voice is Voice.PASSIVE:
        return _subject(act, sentence, names, low) or behind_colon(sentence, names, low=act.verb.end, high=high)
    return _antecedent(act, sentence, names) or including(act, sentence, names, high=high)


def _counted(act: Act, sentence: Span, told: tuple[Name, ...]) -> tuple[Name, ...]:
    """None where 'six sons of X' has only X, who is not one of the six."""
    if not told:
        return told
    between = sentence.words[act.verb.end - sentence.start : told[0].span.start - sentence.start]
    if len(told) == 1 and _SEVERAL.match(between) and not _NAMELY.search(between):
        return ()
    group = _PEOPLE.search(between)
    if group and between[group.end() :].strip() and not _TOLD.search(between[group.start() :]):
        return ()
    count = sum(NUMBERS.get(m["n"].lower(), 0) or int(m["n"]) for m in COUNTED.finditer(between))
    return () if count > len(told) and not _INTRODUCED.search(between) else told


def _put_off(act: Act, sentence: Span, names: Sequence[Name], high: int) -> tuple[Name, ...]:
    """The object behind its law and reason: 'designated, pursuant to E.O. 13810 for operating there, X along with Y'."""
    at = sentence.start
    found = _LAW_FIRST.match(sentence.words, act.verb.end - at, high - at)
    if found and (told := listed(sentence, names, at + found.end() - 1, high)):
        return told
    laws = [law.span.end for law in instruments_in(sentence) if act.verb.end < law.span.end < act.verb.end + 80]
    return tuple(n for n in names if laws and 0 < (n.title or n.span).start - laws[-1] < 6)


def _behind_clause(act: Act, sentence: Span, names: Sequence[Name], high: int) -> tuple[Name, ...]:
    """'designated two groups that operate under B, A and C, pursuant to ...': the run of as many names as are counted."""
    at = sentence.start
    count = COUNTED.search(sentence.words, act.verb.end - at, high - at)
    clause = _WHO_DOES.search(sentence.words, count.end(), high - at) if count else None
    if count is None or clause is None or sentence.words[act.verb.end - at : clause.start()].count(",") > 0:
        return ()
    number = NUMBERS.get(count["n"].lower(), 0) or int(count["n"])
    behind = [n for n in names if at + clause.end() <= n.span.start and n.span.end <= high]
    for first, name in enumerate(behind):
        found = (
            run(sentence, behind[first:])
            if sentence.words[: (name.title or name.span).start - at].endswith(", ")
            else ()
        )
        if len(found) == number > 1:
            return found
    return ()


def pronoun_of(act: Act, sentence: Span) -> Span | None:
    """The pronoun, or 'the group', that is the subject of a passive act; None where there is none."""
    if act.voice is Voice.ACTIVE:
        told = _OBJECT.match(sentence.words, act.verb.end - sentence.start)
        return Span(sentence.start + told.start("it"), sentence.start + told.end("it"), told["it"]) if told else None
    if act.voice is not Voice.PASSIVE:
        return None
    found = _PRONOUN.search(sentence.words[: act.anchor - sentence.start])
    if found is None:
        return None
    return Span(sentence.start + found.start("it"), sentence.start + found.end("it"), found["it"])


def _attributed(act: Act, sentence: Span, names: Sequence[Name]) -> tuple[Name, ...]:
    """The name that 'U.S.-designated' stands before, with at most a description between."""
    for name in names:
        if name.span.start < act.verb.end:
            continue
        before = sentence.words[act.verb.end - sentence.start : name.span.start - sentence.start]
        _, after = around(sentence, name, act.verb.end)
        if not re.fullmatch(r"(?:[\s,]+(?:and\s+)?[\w.\u2019'-]+){0,6}[\s,]+|\s+", before) or re.search(
            r"\b(?:of|by|to|in|for|with|on|that|who|which|today|pursuant|under)\b", before
        ):
            return ()
        if _OTHERS.match(before):
            return ()
        if name.owner or is_modifier(after, len(after)) or _describes_with(sentence, names, name):
            continue
        several = _SEVERAL_OF.search(before) is not None
        return _rightwards(sentence, names, name) if several else (name,)
    return ()


def _describes_with(sentence: Span, names: Sequence[Name], name: Name) -> bool:
    """Whether a name is one of two that describe a noun: the first of 'Badr and Hamas financier Omar'."""
    following = next((n for n in names if n.span.start > name.span.end), None)
    if following is None or not goes_on(sentence, name, following):
        return False
    after = sentence.words[following.span.end - sentence.start :]
    return is_modifier(after, len(after))


def _rightwards(sentence: Span, names: Sequence[Name], first: Name) -> tuple[Name, ...]:
    kept = [first]
    for name in names:
        if name.span.start > first.span.end and goes_on(sentence, kept[-1], name):
            kept.append(name)
    return tuple(kept)


def _subject(act: Act, sentence: Span, names: Sequence[Name], low: int) -> tuple[Name, ...]:
    at, words = sentence.start, sentence.words
    near = [n for n in names if n.span.end <= act.anchor]
    others = words[act.anchor - at :].startswith("being ") and _OTHERS.search(words[: act.anchor - at])
    if not near or others:  # 'in the names of officials being designated today'
        return ()
    last = near[-1]
    between = words[last.span.end - at : act.anchor - at]
    adjacent = (
        re.fullmatch(
            r"['\u2019]?\s*(?:\([^)]*\)?)?(?:\s*\([^)]*\))*[\s,]*(?:both|all|each|also|himself|herself|itself)?\s*",
            between,
        )
        is not None
    )
    if adjacent:
        group = [last] if _FORMERLY.match(words) else _leftwards(sentence, near)
        before, _ = around(sentence, group[0], at)
        if _FORMERLY.match(words):
            return tuple(group)
        if re.search(
            r"(?:^|[;:.\u00b7\u2022]|, (?:and|while|which|but)|\b(?:and|while|that|but|Additionally|also|Both|both|the|The|whereas|today))[\s,]*(?:[\w.]+-based\s+)?(?:the\s+|both\s+)?(?:[A-Z]\w+ (?:national|citizen|businessman)\s+)?$|^[^,]{0,60},\s*(?:the\s+)?$",  # noqa: E501  # one pattern, read as a whole
            before,
        ) and not PREPOSITION.search(before):
            return tuple(group)
    start = max(low, at)
    clause = re.split(r"(?:;|, and|, while|, but|\bwhile\b)\s", words[start - at : act.anchor - at])
    if len(clause) > 1 and low > at:
        begin = act.anchor - len(clause[-1])
        own = listed(sentence, names, begin, act.anchor)
        if own:
            return own[:1]
    ends = next(
        (
            m.start() + at
            for m in _SUBJECT_ENDS.finditer(words[: act.anchor - at + 1])
            if any(n.span.end <= m.start() + at for n in names)
        ),
        act.anchor,
    )
    opening = re.match(
        r"(?:In|On|As|At|For|With|Since|During|After|Before|Prior|According|Through|Under|Pursuant|By)\b[^,]*,\s*",
        words,
    )
    first = at + opening.end() if opening and any(opening.end() + at <= n.span.start < ends for n in names) else at
    if _PRONOUN.search(words[: act.anchor - at]):
        return ()
    return listed(sentence, names, first, min(ends, act.anchor))


def _leftwards(sentence: Span, near: Sequence[Name]) -> list[Name]:
    """The list that ends with the last name: those before it that only commas, 'and' and brackets part."""
    at = sentence.start
    group = [near[-1]]
    for name in reversed(near[:-1]):
        first = group[0].title.start if group[0].title else group[0].span.start
        between = sentence.words[name.span.end - at : first - at]
        if within_brackets(sentence.words[: name.span.start - at]):
            continue
        if (
            not re.fullmatch(
                r"\s*(?:\([^)]*\))?\s*(?:,\s*(?:and\s+|as well as\s+)?|\s+and\s+|\s+as well as\s+|;\s*(?:and\s+)?)(?:the\s+)?(?:[\w.]+-based\s+)?(?:(?:his|her|its|their)\s+[a-z-]+(?:\s[a-z-]+)?,?\s+)?",  # noqa: E501  # one pattern, read as a whole
                between,
            )
            or name.owner
        ):
            break
        group.insert(0, name)
    return group


def _antecedent(  # noqa: PLR0911  # one return for each way in which an antecedent is put
    act: Act, sentence: Span, names: Sequence[Name]
) -> tuple[Name, ...]:
    """The name before a relative word or a participle; the list of them before 'all of whom'."""
    at, words = sentence.start, sentence.words
    lead = words[: act.anchor - at]
    near = [n for n in names if n.span.end <= act.anchor and not within_brackets(words[: n.span.start - at])]
    if not near:
        return ()
    if _PEOPLE_LAST.search(lead):
        return ()
    last = near[-1]
    between = lead[last.span.end - at :]
    several = re.match(r"(?:all|both|each)\s+of", words[act.anchor - at :])
    if several and re.fullmatch(r"\s*(?:\([^)]*\))?[\s,]*", between):
        group = tuple(_leftwards(sentence, near))
        return () if _COUNTED_OF.search(around(sentence, group[0], at)[0]) else group
    adjacent = not last.owner and re.fullmatch(r"['\u2019]?\s*(?:\([^)]*\))?[\s,]*(?:and\s+|\()?", between) is not None
    if adjacent and between.endswith("and ") and PREPOSITION.search(around(sentence, last, at)[0]):
        adjacent = False  # 'a firm run by B and designated in 2019' speaks of the firm
    if adjacent and act.voice is Voice.REDUCED and re.match(r"(?:all|both|each)\b", words[act.anchor - at :]):
        return tuple(_leftwards(sentence, near))
    apposed = _SET_OFF.search(lead)
    if apposed and act.voice is not Voice.ATTRIBUTE:
        head = [
            n
            for n in near
            if n.span.end <= at + apposed.start() and words[n.span.end - at : apposed.start()].strip() == ""
        ]
        opens = words[act.anchor - at :]
        of_head = last.is_organisation and (
            opens.startswith("who") or (opens.startswith("which is") and "," not in between)
        )  # 'A, a unit of B which is listed' speaks of A, 'A, a unit of B, which is listed' of B
        if head and (not adjacent or of_head):
            return tuple(head[-1:])
    if adjacent:
        several = re.match(r"(?:who|which|that)\s+(?:were|are|have)\b", words[act.anchor - at :])
        return tuple(_leftwards(sentence, near)) if several else (last,)
    return ()
