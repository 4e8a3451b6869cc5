namespace Laurel.Standalone.Commands;

/// <summary>Finds out before an import begins whether there is a server at all.</summary>
internal static class ServerProbe
{
    /// <summary>Asks once.</summary>
    /// <returns>What to tell people; null when somebody answers.</returns>
    public static async Task<string?> FindMistakeAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var response = await client.GetAsync("health", cancellation);
            return null;
        }
        catch (Exception exception) when (
            exception is HttpRequestException or IOException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            var reason = exception.GetBaseException().Message.TrimEnd('.');
            return $"There is no server at {client.BaseAddress}: {reason}. Start it, or give its address to --url.";
        }
    }
}
