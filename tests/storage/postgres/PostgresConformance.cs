namespace Laurel.Storage.Tests;

public sealed class PostgresJournalTests : JournalTests<PostgresDatabase>;

public sealed class PostgresSnapshotTests : SnapshotTests<PostgresDatabase>;

public sealed class PostgresMarkTests : MarkTests<PostgresDatabase>;

public sealed class PostgresRecordTests : RecordTests<PostgresDatabase>;

public sealed class PostgresWriterTests : WriterTests<PostgresDatabase>;

public sealed class PostgresRaceTests : RaceTests<PostgresDatabase>;

public sealed class PostgresCrashTests : CrashTests<PostgresDatabase>;
