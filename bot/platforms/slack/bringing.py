"""What somebody takes away, brought into their own conversation: a file, or a canvas of Slack's own."""

from bot.core.words import Language, PersonId
from bot.engine.errors import CandorError
from bot.engine.papers import File
from bot.platforms.slack import answers, canvases, files
from bot.platforms.slack.asides import Asides
from bot.platforms.slack.calls import Calls


async def bring(
    calls: Calls, asides: Asides, person: PersonId, file: File, language: Language
) -> None:
    """Bring it, or say why not. Raises as `Calls.call` does, where not even that can be said."""
    if file.page and await _as_canvas(calls, asides, person, file, language):
        return
    why = await files.bring(calls, await asides.home(person), file)
    if why is not None:
        await asides.whisper(person, answers.sentence(why, language))


async def _as_canvas(
    calls: Calls, asides: Asides, person: PersonId, file: File, language: Language
) -> bool:
    """The file as a canvas; what Slack refuses is said, and then it comes as a file."""
    try:
        url = await canvases.make(calls, person, file)
    except CandorError as error:
        why = canvases.NOT_MADE.fill(why=error.text)
        await asides.whisper(person, answers.sentence(why, language))
        return False
    said = answers.sentence(canvases.MADE, language)
    await asides.whisper(person, canvases.linked(said, canvases.OPEN.to(language), url))
    return True
