"""An application over the tests' store, with a pipeline that gives prepared extractions."""

from __future__ import annotations

from factory import make_extraction
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from graph.settings import Settings
from graph.store import GraphStore
from schema.errors import ArticleError
from schema.model import Article, Extraction

BASE = "http://localhost"


class PreparedPipeline:
    """Gives the hand-made extraction under the article's own id; an article "broken" is refused."""

    def extract(self, article: Article) -> Extraction:
        if "broken" in article.text:
            raise ArticleError(f"{article.id}: it holds no sentence")
        return make_extraction(article.id, date=article.date, source=article.source or "وكالة الأنباء")


def api_client(store: GraphStore, settings: Settings, **api_settings: object) -> TestClient:
    """A client of an application over the store; keywords are settings of the API."""
    given = ApiSettings(_env_file=None, rate_limit=0).model_copy(update=api_settings)  # type: ignore[call-arg]
    app = create_app(settings, api_settings=given, store=store, pipeline=PreparedPipeline())
    return TestClient(app, base_url=BASE, raise_server_exceptions=False)
