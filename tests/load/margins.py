"""Two documents with the same text, one without comments and one with many; prints where they are."""

import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from proposals.comments.domain.anchors import quote_at  # noqa: E402
from proposals.comments.models import Comment, Thread  # noqa: E402
from proposals.editing import log, scribe  # noqa: E402
from proposals.editing.domain.content import Content  # noqa: E402
from proposals.editing.services import seed_content  # noqa: E402
from proposals.portfolio.models import Document  # noqa: E402
from tests.load.world import signed_in  # noqa: E402
from tests.people import people  # noqa: E402
from tests.proposals import make_proposal  # noqa: E402
from workspaces.models import Person  # noqa: E402

SENTENCE = "On a usual day {n} older people wait for a bed that is not free before the evening."
PARAGRAPHS, SENTENCES = 6, 5


def text_of(document: Document) -> Content:
    """About three thousand words."""
    lines = [
        " ".join(SENTENCE.format(n=10 * paragraph + sentence) for sentence in range(SENTENCES))
        for paragraph in range(PARAGRAPHS)
    ]
    sections = document.template.sections.filter(has_prose=True)
    return Content(texts={section.key: "\n\n".join(lines) + "\n" for section in sections})


def comment(document: Document, many: int, *, by: Person) -> None:
    """Threads on words all over the text, as many in each section."""
    epoch = seed_content(document, text_of(document))
    merged = log.merged(epoch.pk)[0]
    keys = list(document.template.sections.filter(has_prose=True).values_list("key", flat=True))
    length = len(text_of(document).texts[keys[0]])
    step = length * len(keys) // max(many, 1)
    stretches = [
        (f"t:{keys[nth % len(keys)]}", 2 + nth // len(keys) * step, 14 + nth // len(keys) * step)
        for nth in range(many)
    ]
    named = [ends for ends in (scribe.name(merged, stretches) if many else []) if ends is not None]
    texts = scribe.place(merged, named).texts if named else {}
    threads = []
    for (root, start, end), ends in zip(stretches, named, strict=True):
        quote = quote_at(texts[root], (start, end))
        threads.append(
            Thread(
                document=document,
                section=root[2:],
                kind="question",
                opened_by=by,
                opened_side="manager",
                anchor_state="anchored",
                start=ends[0].as_json(),
                end=ends[1].as_json(),
                exact=quote.exact,
                prefix=quote.prefix,
                suffix=quote.suffix,
                latest=quote.as_json(),
                placed_epoch=epoch,
                placed_seq=epoch.head,
                placed_from=start,
                placed_to=end,
            )
        )
    rows = Thread.objects.bulk_create(threads)
    Comment.objects.bulk_create(
        [Comment(thread=row, number=1, by=by, side="manager", body="Is that so?") for row in rows]
    )


def main(many: int) -> None:
    call_command("migrate", verbosity=0)
    cast = people()
    references = ["MB-2026-001", "MB-2026-002"]
    for reference, threads in zip(references, (0, many), strict=True):
        comment(make_proposal(cast.pair, reference=reference).documents.get(), threads, by=cast.ben)
    cookies = [signed_in(person) for person in (cast.amara, cast.ben)]
    print(json.dumps({"references": references, "cookies": cookies}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
