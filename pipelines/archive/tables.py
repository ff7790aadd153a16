"""Tables of the ledger, and how those of an earlier version become them; running the scripts is the ledger's work."""

# One script per schema version; PRAGMA user_version counts those applied. A script is never edited, only followed.
MIGRATIONS = (
    """
    CREATE TABLE runs (
        run INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        started TEXT NOT NULL,
        warc_file TEXT UNIQUE,  -- announced before it is made: a file that no run announced is never ours
        state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'recovered')),
        failure TEXT  -- why it stopped, where it did and could say so
    );
    CREATE TABLE warc_files (
        name TEXT PRIMARY KEY REFERENCES runs (warc_file),
        size INTEGER NOT NULL  -- bytes acknowledged
    );
    CREATE TABLE records (  -- every byte of a file belongs to one of its records
        record INTEGER PRIMARY KEY,
        warc_file TEXT NOT NULL REFERENCES warc_files,
        offset INTEGER NOT NULL,
        length INTEGER NOT NULL,
        sha256 TEXT NOT NULL,  -- of the compressed bytes
        kind TEXT NOT NULL,
        UNIQUE (warc_file, offset)
    );
    CREATE TABLE captures (
        capture_id TEXT PRIMARY KEY,
        sequence INTEGER NOT NULL UNIQUE,
        source TEXT NOT NULL,
        url TEXT NOT NULL,
        digest TEXT NOT NULL,
        media_type TEXT NOT NULL,
        status INTEGER NOT NULL,
        first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL,
        current_since TEXT NOT NULL,  -- start of its last uninterrupted stay at its address
        parliament TEXT,
        term INTEGER,
        type TEXT,
        number INTEGER,
        record INTEGER NOT NULL REFERENCES records,  -- the one that holds the payload
        UNIQUE (url, digest)
    );
    CREATE INDEX captures_by_question ON captures (parliament, term, type, number);
    CREATE INDEX captures_by_term ON captures (parliament, term, sequence);
    CREATE TABLE visits (
        visit INTEGER PRIMARY KEY,
        capture_id TEXT NOT NULL REFERENCES captures,
        fetched_at TEXT NOT NULL,
        source TEXT NOT NULL,
        status INTEGER NOT NULL,
        media_type TEXT NOT NULL,
        record INTEGER NOT NULL UNIQUE REFERENCES records,
        UNIQUE (capture_id, fetched_at)
    );
    CREATE TABLE addresses (  -- what each address shows now
        url TEXT PRIMARY KEY,
        capture_id TEXT NOT NULL REFERENCES captures,
        seen TEXT NOT NULL,
        etag TEXT,
        last_modified TEXT
    );
    CREATE TABLE numbers (
        parliament TEXT NOT NULL,
        term INTEGER NOT NULL,
        type TEXT NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('archived', 'not_found', 'failed', 'pending')),
        reason TEXT,
        url TEXT,
        tries INTEGER NOT NULL,
        next_try TEXT,
        updated TEXT NOT NULL,
        PRIMARY KEY (parliament, term, type, number)
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE accounts (
        parliament TEXT NOT NULL,
        term INTEGER NOT NULL,
        type TEXT NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('archived', 'not_found', 'never_published', 'failed', 'pending')),
        reason TEXT,
        url TEXT,
        tries INTEGER NOT NULL,
        next_try TEXT,
        updated TEXT NOT NULL,
        evidence TEXT NOT NULL DEFAULT '',  -- what shows the state, one a line
        PRIMARY KEY (parliament, term, type, number)
    ) WITHOUT ROWID;
    INSERT INTO accounts
        SELECT n.parliament, n.term, n.type, n.number, n.state, n.reason, n.url, n.tries, n.next_try, n.updated,
            coalesce((SELECT a.capture_id FROM addresses AS a WHERE a.url = n.url AND n.state = 'not_found'), '')
        FROM numbers AS n;
    DROP TABLE numbers;
    ALTER TABLE accounts RENAME TO numbers;
    CREATE TABLE bulk_files (  -- files of many questions that were read to their end; the latest of each address
        url TEXT PRIMARY KEY,
        source TEXT NOT NULL,
        parliament TEXT,
        term INTEGER,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        members INTEGER NOT NULL,
        highest INTEGER NOT NULL,
        etag TEXT,
        last_modified TEXT,
        read_at TEXT NOT NULL,
        seen TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    """
    CREATE TABLE shown (  -- which questions each capture shows: one on a page, hundreds in a weekly file
        capture_id TEXT NOT NULL REFERENCES captures,
        parliament TEXT NOT NULL,
        term INTEGER NOT NULL,
        type TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (capture_id, parliament, term, type, number)
    ) WITHOUT ROWID;
    CREATE INDEX shown_by_question ON shown (parliament, term, type, number);
    INSERT INTO shown SELECT capture_id, parliament, term, type, number FROM captures WHERE parliament IS NOT NULL;
    DROP INDEX captures_by_question;
    DROP INDEX captures_by_term;
    ALTER TABLE captures DROP COLUMN parliament;
    ALTER TABLE captures DROP COLUMN term;
    ALTER TABLE captures DROP COLUMN type;
    ALTER TABLE captures DROP COLUMN number;
    """,
    """
    CREATE TABLE accounts (
        parliament TEXT NOT NULL,
        term INTEGER NOT NULL,
        type TEXT NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (
            state IN ('archived', 'not_found', 'never_published', 'failed', 'pending', 'taken_down')
        ),
        reason TEXT,
        url TEXT,
        tries INTEGER NOT NULL,
        next_try TEXT,
        updated TEXT NOT NULL,
        evidence TEXT NOT NULL DEFAULT '',  -- what shows the state, one a line
        PRIMARY KEY (parliament, term, type, number)
    ) WITHOUT ROWID;
    INSERT INTO accounts
        SELECT parliament, term, type, number, state, reason, url, tries, next_try, updated, evidence FROM numbers;
    DROP TABLE numbers;
    ALTER TABLE accounts RENAME TO numbers;
    CREATE TABLE takedowns (
        takedown INTEGER PRIMARY KEY,
        parliament TEXT NOT NULL,
        term INTEGER NOT NULL,
        type TEXT NOT NULL,
        number INTEGER NOT NULL,
        reason TEXT NOT NULL,
        at TEXT NOT NULL,
        capture_id TEXT NOT NULL REFERENCES captures,  -- the one that stands for those taken down
        state TEXT NOT NULL CHECK (state IN ('begun', 'done'))
    );
    CREATE TABLE taken_down (  -- captures whose payload is gone, or is going while their takedown has only begun
        capture_id TEXT PRIMARY KEY REFERENCES captures,
        takedown INTEGER NOT NULL REFERENCES takedowns,
        sha256 TEXT NOT NULL  -- of the record that takes the place of the one with the payload
    ) WITHOUT ROWID;
    """,
)
