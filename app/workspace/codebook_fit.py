"""What in a project would not fit another codebook, before anybody changes it."""

from collections.abc import Iterator

from app.exchange.consistency import Consistency
from app.exchange.dataset import Bundle, Header
from app.model.codebook import Codebook
from app.workspace.workspace import Workspace


def misfits(workspace: Workspace, codebook: Codebook) -> Iterator[str]:
    """Yield a sentence for everything that the codebook has no place for."""
    header = Header(project=workspace.project, codebook=codebook, records=workspace.all_records())
    checks = Consistency(header)
    for n, (article, annotations, relations, statuses) in enumerate(workspace.export_articles()):
        bundle = Bundle(
            article=article, annotations=annotations, relations=relations, statuses=statuses
        )
        checks.article(n, bundle)
    yield from checks.problems
