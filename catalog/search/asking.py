"""A text that somebody typed, ready to be looked for."""

from dataclasses import dataclass
from typing import Self

from catalog.search.folding import MAX_WORD, fold, is_unspaced, pairs

MAX_LENGTH = 100
MAX_WORDS = 8


@dataclass(frozen=True)
class Asked:
    """`text` folded, its `words`, and `tokens`: the same as the index has them. `joined` is all in one word.

    Texts beyond MAX_LENGTH are cut, words beyond MAX_WORDS left out.
    """

    text: str
    words: tuple[str, ...]
    tokens: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        words = tuple(word[:MAX_WORD] for word in fold(text[:MAX_LENGTH]).split(" ")[:MAX_WORDS] if word)
        tokens: dict[str, None] = {}
        for word in words:
            parts = pairs(word) if is_unspaced(word) else [word]
            # The last letter of several stands in the pair before it.
            tokens.update(dict.fromkeys(parts[:-1] if len(parts) > 1 and len(parts[-1]) == 1 else parts))
        return cls(" ".join(words), words, tuple(tokens))

    @property
    def joined(self) -> str:
        return self.text.replace(" ", "")
