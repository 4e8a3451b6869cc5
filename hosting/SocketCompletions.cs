namespace Laurel.Hosting;

/// <summary>
/// Where a socket's reads and writes go on: on the thread that learns of their end, which saves a way through the thread pool twice a
/// request. Kestrel hands each request to the pool, and Orleans each message, so no handler runs there.
/// </summary>
public static class SocketCompletions
{
    // Read by .NET when the first socket is opened. Whoever runs the server may decide otherwise by the same variable.
    private const string Setting = "DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS";

    /// <summary>To be called before any socket is opened.</summary>
    public static void RunInline()
    {
        if (Environment.GetEnvironmentVariable(Setting) is null)
            Environment.SetEnvironmentVariable(Setting, "1");
    }
}
