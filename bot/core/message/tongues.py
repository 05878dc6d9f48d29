"""Which of the two languages a text is written in, and how many words it has there."""

from bot.core.words import Language


def is_foreign(text: str, language: Language) -> bool:
    """Whether the text is written in the other language."""
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    latin = [word for word in text.split() if word[:1].isascii() and word[:1].isalpha()]
    if language == "en":
        return chinese > 3 * len(latin) or chinese > 12
    return not chinese and len(latin) > 2 and sum(word.islower() for word in latin) > 1


def count_words(text: str, language: Language) -> int:
    """English words; in Chinese the characters, with a number or a Latin word as one."""
    if language == "en":
        return sum(any(c.isalnum() for c in word) for word in text.split())
    spaced = "".join(f" {c} " if "\u3400" <= c <= "\u9fff" else c for c in text)
    return sum(any(c.isalnum() for c in word) for word in spaced.split())


def language_of(text: str, otherwise: Language) -> Language:
    """The language that most of a text is written in; `otherwise` for one without words."""
    if not any(letter.isalpha() for letter in text):
        return otherwise
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    latin = sum(letter.isascii() and letter.isalpha() for letter in text)
    return "zh" if chinese * 3 > latin else "en"
