"""The gate: who may see what. Everything downstream accepts a `PublicCorpus` and nothing else."""

from generator.publication.gate import publish
from generator.publication.public import PublicCase, PublicCorpus, Withheld, WithholdingReason

__all__ = ["PublicCase", "PublicCorpus", "Withheld", "WithholdingReason", "publish"]
