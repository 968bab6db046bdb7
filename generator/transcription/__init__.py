"""Upstream and optional: recordings become transcripts that an editor corrects. Only this room knows Whisper."""
