-- The tables of a story. Offsets are half-open code points into articles.text (or articles.title where
-- statements.part says so). Ids are content hashes: a rebuild changes none of them. Times are UTC.

CREATE TABLE articles (
    article_id    VARCHAR PRIMARY KEY,
    outlet        VARCHAR,
    url           VARCHAR,
    title         VARCHAR,
    byline        VARCHAR,
    published_at  TIMESTAMP,          -- UTC; null where the date is missing or impossible
    language      VARCHAR,
    text          VARCHAR NOT NULL,   -- NFC, boilerplate removed
    source_file   VARCHAR NOT NULL,   -- relative to the story's folder
    source_line   INTEGER,            -- the record's line in a .jsonl or .csv file
    source_sha256 VARCHAR NOT NULL,   -- of the file's bytes
    duplicate_of  VARCHAR,            -- the earliest article with the same text
    near_duplicate_of VARCHAR,        -- the earliest article that this one reprints in part
    version_of    VARCHAR             -- the earliest version of this article at its outlet
);

CREATE TABLE removed (                -- nothing vanishes silently
    article_id  VARCHAR,              -- null where no article came of it
    source_file VARCHAR NOT NULL,
    line        INTEGER,
    kind        VARCHAR NOT NULL,     -- boilerplate, headline, metadata, date, record, file, copy, review
    text        VARCHAR NOT NULL,     -- what was taken out
    reason      VARCHAR NOT NULL      -- one sentence
);

CREATE TABLE actors (
    actor_id    VARCHAR PRIMARY KEY,
    name        VARCHAR NOT NULL,
    kind        VARCHAR NOT NULL,     -- person, organisation, government, group, outlet
    wikidata_id VARCHAR
);

CREATE TABLE roles (
    actor_id   VARCHAR,               -- null means unresolved
    actor      VARCHAR,               -- the name the article gives
    role       VARCHAR NOT NULL,
    from_date  DATE,
    to_date    DATE,
    article_id VARCHAR,               -- null where actors.csv says so
    start_char INTEGER,
    end_char   INTEGER
);

CREATE TABLE mentions (
    article_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    text       VARCHAR NOT NULL,
    actor_id   VARCHAR,
    kind       VARCHAR NOT NULL,      -- name, alias, role, metonym, pronoun
    label      VARCHAR NOT NULL,      -- what the recogniser took it for: person, organisation, place, group
    actor      VARCHAR,               -- the actor's fullest name in this article
    confidence DOUBLE NOT NULL
);

CREATE TABLE statements (
    statement_id   VARCHAR PRIMARY KEY,
    article_id     VARCHAR NOT NULL,
    part           VARCHAR NOT NULL,  -- text or title: which of the two the offsets count in
    form           VARCHAR NOT NULL,  -- direct, mixed, indirect
    act            VARCHAR NOT NULL,  -- say, ask, promise, deny, accuse, demand, believe, intend, show
    content        VARCHAR NOT NULL,
    content_spans  INTEGER[][] NOT NULL,
    cue            VARCHAR,
    cue_start      INTEGER,
    cue_end        INTEGER,
    source         VARCHAR,
    source_start   INTEGER,
    source_end     INTEGER,
    speaker        VARCHAR,           -- the speaker's fullest name in this article
    described      VARCHAR,           -- the article's words for a speaker whom it does not name
    speaker_id     VARCHAR,           -- null means unresolved
    role           VARCHAR,           -- the speaker’s on the day it was made
    relay          VARCHAR[] NOT NULL,
    relay_ids      VARCHAR[] NOT NULL, -- agency, channel: outermost first
    within_id      VARCHAR,           -- the statement that this one is part of
    condition      VARCHAR,
    negated        BOOLEAN NOT NULL,
    said_from      DATE,
    said_to        DATE,
    said_precision VARCHAR NOT NULL,  -- day, week, month, year, report, open, unknown
    reported_at    TIMESTAMP,         -- when the article was published
    utterance_id   VARCHAR,
    confidence     DOUBLE NOT NULL
);

CREATE TABLE times (
    article_id VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL,
    text       VARCHAR NOT NULL,
    type       VARCHAR NOT NULL,      -- DATE, TIME, DURATION, SET (TIMEX3)
    value      VARCHAR NOT NULL,
    from_date  DATE,
    to_date    DATE
);

CREATE TABLE events (                  -- what happened, where a dated clause says so
    event_id   VARCHAR PRIMARY KEY,
    article_id VARCHAR NOT NULL,
    what       VARCHAR NOT NULL,      -- the words of the clause
    actor_ids  VARCHAR[] NOT NULL,    -- whom it names
    from_date  DATE NOT NULL,
    to_date    DATE NOT NULL,
    start_char INTEGER NOT NULL,
    end_char   INTEGER NOT NULL
);

CREATE TABLE matters (
    matter_id VARCHAR PRIMARY KEY,
    name      VARCHAR NOT NULL,
    terms     VARCHAR[] NOT NULL
);

CREATE TABLE utterances (
    utterance_id      VARCHAR PRIMARY KEY,
    speaker_id        VARCHAR,
    matter_id         VARCHAR,
    content           VARCHAR NOT NULL, -- the fullest report of it
    said_from         DATE,
    said_to           DATE,
    statements        INTEGER NOT NULL,
    outlets           INTEGER NOT NULL,
    origins           INTEGER,          -- reports of it, the reprints of one article counted once
    first_reported_at TIMESTAMP,
    first_outlet      VARCHAR
);

CREATE TABLE contradictions (
    contradiction_id VARCHAR PRIMARY KEY,
    utterance_a      VARCHAR NOT NULL,
    utterance_b      VARCHAR NOT NULL,
    kind             VARCHAR NOT NULL, -- denial, position change, dispute, number, reported
    score            DOUBLE NOT NULL,
    reason           VARCHAR NOT NULL,
    explanation      VARCHAR,          -- what may make both true: a condition, another day, a role, a namesake
    article_id       VARCHAR,          -- where an article itself reports it: the words that do
    start_char       INTEGER,
    end_char         INTEGER,
    status           VARCHAR NOT NULL, -- lead, confirmed, dismissed
    reviewer         VARCHAR,
    note             VARCHAR,
    reviewed_on      DATE
);

CREATE TABLE build (                   -- what the tables were made from
    story       VARCHAR NOT NULL,
    folder      VARCHAR NOT NULL,
    inputs      VARCHAR NOT NULL,      -- hash of every input file and of the code that read it
    annotator   VARCHAR NOT NULL       -- hash of the code and model that annotated
);
