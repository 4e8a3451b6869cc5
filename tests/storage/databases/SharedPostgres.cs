using Laurel.Storage.Tests;
using Laurel.Tests.Support;

[assembly: AssemblyFixture(typeof(SharedPostgres))]

namespace Laurel.Storage.Tests;

/// <summary>One server for all tests, started by the first that needs it; each takes a schema of its own.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<PostgresServer>> Server = new(static () => PostgresServer.StartAsync());

    /// <summary>The server; skips the test where there can be none.</summary>
    public static Task<PostgresServer> GetAsync()
    {
        var reason = Requirements.ReasonToSkip("postgres", PostgresServer.Absence);
        Assert.SkipWhen(reason is not null, reason ?? "");
        return Server.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
        {
            await (await Server.Value).DisposeAsync();
        }
    }
}
