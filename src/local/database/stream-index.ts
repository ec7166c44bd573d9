import { DatabaseSync } from 'node:sqlite';

/**
 * Indexes the embedded database's table of stream records. Without the index, each write to a table with a stream reads
 * all stream records for the largest sequence number. The database must be stopped.
 * @returns false if the file has no such table yet: the database creates it in its first run
 */
export function indexStreamRecords(databaseFile: string): boolean {
  const database = new DatabaseSync(databaseFile);
  try {
    const table = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_stream_records'").get();
    if (table === undefined) return false;
    database.exec('CREATE INDEX IF NOT EXISTS bh_seq ON _stream_records(table_name, CAST(sequence_number AS INTEGER))');
    return true;
  } finally {
    database.close();
  }
}
