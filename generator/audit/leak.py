"""Something that a site says and must not."""

from __future__ import annotations

from dataclasses import dataclass

from generator.publication.secrets import Secret


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """One secret in one file. It tells where the secret stands in the cases, and never the secret itself."""

    file: str
    """From the site's folder: `cases/2025-07-rugged-laptop/index.html`."""
    where: str
    """`line 12`, `address`, `tag title`, `search index`."""
    what: str
    """A kind of secret: `name`, `term`, `folder`, `title`, `words`."""
    source: str
    """Where it stands in the folder of cases: `2025-07-rugged-laptop/case.yml customer.name`."""

    @classmethod
    def of(cls, secret: Secret, file: str, where: str) -> Leak:
        """The leak of a secret."""
        return cls(file, where, secret.kind.value, secret.source)

    def __str__(self) -> str:
        """One line for the editor; without signs that a terminal would act on."""
        file = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in self.file)
        return f"{file}: {self.what} ({self.source}), {self.where}"
