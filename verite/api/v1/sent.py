"""What the API takes. Programs lean on these as on ``objects``: a field may come, if it may be left out."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, Field

from verite.accounts.names import LONGEST_NAME
from verite.discussion.remarks import LONGEST_SOURCE, Kind
from verite.discussion.words import MOST_CHARACTERS

LARGEST_PART = 10**6
LARGEST_SECOND = 10**6
LARGEST_ID = 10**18 - 1  # as addresses have it (see core.routes)


def _whole(sent: object) -> object:
    """JSON may say 7.0 and mean 7."""
    return int(sent) if isinstance(sent, float) and sent.is_integer() else sent


_Whole = BeforeValidator(_whole)  # last: bounds that stand after it are kept, but not described
ParentId = Annotated[int, Field(strict=True, ge=1, le=LARGEST_ID), _Whole]
Second = Annotated[int, Field(strict=True, ge=0, le=LARGEST_SECOND), _Whole]
Vote = Annotated[int, Field(strict=True, ge=-1, le=1), _Whole]
Stars = Annotated[int, Field(strict=True, ge=1, le=10), _Whole]


class Sent(Schema):
    """A body. What is not described is refused rather than overlooked."""

    model_config = ConfigDict(extra="forbid")


class PassageSent(Sent):
    """Words of the review: where they stand more than once, what stands around them decides."""

    on: Literal["review"]
    exact: Annotated[str, Field(min_length=1, description="The words as a reader sees them, without tags.")]
    prefix: Annotated[str, Field(description="What stands before them; 32 characters are enough.")] = ""
    suffix: Annotated[str, Field(description="What stands after them.")] = ""


class MomentSent(Sent):
    """A second of a part, or a stretch of it."""

    on: Literal["part"]
    part: Annotated[
        int, Field(strict=True, ge=1, le=LARGEST_PART, description="Its position, from 1."), _Whole
    ]
    start: Annotated[Second, Field(description="In seconds from the beginning of the part.")]
    end: Annotated[Second | None, Field(description="Where a stretch ends.")] = None


class CommentSent(Sent):
    """A comment to be posted."""

    body: Annotated[
        str,
        # The discussion counts them, without what cannot be seen, and refuses in words of its own.
        Field(
            description=f"In the subset of Markdown that comments have; {MOST_CHARACTERS:,} characters at most."
            " `12:34` and `1:02:03` lead to that moment of the film, `#2 12:34` to one of its second part.",
            json_schema_extra={"minLength": 1},
        ),
    ]
    parent: Annotated[ParentId | None, Field(description="The comment that is answered.")] = None
    name: Annotated[
        str | None,
        Field(
            description=f"How a guest signs, in {LONGEST_NAME} characters at most; empty is nameless, left out is"
            " as last time."
        ),
    ] = None
    kind: Annotated[
        str,
        Field(
            description="What it is: `comment`, `question`, `asks` (for a source), `source` (gives one) or"
            " `correction`.",
            json_schema_extra={"enum": [kind.value for kind in Kind]},
        ),
    ] = Kind.COMMENT.value
    source: Annotated[
        str,
        Field(
            description=f"The address that one of kind `source` gives, in {LONGEST_SOURCE} characters at most;"
            " beside another kind it is left out."
        ),
    ] = ""
    anchor: Annotated[
        Annotated[PassageSent | MomentSent, Field(discriminator="on")] | None,
        Field(description="What it is a note on: words of the review, or a moment of a part."),
    ] = None


class VoteSent(Sent):
    """A vote: helpful (1), not helpful (-1), taken back (0)."""

    value: Vote


class RatingSent(Sent):
    """A rating; null takes it back."""

    value: Stars | None
