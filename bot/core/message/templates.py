"""The sentences' templates: a closed corner of Jinja2, checked when a playbook is loaded.

A template may print fields, test them, and loop once over the rows of a field. It may not call,
reach for attributes beyond the views, or loop over anything else; so it always comes to an end.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from jinja2 import Template, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.core.message.filters import FILTERS, printed
from bot.core.message.views import VIEW_ATTRIBUTES, AmountView, ChoiceView, DateView
from bot.core.playbook import Field
from bot.core.words import LANGUAGES, Language

TEMPLATE_LIMIT = 2_000  # characters of one template
OUTPUT_LIMIT = 10_000  # characters of one sentence, on top of what its answers may fill

_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_TESTS = frozenset({"defined", "undefined", "none", "string", "number", "true", "false", "in"})
_BUILT_IN = frozenset({"default", "first", "last", "length", "lower", "upper", "trim"})
_NODES = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Tuple,
    nodes.List, nodes.Filter, nodes.Test, nodes.If, nodes.For, nodes.Getattr, nodes.Getitem,
    nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat,
    nodes.Add, nodes.Sub, nodes.Neg, nodes.Keyword, nodes.Assign,
)  # fmt: skip


class TemplateRefused(ValueError):
    """A template does what a playbook's sentence may not do; the message says what."""


class _Missing(Undefined):
    """A field without an answer: false in a test, no rows in a loop, refused when printed."""

    __slots__ = ()

    def __str__(self) -> str:
        return str(self._fail_with_undefined_error())


class _Corner(ImmutableSandboxedEnvironment):
    """Jinja2 without calls, globals or attributes beyond the views."""

    def __init__(self, language: Language) -> None:
        super().__init__(
            undefined=_Missing,
            autoescape=False,
            finalize=printed(language),
            cache_size=0,
        )
        self.globals.clear()
        built_in = {name: self.filters[name] for name in _BUILT_IN}
        self.filters = {**built_in, **FILTERS[language]}
        self.tests = {name: self.tests[name] for name in _TESTS}

    def getattr(self, obj: object, attribute: str) -> object:
        """The column of a row, or one of the few attributes of a view or of `loop`."""
        match obj:
            case Mapping():
                found = obj.get(attribute, self.undefined(obj=obj, name=attribute))
            case LoopContext() if attribute in _LOOP:
                found = getattr(obj, attribute)
            case DateView() | AmountView() | ChoiceView() if attribute in VIEW_ATTRIBUTES:
                found = getattr(obj, attribute)
            case _Missing():
                found = self.undefined(obj=obj, name=attribute)
            case _:
                raise SecurityError(f"it reaches for the attribute {attribute}")
        return found

    def getitem(self, obj: object, argument: object) -> object:
        """The column of a row, or the n-th row."""
        if isinstance(obj, tuple) and isinstance(argument, int):
            return obj[argument] if -len(obj) <= argument < len(obj) else self.undefined()
        return self.getattr(obj, str(argument))


def render(source: str, language: Language, values: Mapping[str, object], *, limit: int) -> str:
    """The template filled with `values`, up to `limit` characters.

    Raises TemplateRefused when it does not compile, misses a value or grows beyond the limit.
    """
    parts: list[str] = []
    size = 0
    try:
        for part in compiled(source, language).generate(dict(values)):
            if language == "zh" and parts and _run_together(parts[-1], part):
                parts.append(" ")
            parts.append(part)
            size += len(part)
            if size > limit:
                raise TemplateRefused(f"it grows beyond {limit} characters")
    except (TemplateError, TypeError, ArithmeticError) as error:
        raise TemplateRefused(str(error) or type(error).__name__) from error
    return "".join(parts)


@lru_cache(maxsize=4096)
def compiled(source: str, language: Language) -> Template:
    """The compiled template, kept by its words and language. Raises TemplateRefused."""
    parsed(source, language)
    return _CORNERS[language].from_string(source)


@lru_cache(maxsize=4096)
def names(source: str, language: Language) -> frozenset[str]:
    """The variables a template uses, loop variables aside. Raises TemplateRefused."""
    own = {"loop"}
    used: set[str] = set()
    for name in parsed(source, language).find_all(nodes.Name):
        (own if name.ctx == "store" else used).add(name.name)
    return frozenset(used - own)


@lru_cache(maxsize=4096)
def parsed(source: str, language: Language) -> nodes.Template:
    """The template's tree. Raises TemplateRefused for all that a sentence may not do."""
    if len(source) > TEMPLATE_LIMIT:
        raise TemplateRefused(f"it has {len(source)} characters; {TEMPLATE_LIMIT} are the most")
    try:
        tree = _CORNERS[language].parse(source)
    except (TemplateError, RecursionError) as error:
        raise TemplateRefused(f"it is not a template: {error}") from error
    for reason in _refusals(tree):
        raise TemplateRefused(reason)
    return tree


def column_problems(source: str, language: Language, fields: Mapping[str, Field]) -> Iterator[str]:
    """Every column a loop asks for that its field does not have, and loops over other kinds."""
    for loop in parsed(source, language).find_all(nodes.For):
        field = fields.get(_name(loop.iter))
        if field is None or field.kind not in ("rows", "choices"):
            yield f"it loops over {_name(loop.iter) or 'an expression'}, which has no rows"
            continue
        known = {c.id for c in field.columns}
        for reached in loop.find_all(nodes.Getattr):
            of_row = _name(reached.node) == _name(loop.target) and field.kind == "rows"
            if of_row and reached.attr not in known:
                yield f"{field.id} has no column {reached.attr}"


def _run_together(before: str, after: str) -> bool:
    """Whether a space is missing: Chinese puts none between two answers, Latin words need one."""
    pair = before[-1:] + after[:1]
    if len(pair) < 2 or pair[1].isspace():
        return False
    latin = pair.isascii() and pair[0].isalnum() and pair[1].isalpha()
    return latin or (pair[0] in ".!?" and pair[1].isalpha())


def _refusals(tree: nodes.Template) -> Iterator[str]:
    for node in _walk(tree):
        match node:
            case nodes.Getattr(attr=attribute) if attribute.startswith("_"):
                yield f"it reaches for the attribute {attribute}"
            case nodes.Getattr() | nodes.Getitem() if not _reachable(node.node):
                yield "it reaches for an attribute of an expression; name a field and a column"
            case nodes.For() if not _name(node.iter) or node.recursive:
                yield "it loops over an expression; loop over a field of rows"
            case nodes.For() if any(node.find_all(nodes.For)):
                yield "it has a loop inside a loop"
            case nodes.Filter(name=name) if name not in FILTERS["en"] and name not in _BUILT_IN:
                yield f"there is no filter {name}"
            case nodes.Call():
                yield "it calls something; a template may only use filters"
            case _:
                if not isinstance(node, _NODES):
                    yield f"it uses {type(node).__name__.lower()}, which a sentence may not"


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _reachable(node: nodes.Node) -> bool:
    """Whether attributes may be asked of it: a name, or one row of a name."""
    return bool(_name(node.node if isinstance(node, nodes.Getitem) else node))


def _name(node: nodes.Node) -> str:
    return node.name if isinstance(node, nodes.Name) else ""


_CORNERS: Mapping[Language, _Corner] = {language: _Corner(language) for language in LANGUAGES}
