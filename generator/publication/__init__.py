"""The gate: who may see what. Everything downstream accepts a `PublicCorpus` and nothing else."""

from generator.publication.gate import publish
from generator.publication.public import PublicCase, PublicCorpus, PublicDeal, Withheld, WithholdingReason

__all__ = ["PublicCase", "PublicCorpus", "PublicDeal", "Withheld", "WithholdingReason", "publish"]
