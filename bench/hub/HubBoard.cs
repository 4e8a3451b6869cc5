using System.Text;
using Laurel.Bench.Macro;

namespace Laurel.Bench.Hub;

/// <summary>A board to be watched, with the keys for that.</summary>
/// <param name="Id">Its id.</param>
/// <param name="EmbedKey">Watches.</param>
/// <param name="WriteKey">Submits.</param>
internal sealed record HubBoard(string Id, string EmbedKey, string WriteKey)
{
    private const char Separator = '\u001e';

    /// <summary>What every connection sends now and then to stay.</summary>
    public static readonly string Ping = """{"type":6}""" + Separator;

    /// <summary>Where connections are opened, with the key.</summary>
    public string Path => $"/hubs/leaderboards?access_token={EmbedKey}";

    /// <summary>Makes it, the tenant too.</summary>
    public static async Task<HubBoard> MakeAsync(LaurelAdmin admin, string id, CancellationToken cancellation)
    {
        await admin.CreateTenantAsync(cancellation);
        await admin.CreateBoardAsync(id, LaurelAdmin.OpenBoard, cancellation);
        return new HubBoard(id, await admin.CreateEmbedKeyAsync(id, cancellation), await admin.CreateWriteKeyAsync(cancellation));
    }

    /// <summary>Eight characters.</summary>
    public static string Player(int number) => FormattableString.Invariant($"player{number:D2}");

    /// <summary>The handshake and the subscription, in one.</summary>
    public string Greeting(int top) =>
        """{"protocol":"json","version":1}""" + Separator
        + $$"""{"type":1,"invocationId":"1","target":"Subscribe","arguments":[{"tenant":"{{LaurelAdmin.Tenant}}","leaderboard":"{{Id}}","top":{{top}}}]}""" + Separator;

    /// <summary>Opens so many viewers of the first places.</summary>
    public OpenViewers Watching(int port, int viewers, int top) => new(port, Path, viewers, Greeting(top), "\"result\":", Ping);

    /// <summary>A request that sets a player's score.</summary>
    public string Change(string player, int score)
    {
        var body = $$"""{"entries":[{"user_id":"{{player}}","score":{{score}}}]}""";
        return $"POST /tenants/{LaurelAdmin.Tenant}/leaderboards/{Id}/entries HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {WriteKey}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }
}
