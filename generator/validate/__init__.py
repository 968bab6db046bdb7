"""What editors wrote becomes the model, with every problem collected in one run.

records (one YAML file), transcript and recording; then references, quotes and rules within a case; then the corpus.
"""

from __future__ import annotations

from generator.validate.corpus import Checked, load_corpus

__all__ = ["Checked", "load_corpus"]
