namespace Laurel.ApiFrontend;

/// <summary>The hub's routes, described.</summary>
internal static class HubDocs
{
    private const string Tag = "Realtime";

    public static readonly RouteDoc Connect = new(Tag, "connectHub", "Follow leaderboards over SignalR")
    {
        Description = """
            A hub of ASP.NET Core SignalR: JSON protocol, WebSockets. The key, or a ticket, stands in the query as `access_token`.
            Call `Subscribe({tenant, leaderboard, top})` for the first places (1 to 1000, 10 unless asked for) or
            `Subscribe({tenant, leaderboard, around, size})` for a player with so many neighbours on each side (0 to 100, default 5); a key
            that belongs to a tenant may leave `tenant` out. It returns `{window_key, sequence, total, entries}`. From then on the server
            calls `RankChanges({tenant, leaderboard, window_key, sequence, total, changes})`, at most ten times a second, with
            `changes: [{type: INSERT|UPDATE|DELETE, user_id, name, score, old_score, rank, old_rank}]`, in which a row that has left the part
            followed has its rank outside it or is a DELETE; `SeasonClosed({tenant, leaderboard, window_key, next, final})`; and
            `SubscriptionEnded({tenant, leaderboard, reason, message})` when a board is archived, hidden or deleted. With `resume_from`, the
            sequence read last (and `window_key`, its window), in `Subscribe`, what a broken connection has missed comes as changes while it is remembered.
            `Unsubscribe({tenant, leaderboard})` ends it.
            """,
        Answers = [new(101, "The protocol is switched.", null)],
        Errors = new Dictionary<int, string> { [400] = "The request is no WebSocket's." },
    };

    public static readonly RouteDoc Negotiate = new(Tag, "negotiateHub", "Negotiate a SignalR connection")
    {
        Description = "What SignalR's clients ask before they connect, unless told to skip it. It uses no ticket up.",
        Answers =
        [
            new(200, "The connection's ids.", """{"negotiateVersion":1,"connectionId":"dQ3","connectionToken":"mX9","availableTransports":[{"transport":"WebSockets","transferFormats":["Text","Binary"]}]}"""),
        ],
        Errors = new Dictionary<int, string>(),
    };
}
