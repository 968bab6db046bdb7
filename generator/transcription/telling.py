"""What a run of transcriptions tells the editor, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from generator.pages.clock import clock
from generator.texts import Texts
from generator.transcription.plan import Refusal
from generator.transcription.progress import length
from generator.transcription.transcribe import Outcome, Prospect
from generator.transcription.values import TranscriptionError

QUOTED = 40
"""Characters of a line that is no longer heard: enough to know it again."""


class Teller:
    """Words for what is planned and what came of it, in one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def error(self, error: TranscriptionError) -> str:
        """Why something cannot be done, and what to do. A reason inside it, as of a worker, is told likewise."""
        values = {
            name: self.error(value) if isinstance(value, TranscriptionError) else value
            for name, value in error.values.items()
        }
        return TranscriptionError(error.message, **values).told(self._texts.gettext)

    def refusal(self, refusal: Refusal) -> str:
        """Why a case is not transcribed."""
        return self.error(refusal.reason)

    def nothing_to_do(self) -> str:
        """Every recording has its transcript."""
        return self._texts.gettext(
            "Every recording has a transcript. To transcribe one again, name its case: casebook transcribe CASE"
        )

    def prospect(self, prospect: Prospect) -> Iterator[str]:
        """What would be done to one case."""
        task = prospect.task
        if prospect.error is not None:
            yield self.error(prospect.error)
            return
        yield self._say(
            "{target}: {duration} with {engine}, {model}, {language}",
            target=task.target.as_posix(),
            duration=length(task.duration_s),
            engine=task.settings.engine,
            model=task.settings.model,
            language=task.settings.language,
        )
        if prospect.is_heard:
            yield "  " + self._texts.gettext("heard before with these settings: it is not listened to again")
        if prospect.lines:
            yield "  " + self._say(
                "a transcript of {lines} lines is there: {fixed} of them are corrected or cited, and stay",
                lines=prospect.lines,
                fixed=prospect.fixed,
            )

    def outcome(self, outcome: Outcome) -> Iterator[str]:
        """What came of one case."""
        if outcome.error is not None:
            yield self.error(outcome.error)
            return
        target, merged = outcome.task.target.as_posix(), outcome.merged
        if merged is None:
            return
        if merged.is_same:
            yield self._say("{target}: as it was, for the engine hears the same again", target=target)
            return
        yield self._count("{target}: {count} line", "{target}: {count} lines", len(merged.cues), target=target)
        if merged.unsure:
            yield "  " + self._count("{count} line to verify by ear", "{count} lines to verify by ear", merged.unsure)
        if outcome.had_lines:
            yield "  " + self._say(
                "as they were: {kept}, new words: {changed}, new lines: {added}",
                kept=len(merged.kept),
                changed=len(merged.changed),
                added=len(merged.added),
            )
        for cue in merged.went:
            yield "  " + self._say(
                "no longer heard, and gone: {id} {at} {words}",
                id=cue.id,
                at=clock(cue.start_s),
                words=_beginning(cue.text),
            )
        for cue in merged.unheard:
            yield "  " + self._say(
                "no longer heard, but corrected or cited, so it stays: {id} {at}", id=cue.id, at=clock(cue.start_s)
            )
        for cue in merged.left_out:
            yield "  " + self._say(
                "heard in the middle of a quote, so it was left out: {at} {words}",
                at=clock(cue.start_s),
                words=_beginning(cue.text),
            )

    def summary(self, asked: int, failed: int) -> str:
        """How many of all went well."""
        if failed:
            return self._say(
                "{done} of {asked} transcribed; {failed} not, for the reasons above.",
                done=asked - failed,
                asked=asked,
                failed=failed,
            )
        return self._count("{count} recording transcribed.", "{count} recordings transcribed.", asked)

    def _say(self, message: str, **values: object) -> str:
        return self._texts.gettext(message).format_map(values)

    def _count(self, one: str, many: str, number: int, **values: object) -> str:
        return self._texts.ngettext(one, many, number).format_map({"count": number, **values})


def _beginning(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
