using Laurel.Storage;
using Laurel.Storage.Postgres;
using Laurel.Storage.Sqlite;

namespace Laurel.Hosting;

/// <summary>Opens the store that the settings name. Meanwhile the code is compiled that will load seasons from it.</summary>
public static class StoreOpening
{
    /// <exception cref="StartupException">The connection string is none.</exception>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    /// <exception cref="DirectoryInUseException">Another process uses the data directory.</exception>
    /// <exception cref="NewerSchemaException">A newer program wrote the database.</exception>
    public static async Task<IStore> OpenAsync(ServerOptions options, TimeProvider clock, ILoggerFactory logs)
    {
        _ = Task.Run(FoldWarmUp.Run);
        if (options.Storage.Provider == StorageOptions.Sqlite)
            return await SqliteStore.OpenAsync(new SqliteOptions { DataDirectory = options.DataDirectory }, clock, logs);

        try
        {
            return await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = options.Storage.ConnectionString! }, clock, logs);
        }
        catch (ArgumentException error)
        {
            throw new StartupException($"Laurel:Storage:ConnectionString is no PostgreSQL connection string: {error.Message}", error);
        }
    }
}
