"""What can go wrong on a machine, said to the person in front of it."""


class Problem(Exception):
    """One sentence (or two) that says what is wrong and what to do; `details` are a tool's last lines."""

    def __init__(self, sentence: str, details: list[str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details = details or []
