namespace Laurel.Client;

/// <summary>
/// A client of one board. It holds no connection of its own and needs no closing. Calls may overlap and may come from any thread; each
/// goes on where it was made (no <c>ConfigureAwait(false)</c>), so that engines without threads can use it, and so nobody may block on
/// its tasks there.
/// <para>
/// Calls try again by themselves after lost connections, 408, 429 and 5xx: after 0.2 s, doubling up to 10 s, never before
/// <c>Retry-After</c>, until <see cref="LaurelClientOptions.Patience"/> ends. What they throw is a <see cref="LaurelException"/>, or
/// <see cref="OperationCanceledException"/> when they were cancelled.
/// </para>
/// </summary>
public sealed class LaurelClient
{
    private readonly Courier _courier;
    private readonly Submitter _submitter;
    private readonly string _query;
    private readonly string _snapshots;

    /// <param name="url">The server's address, such as <c>https://scores.example</c>.</param>
    /// <param name="tenant">Whose board.</param>
    /// <param name="leaderboard">The board's id.</param>
    /// <param name="key">A key of the tenant or the board. What ships with a game can be read by its players.</param>
    /// <exception cref="ArgumentException">The address is none of HTTP, or a text is missing.</exception>
    public LaurelClient(string url, string tenant, string leaderboard, string key) : this(new LaurelClientOptions(url, tenant, leaderboard, key))
    {
    }

    /// <param name="options">Which board, by which key, and how patiently.</param>
    public LaurelClient(LaurelClientOptions options)
    {
        Options = options ?? throw new ArgumentNullException(nameof(options));
        var tenant = Addresses.Escape(options.Tenant);
        var board = Addresses.Escape(options.Leaderboard);
        _courier = new Courier(options, options.Url);
        _submitter = new Submitter(_courier, options, $"/tenants/{tenant}/leaderboards/{board}/entries");
        _query = $"/v1/leaderboards/{tenant}/{board}";
        _snapshots = $"/v1/snapshots/{tenant}/{board}";
        Queue = new ScoreQueue(_submitter, options);
    }

    /// <summary>What it was made with.</summary>
    public LaurelClientOptions Options { get; }

    /// <summary>Scores for when there is a connection.</summary>
    public ScoreQueue Queue { get; }

    /// <summary>Submits a score now. The task ends when the server has made it durable, or refused it.</summary>
    /// <param name="score">The same object may be submitted again: it counts once.</param>
    /// <param name="cancellation">Ends the waiting; the score may count nevertheless.</param>
    /// <returns>What became of it, which may be a refusal.</returns>
    /// <exception cref="LaurelException">The server decided nothing: the key is refused, or it could not be reached.</exception>
    public async Task<ScoreOutcome> SubmitAsync(Score score, CancellationToken cancellation = default) =>
        (await SubmitAsync([score], cancellation))[0];

    /// <summary>
    /// Submits scores now, in requests of up to 100, one after another, so that a player's scores keep their order. Scores that the
    /// server fails to store are sent again behind the others of their request.
    /// </summary>
    /// <param name="scores">Any number.</param>
    /// <param name="cancellation">Ends the waiting; scores may count nevertheless.</param>
    /// <returns>One outcome for each score, in their order. Some may be refusals: look at <see cref="ScoreOutcome.Ok"/>.</returns>
    /// <exception cref="LaurelException">It could not be brought to an end. The exception has the outcomes so far and the other scores.</exception>
    public Task<IReadOnlyList<ScoreOutcome>> SubmitAsync(IReadOnlyList<Score> scores, CancellationToken cancellation = default) =>
        _submitter.SubmitAsync(scores ?? throw new ArgumentNullException(nameof(scores)), cancellation);

    /// <summary>Reads a page of the standings.</summary>
    /// <param name="query">Which; null for the first hundred places of the present window.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<Page> PageAsync(PageQuery? query = null, CancellationToken cancellation = default) =>
        GetAsync(_query + (query ?? new PageQuery()).ToText(), Page.Read, cancellation);

    /// <summary>Reads a player with the neighbours above and below.</summary>
    /// <param name="userId">The player.</param>
    /// <param name="neighbours">How many on each side, 0 to 100.</param>
    /// <param name="query">The window and how ties are numbered; null for the present one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when the player has no entry there.</returns>
    public Task<Neighbourhood?> AroundAsync(string userId, int neighbours = 5, StandingQuery? query = null, CancellationToken cancellation = default) =>
        FindAsync($"{_query}/user/{Addresses.Escape(userId)}{(query ?? new StandingQuery()).ToText(neighbours)}", Neighbourhood.Read, cancellation);

    /// <summary>Reads a player's rank.</summary>
    /// <param name="userId">The player.</param>
    /// <param name="query">The window and how ties are numbered; null for the present one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when the player has no entry there.</returns>
    public Task<PlayerRank?> RankAsync(string userId, StandingQuery? query = null, CancellationToken cancellation = default) =>
        FindAsync($"{_query}/rank/{Addresses.Escape(userId)}{(query ?? new StandingQuery()).ToText()}", PlayerRank.Read, cancellation);

    /// <summary>Reads a player's score.</summary>
    /// <param name="userId">The player.</param>
    /// <param name="query">The window; null for the present one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when the player has no entry there.</returns>
    public Task<PlayerScore?> ScoreAsync(string userId, StandingQuery? query = null, CancellationToken cancellation = default) =>
        FindAsync($"{_query}/score/{Addresses.Escape(userId)}{(query ?? new StandingQuery()).ToText()}", PlayerScore.Read, cancellation);

    /// <summary>Lists the windows that have ended, the newest first.</summary>
    /// <param name="query">Which; null for the newest hundred.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<SnapshotList> SnapshotsAsync(SnapshotQuery? query = null, CancellationToken cancellation = default) =>
        GetAsync(_snapshots + (query ?? new SnapshotQuery()).ToText(), SnapshotList.Read, cancellation);

    /// <summary>Reads a page of an ended window's standings.</summary>
    /// <param name="windowKey">The window, such as <c>2025-W47</c>.</param>
    /// <param name="limit">The most places, 1 to 1000.</param>
    /// <param name="offset">How many places to pass over.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<Page> SnapshotAsync(string windowKey, int limit = 100, int offset = 0, CancellationToken cancellation = default) =>
        GetAsync($"{_snapshots}/{Addresses.Escape(windowKey)}{new PageQuery { Limit = limit, Offset = offset }.ToText()}", Page.Read, cancellation);

    /// <summary>Reads a player with the neighbours in an ended window's standings.</summary>
    /// <param name="windowKey">The window, such as <c>2025-W47</c>.</param>
    /// <param name="userId">The player.</param>
    /// <param name="neighbours">How many on each side, 0 to 100.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null when there is no such window, or the player has no entry in it.</returns>
    public Task<Neighbourhood?> SnapshotAroundAsync(string windowKey, string userId, int neighbours = 5, CancellationToken cancellation = default) =>
        FindAsync(
            $"{_snapshots}/{Addresses.Escape(windowKey)}/user/{Addresses.Escape(userId)}{new StandingQuery().ToText(neighbours)}",
            Neighbourhood.Read,
            cancellation);

    /// <summary>
    /// Follows a part of the board: the rows at once, then each change after it has become durable, at most ten a second. When the
    /// connection breaks it comes back by itself, without end, and what was missed is told as one step.
    /// </summary>
    /// <param name="query">Which part; null for the first ten places.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Updates without end, for <c>await foreach</c>. One that is slow to take them is told less often, never of a state that is outdated.</returns>
    /// <exception cref="LaurelException">While they are taken: the board may not be followed, or not any more.</exception>
    public async IAsyncEnumerable<LiveUpdate> FollowAsync(
        LiveQuery? query = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var follower = new LiveFollower(
            Options, query ?? new LiveQuery(), _query, token => _courier.SendAsync($"{_query}?limit=1", null, null, token));
        while (true)
            yield return await follower.NextAsync(cancellation);
    }

    private async Task<T> GetAsync<T>(string path, Func<LaurelJson, T> read, CancellationToken cancellation) =>
        Courier.Read(await _courier.SendAsync(path, null, _courier.NewBackoff(), cancellation), read);

    private async Task<T?> FindAsync<T>(string path, Func<LaurelJson, T> read, CancellationToken cancellation) where T : class
    {
        try
        {
            return await GetAsync(path, read, cancellation);
        }
        catch (LaurelNotFoundException)
        {
            return null;
        }
    }
}
