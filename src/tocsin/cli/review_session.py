"""A session of review: one claim at a time, a key for each decision."""

from collections.abc import Callable, Sequence

from rich.text import Text

from tocsin.api import review as verbs
from tocsin.cli.app import out
from tocsin.cli.keys import Keys
from tocsin.cli.printing import say
from tocsin.cli.review_page import HELP, page, suggested
from tocsin.cli.shown import plain, seen
from tocsin.errors import InputError, TocsinError
from tocsin.record.claim import ClaimStatus
from tocsin.record.review import Waiting
from tocsin.record.store import Record, Verdict
from tocsin.vocabulary import Credibility

DECISIONS = {
    "a": ClaimStatus.ACCEPTED, "r": ClaimStatus.REJECTED, "w": ClaimStatus.WORK_NEEDED, "i": ClaimStatus.ISSUE,
    "x": ClaimStatus.CONFLICT,
}  # fmt: skip
VERDICTS = {"s": Verdict.SAME, "n": Verdict.NOT_SAME, "u": Verdict.UNSURE}


class Session:
    """Goes through a queue, and remembers what it decided so that it can be taken back."""

    def __init__(self, record: Record, queue: Sequence[Waiting], *, by: str, keys: Keys) -> None:
        self.record, self.by, self.keys = record, by, keys
        self.queue = list(queue)
        self.at = 0
        self.decided: list[tuple[int, str, int]] = []

    def run(self) -> int:
        """Until the queue or the keys end; gives the number of decisions that stand."""
        actions: dict[str, Callable[[Waiting], None]] = {
            "c": self._correct, "e": self._resolve, "g": self._grade, "u": self._undo, "n": self._next, "s": self._next,
            "p": self._previous, "?": self._help, "h": self._help,
        }  # fmt: skip
        shown = -1
        while self.at < len(self.queue):
            one = self.queue[self.at]
            if shown != self.at:
                self._show(one)
                shown = self.at
            key = self.keys.key().lower()
            if key == "q":
                break
            try:
                if key in DECISIONS:
                    self._decide(one, DECISIONS[key])
                elif key in actions:
                    actions[key](one)
                else:
                    out.print(plain(f"no such key: {key}"))
                    self._help(one)
            except TocsinError as error:
                out.print(plain(str(error), "red", lines=True))
            if key in "uceg":
                shown = -1
        return len(self.decided)

    def _show(self, one: Waiting) -> None:
        claim = verbs.claim_of(self.record, one.claim.claim_id)
        now = Waiting(claim, one.why, one.contested)
        near, place = verbs.beside(self.record, claim), verbs.place_of(self.record, claim)
        out.print(page(now, place, near, number=self.at + 1, of=len(self.queue)), soft_wrap=True)
        out.print(Text("a accept  r reject  c correct  e who  g grade  s skip  u undo  ? help  q quit", style="dim"))

    def _decide(self, one: Waiting, status: ClaimStatus) -> None:
        if status is ClaimStatus.ACCEPTED:
            why = "" if self.keys.at_terminal else self.keys.line()
        else:
            why = self._reason(verbs.REASONS[status])
        self._done(verbs.decide(self.record, one.claim.claim_id, status, by=self.by, why=why), f"{status}")
        self.at += 1

    def _reason(self, offered: Sequence[str]) -> str:
        """A reason: one that is offered, by its number (the first where nothing is typed), or in the person's words."""
        for number, words in enumerate(offered, start=1):
            say(f"  {number}  {words}")
        answer = self._ask("reason (a number, or words): ")
        if answer.isdecimal() and 1 <= int(answer) <= len(offered):
            return offered[int(answer) - 1]
        if not answer and not self.keys.at_terminal:
            raise InputError("no reason is given", hint=f"write it behind the key, as: r {offered[0]}")
        return answer or offered[0]

    def _ask(self, words: str) -> str:
        if self.keys.at_terminal:
            out.print(Text(words), end="")
        return self.keys.line()

    def _correct(self, one: Waiting) -> None:
        words = self._ask("the words of the text that say it: ")
        if not words:
            raise InputError("no words are given", hint="copy them from the text; the claim is left as it was")
        made = verbs.correct_words(self.record, one.claim.claim_id, words, by=self.by, why="the quote was marked anew")
        entry = self.record.history(one.claim.claim_id)[-1].entry
        self._done(entry, f"corrected; the new claim is {made}")
        self.queue[self.at] = Waiting(verbs.claim_of(self.record, made), "corrected, and proposed again")

    def _grade(self, one: Waiting) -> None:
        for one_of in Credibility:
            say(f"  {one_of.name[1]}  {one_of}")
        number, _, why = self._ask("credibility, and the reason: ").partition(" ")
        if number != "-" and number not in {one_of.name[1] for one_of in Credibility}:
            raise InputError("no such credibility", hint="as: 2 the ministry confirmed it; - takes the grade back")
        grade = None if number == "-" else Credibility[f"C{number}"]
        why = why or self._ask("reason: ")
        self._done(self.record.grade_claim(one.claim.claim_id, grade, by=self.by, why=why), f"graded {number}")

    def _resolve(self, one: Waiting) -> None:
        claim = verbs.claim_of(self.record, one.claim.claim_id)
        named = [(a, e) for a, e in zip(claim.arguments, claim.entities, strict=True) if e is not None]
        for number, (argument, _) in enumerate(named, start=1):
            out.print(plain(f"  {number}  {argument.role}: {argument.words}"))
        chosen = self._ask("which: ")
        first, _, rest = chosen.partition(" ")
        _argument, entity_id = named[_within(first, len(named))]
        found = verbs.suggestions(self.record, entity_id)
        for number, suggestion in enumerate(found, start=1):
            out.print(suggested(number, suggestion, entity_id))
        if not found:
            say("nothing in the record has a name like it")
            return
        answer = rest or self._ask("number, then s same, n not same, u unsure, then the reason: ")
        number_said, _, rest = answer.partition(" ")
        verdict, _, why = rest.partition(" ")
        suggestion = found[_within(number_said, len(found))]
        if verdict[:1] not in VERDICTS:
            raise InputError("no verdict is given", hint="as: 1 s both names stand in one decree")
        why = why or self._ask("reason: ")
        pair = (suggestion.left.entity_id, suggestion.right.entity_id)
        self._done(
            self.record.judge(*pair, VERDICTS[verdict[0]], by=self.by, why=why), f"judged {VERDICTS[verdict[0]]}"
        )

    def _undo(self, _one: Waiting) -> None:
        verbs.undo_last(self.record, [entry for entry, _, _ in self.decided], by=self.by)
        _entry, words, self.at = self.decided.pop()
        say(f"taken back: {seen(words)}")

    def _done(self, entry: int, words: str) -> None:
        self.decided.append((entry, words, self.at))
        say(seen(words))

    def _next(self, _one: Waiting) -> None:
        self.at += 1

    def _previous(self, _one: Waiting) -> None:
        self.at = max(self.at - 1, 0)

    def _help(self, _one: Waiting) -> None:
        say(HELP)


def _within(answer: str, most: int) -> int:
    """A number from 1 to `most`, counted from 0."""
    if not answer.isdecimal() or not 1 <= int(answer) <= most:
        raise InputError(f"'{seen(answer)[:40]}' is none of the numbers", hint=f"give a number from 1 to {most}")
    return int(answer) - 1
