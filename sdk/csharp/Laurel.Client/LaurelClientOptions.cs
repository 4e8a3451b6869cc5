namespace Laurel.Client;

/// <summary>Which board, by which key, and how patiently. Taken over when a client is made.</summary>
public sealed class LaurelClientOptions
{
    private static readonly ILiveTransport[] UsualLive = [new EventStreamTransport(HttpTransport.NewClient()), new WebSocketTransport()];

    /// <param name="url">The server's address, such as <c>https://scores.example</c>.</param>
    /// <param name="tenant">Whose board.</param>
    /// <param name="leaderboard">The board's id.</param>
    /// <param name="key">A key of the tenant or the board. What ships with a game can be read by its players.</param>
    /// <exception cref="ArgumentException">The address is none of HTTP, or a text is missing.</exception>
    public LaurelClientOptions(string url, string tenant, string leaderboard, string key)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !(address.Scheme == "http" || address.Scheme == "https"))
            throw new ArgumentException($"'{url}' is no address such as https://scores.example.", nameof(url));
        Url = address.GetLeftPart(UriPartial.Path).TrimEnd('/');
        Tenant = Given(tenant, nameof(tenant));
        Leaderboard = Given(leaderboard, nameof(leaderboard));
        Key = Given(key, nameof(key));
    }

    /// <summary>The server's address, without a slash at its end.</summary>
    public string Url { get; }

    /// <summary>Whose board.</summary>
    public string Tenant { get; }

    /// <summary>The board's id.</summary>
    public string Leaderboard { get; }

    /// <summary>The key's text.</summary>
    public string Key { get; }

    /// <summary>How long after a first failure a call goes on trying; zero for one attempt. 30 s unless set.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one attempt may take. 15 s unless set.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How requests travel; <see cref="HttpTransport"/> unless set.</summary>
    public ILaurelTransport Transport { get; init; } = HttpTransport.Shared;

    /// <summary>
    /// How live boards come; the first that works is kept. Unless set: event streams, and WebSockets where those do not get through.
    /// </summary>
    public IReadOnlyList<ILiveTransport> Live { get; init; } = UsualLive;

    /// <summary>Where time comes from; the machine unless set.</summary>
    public ILaurelClock Clock { get; init; } = SystemClock.Instance;

    /// <summary>Where the queue keeps its scores; null to keep them in memory alone, which a restart forgets.</summary>
    public IScoreStorage? Storage { get; init; }

    private static string Given(string text, string name) =>
        string.IsNullOrWhiteSpace(text) ? throw new ArgumentException("It must not be empty.", name) : text;
}
