"""The icons: 16 by 16, drawn in the ink of the words beside them, and always beside a word that says the same."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from markupsafe import Markup

_STROKES = {
    "play": '<path class="cb-icon-solid" d="M5 3.2v9.6L12.8 8z"/>',
    "pause": '<path class="cb-icon-solid" d="M4 3h3v10H4zM9 3h3v10H9z"/>',
    "back": '<path d="M3 3v3.5h3.5M3.3 6.2A5.2 5.2 0 1 1 3 9.5"/>',
    "forward": '<path d="M13 3v3.5H9.5M12.7 6.2A5.2 5.2 0 1 0 13 9.5"/>',
    "link": '<path d="M6.7 9.3 9.3 6.7M7.2 4.6 8.6 3.200a2.97 2.97 0 0 1 4.2 4.200L11.4 8.800M8.8 11.4'
    'L7.4 12.800a2.97 2.97 0 0 1-4.2-4.200L4.6 7.2"/>',
    "copy": '<path d="M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3"/>',
    "follow": '<path d="M8 2v12M4 10l4 4 4-4M2.5 4.500h2M11.5 4.500h2"/>',
    "arrow": '<path d="M3 8h10M9 4l4 4-4 4"/>',
    "down": '<path d="M8 3v10M4 9l4 4 4-4"/>',
    "check": '<path d="m3.5 8.5 3 3 6-7"/>',
    "cross": '<path d="m4 4 8 8M12 4l-8 8"/>',
    "lock": '<path d="M4 7.500h8v6H4zM5.5 7.500v-2a2.5 2.5 0 0 1 5 0v2"/>',
    # Kinds of notes
    "NoteKind.recall": '<path d="M3 3v3.500h3.500M3.3 6.200A5.2 5.2 0 1 1 3 9.500M8.2 5.500v3l2 1.2"/>',
    "NoteKind.reading": '<path d="M1.5 8S4 4 8 4s6.5 4 6.5 4-2.5 4-6.5 4S1.5 8 1.5 8z"/>'
    '<circle cx="8" cy="8" r="1.8"/>',
    "NoteKind.question": '<path d="M5.5 6a2.5 2.5 0 1 1 3.7 2.200c-.8.4-1.2.90-1.2 1.800M8 12.600v.1"/>',
    "NoteKind.objection": '<path d="M8 3v6.500M8 12.600v.1"/>',
    "NoteKind.idea": '<path d="M6 11.500h4M6.5 14h3M8 2a4.2 4.2 0 0 0-2.5 7.600c.4.4.5 1 .5 1.900h4c0-.9.1-1.5.5-1.9'
    'A4.2 4.2 0 0 0 8 2z"/>',
    # How far a claim is proved
    "InsightState.hypothesis": '<circle cx="8" cy="8" r="5.5" stroke-dasharray="2.2 2"/>',
    "InsightState.holds": '<circle cx="8" cy="8" r="5.5"/><path d="m5.5 8.2 1.8 1.8 3.2-3.6"/>',
    "InsightState.refuted": '<circle cx="8" cy="8" r="5.5"/><path d="m6 6 4 4M10 6l-4 4"/>',
    "InsightState.superseded": '<circle cx="8" cy="8" r="5.5"/><path d="M5.3 8h5M8.5 6l2 2-2 2"/>',
    # How far an action has come
    "ActionState.planned": '<circle cx="8" cy="8" r="5.5" stroke-dasharray="2.2 2"/>',
    "ActionState.doing": '<circle cx="8" cy="8" r="5.5"/><path class="cb-icon-solid" d="M8 4.500a3.5 3.5 0 0 1 0 7z"/>',
    "ActionState.done": '<circle cx="8" cy="8" r="5.5"/><path d="m5.5 8.2 1.8 1.8 3.2-3.6"/>',
    "ActionState.dropped": '<circle cx="8" cy="8" r="5.5"/><path d="M5.5 8h5"/>',
    # What a trial brought
    "Verdict.yes": '<circle cx="8" cy="8" r="5.5"/>',
    "Verdict.not_quite": '<path d="M8 3 13.5 12.500h-11z"/>',
    "Verdict.no": '<path d="m4 4 8 8M12 4l-8 8"/>',
    # Turning points
    "CaseType.loyal": '<path d="M8 13.300S2.2 9.9 2.2 6A3 3 0 0 1 8 5a3 3 0 0 1 5.8 1c0 3.9-5.8 7.3-5.8 7.300z"/>',
    "CaseType.switched_to_us": '<path d="M2 8h7M6 5l3 3-3 3M11 3h3v10h-3"/>',
    "CaseType.lost": '<path d="M3 4l10 8M13 12V7.500M13 12H8.5"/>',
    "CaseType.switched_away": '<path d="M7 8h7M11 5l3 3-3 3M5 3H2v10h3"/>',
}


def word_icon(word: StrEnum) -> Markup:
    """The icon of a word of the fixed vocabulary. Raises KeyError for a word that has none."""
    return icon(f"{type(word).__name__}.{word.value}")


_MOUTHS = {
    -2: "M5.2 11.300Q8 8.3 10.8 11.3",
    -1: "M5.5 10.900Q8 9.5 10.5 10.9",
    0: "M5.5 10.400h5",
    1: "M5.5 9.900Q8 11.5 10.5 9.9",
    2: "M5 9.500Q8 13.3 11 9.5",
}


def strokes(name: str) -> str:
    """The strokes of an icon in a 16 by 16 box. Raises KeyError for a name that is not drawn here."""
    return _STROKES[name]


@cache
def icon(name: str) -> Markup:
    """The icon `name`: a plain word such as `play`, or a word of the vocabulary such as `NoteKind.recall`.

    Raises KeyError for a name that is not drawn here.
    """
    return Markup(f'<svg class="cb-icon" viewBox="0 0 16 16" aria-hidden="true">{_STROKES[name]}</svg>')  # noqa: S704 - constants of this file


def face_shapes(feeling: int) -> str:
    """The strokes of a face in a 16 by 16 box for a feeling from -2 to +2."""
    brows = '<path d="m4.3 5 2.2 1M11.7 5l-2.2 1"/>' if feeling == -2 else ""
    eyes = '<path d="M6 6.700v.6M10 6.700v.6"/>'
    return f'<circle cx="8" cy="8" r="6.5"/>{brows}{eyes}<path d="{_MOUTHS[feeling]}"/>'


@cache
def face(feeling: int) -> Markup:
    """A face for a feeling from -2 (angry, anxious) to +2 (delighted): its mouth tells without colour."""
    return Markup(  # noqa: S704 - constants of this file
        f'<svg class="cb-icon cb-face cb-feel-{feeling}" viewBox="0 0 16 16" aria-hidden="true">'
        f"{face_shapes(feeling)}</svg>"
    )
