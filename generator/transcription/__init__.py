"""Upstream and optional: recordings become transcripts that an editor corrects by hand. Only this room knows Whisper."""
