"""Recordings as files on disk become what a browser plays: one small file that seeks, and its waveform.

Downstream of publication, which says what may be heard and what has to be silent; upstream of the site.
"""

from __future__ import annotations

from generator.media.cache import MediaCache
from generator.media.many import MediaJob, prepare_many
from generator.media.prepare import Media, MediaSettings, prepare_audio

__all__ = ["Media", "MediaCache", "MediaJob", "MediaSettings", "prepare_audio", "prepare_many"]
