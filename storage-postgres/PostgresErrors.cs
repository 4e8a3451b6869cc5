using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>What errors mean for a transaction and its connection.</summary>
internal static class PostgresErrors
{
    /// <summary>
    /// Whether the server answered with an ordinary error, after which the transaction is rolled back and the session goes on. All else
    /// (a fatal error, a broken or silent connection) says nothing about a COMMIT that was under way.
    /// </summary>
    public static bool IsAnswer(this NpgsqlException error) => error is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>Whether the same statements may well succeed one request at a time: a deadlock, or one request that is at fault.</summary>
    public static bool IsWorthSplitting(this NpgsqlException error) => error is PostgresException { InvariantSeverity: "ERROR" } answer
        && answer.SqlState is not (PostgresErrorCodes.DiskFull or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.OutOfMemory);
}
