"""What is wrong with a form, at the block it belongs to, as Wagtail shows it.

A place is the way to a block: numbers lead into streams and lists, names into the parts of a block, such as
(2, "questions", 0, "label_hy").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from wagtail.blocks import StructBlockValidationError
from wagtail.blocks.list_block import ListBlock, ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlock, StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlock

Place = tuple[int | str, ...]


@dataclass(frozen=True)
class Problem:
    """`block` is the id of the question, part or page in which it stands, "" for the form as a whole."""

    place: Place
    message: str
    block: str = ""


def as_error(block: Any, value: Any, problems: list[Problem]) -> ValidationError | None:
    """All problems as the one error of a block with this value; None when there are none. Places begin below it."""
    if not problems:
        return None
    here = [ValidationError(each.message) for each in problems if not each.place]
    inner: dict[Any, list[Problem]] = {}
    for each in problems:
        if each.place:
            inner.setdefault(each.place[0], []).append(Problem(each.place[1:], each.message))
    found: dict[Any, ValidationError] = {}
    for step, several in inner.items():
        error = as_error(*_below(block, value, step), several)
        if error is not None:
            found[step] = error
    if isinstance(block, StreamBlock):
        return StreamBlockValidationError(block_errors=found, non_block_errors=ErrorList(here))
    if isinstance(block, ListBlock):
        return ListBlockValidationError(block_errors=found, non_block_errors=ErrorList(here))
    if isinstance(block, StructBlock):
        return StructBlockValidationError(block_errors=found, non_block_errors=ErrorList(here))
    return here[0]


def _below(block: Any, value: Any, step: Any) -> tuple[Any, Any]:
    """The block and the value one step further in."""
    if isinstance(block, StreamBlock):
        return value[step].block, value[step].value
    if isinstance(block, ListBlock):
        return block.child_block, value[step]
    return block.child_blocks[step], value[step]
