-- An empty project of format 3. Never changed: later versions must open it.
PRAGMA application_id = 1347244619;
PRAGMA user_version = 3;
CREATE TABLE annotation (
  id TEXT NOT NULL,
  article TEXT NOT NULL,
  layer TEXT NOT NULL,
  type TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  fragments TEXT NOT NULL,
  attributes TEXT NOT NULL,
  record TEXT,
  certainty TEXT NOT NULL,
  comment TEXT NOT NULL,
  evidence TEXT NOT NULL,
  origin TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  version INTEGER NOT NULL,
  codebook_revision INTEGER NOT NULL,
  deleted_at TEXT,
  CONSTRAINT pk_annotation PRIMARY KEY (id),
  CONSTRAINT fk_annotation_article FOREIGN KEY(article) REFERENCES article (id),
  CONSTRAINT fk_annotation_record FOREIGN KEY(record) REFERENCES record (id)
);
CREATE TABLE annotator (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  CONSTRAINT pk_annotator PRIMARY KEY (id),
  CONSTRAINT uq_annotator_name UNIQUE (name)
);
CREATE TABLE article (
  position INTEGER NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  source TEXT NOT NULL,
  url TEXT NOT NULL,
  author TEXT NOT NULL,
  published TEXT NOT NULL,
  language TEXT NOT NULL,
  metadata TEXT NOT NULL,
  origin TEXT NOT NULL,
  version INTEGER NOT NULL,
  deleted_at TEXT,
  text TEXT NOT NULL,
  CONSTRAINT pk_article PRIMARY KEY (position),
  CONSTRAINT uq_article_id UNIQUE (id)
);
CREATE VIRTUAL TABLE article_search USING fts5(
    title, text, content='article', content_rowid='position',
    tokenize="unicode61 remove_diacritics 2"
);
CREATE TABLE bookmark (
  article TEXT NOT NULL,
  layer TEXT NOT NULL,
  "offset" INTEGER NOT NULL,
  note TEXT NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_bookmark PRIMARY KEY (article, layer, "offset"),
  CONSTRAINT fk_bookmark_article FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE codebook (
  revision INTEGER NOT NULL,
  body TEXT NOT NULL,
  CONSTRAINT pk_codebook PRIMARY KEY (revision)
);
CREATE TABLE journal (
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  layer TEXT NOT NULL,
  article TEXT,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  step INTEGER NOT NULL,
  merge_key TEXT NOT NULL,
  command TEXT NOT NULL,
  inverse TEXT NOT NULL,
  CONSTRAINT pk_journal PRIMARY KEY (seq)
);
CREATE TABLE project (
  "key" TEXT NOT NULL,
  value TEXT NOT NULL,
  CONSTRAINT pk_project PRIMARY KEY ("key")
);
CREATE TABLE receipt (
  id TEXT NOT NULL,
  at TEXT NOT NULL,
  "by" TEXT NOT NULL,
  path TEXT NOT NULL,
  format TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  document TEXT NOT NULL,
  CONSTRAINT pk_receipt PRIMARY KEY (id)
);
CREATE TABLE record (
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL,
  attributes TEXT NOT NULL,
  external TEXT NOT NULL,
  folded TEXT NOT NULL,
  version INTEGER NOT NULL,
  deleted_at TEXT,
  CONSTRAINT pk_record PRIMARY KEY (id)
);
CREATE TABLE rejection (
  article TEXT NOT NULL,
  layer TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote TEXT NOT NULL,
  suggester TEXT NOT NULL,
  version INTEGER NOT NULL,
  CONSTRAINT pk_rejection PRIMARY KEY (article, layer, id),
  CONSTRAINT fk_rejection_article FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE relation (
  id TEXT NOT NULL,
  article TEXT NOT NULL,
  layer TEXT NOT NULL,
  role TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  attributes TEXT NOT NULL,
  version INTEGER NOT NULL,
  deleted_at TEXT,
  CONSTRAINT pk_relation PRIMARY KEY (id),
  CONSTRAINT fk_relation_article FOREIGN KEY(article) REFERENCES article (id),
  CONSTRAINT fk_relation_source FOREIGN KEY(source) REFERENCES annotation (id),
  CONSTRAINT fk_relation_target FOREIGN KEY(target) REFERENCES annotation (id)
);
CREATE TABLE status (
  article TEXT NOT NULL,
  layer TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  CONSTRAINT pk_status PRIMARY KEY (article, layer),
  CONSTRAINT fk_status_article FOREIGN KEY(article) REFERENCES article (id)
);
CREATE INDEX annotation_commented ON annotation (layer, article) WHERE comment <> '';
CREATE INDEX annotation_place ON annotation (article, layer, deleted_at);
CREATE INDEX annotation_record ON annotation (record) WHERE record IS NOT NULL;
CREATE INDEX annotation_unsure ON annotation (layer, article) WHERE certainty = 'unsure';
CREATE INDEX article_live ON article (deleted_at);
CREATE INDEX article_published ON article (deleted_at, published);
CREATE INDEX article_sha256 ON article (sha256);
CREATE INDEX article_source ON article (deleted_at, source COLLATE NOCASE);
CREATE INDEX article_title ON article (deleted_at, title COLLATE NOCASE);
CREATE INDEX journal_stack ON journal (article, "by");
CREATE INDEX journal_step ON journal (step);
CREATE INDEX record_kind ON record (kind, name);
CREATE INDEX relation_place ON relation (article, layer);
CREATE INDEX relation_source ON relation (source);
CREATE INDEX relation_target ON relation (target);
CREATE INDEX status_state ON status (layer, state);
