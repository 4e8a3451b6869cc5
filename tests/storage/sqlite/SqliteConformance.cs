namespace Laurel.Storage.Tests;

public sealed class SqliteJournalTests : JournalTests<SqliteDatabase>;

public sealed class SqliteSnapshotTests : SnapshotTests<SqliteDatabase>;

public sealed class SqliteMarkTests : MarkTests<SqliteDatabase>;

public sealed class SqliteRecordTests : RecordTests<SqliteDatabase>;

public sealed class SqliteWriterTests : WriterTests<SqliteDatabase>;

public sealed class SqliteRaceTests : RaceTests<SqliteDatabase>;

public sealed class SqliteCrashTests : CrashTests<SqliteDatabase>;
