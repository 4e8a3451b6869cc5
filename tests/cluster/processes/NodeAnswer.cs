using System.Net;
using System.Text.Json;

namespace Laurel.Cluster.Tests;

/// <summary>What a node answered.</summary>
public sealed record NodeAnswer(HttpStatusCode Status, string Body)
{
    /// <summary>The body, when the status is the expected one.</summary>
    public JsonElement Is(HttpStatusCode expected)
    {
        Assert.True(Status == expected, $"{(int)Status} {Body}");
        return JsonDocument.Parse(Body).RootElement;
    }
}
