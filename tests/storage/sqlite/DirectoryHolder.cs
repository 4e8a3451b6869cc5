using Laurel.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laurel.Storage.Tests;

/// <summary>A process that has a data directory open, says so, and keeps it until its standard input ends.</summary>
public static class DirectoryHolder
{
    public static async Task<int> RunAsync(string directory)
    {
        await using var store = await SqliteStore.OpenAsync(
            new SqliteOptions { DataDirectory = directory }, TimeProvider.System, NullLoggerFactory.Instance);
        Console.WriteLine("open");
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
