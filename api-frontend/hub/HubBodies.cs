using System.Text.Json.Serialization;
using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>What <c>Subscribe</c> returns.</summary>
internal sealed record HubSnapshot(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? WindowKey, long Sequence, int Total, StandingBody[] Entries) : IJsonOnSerialized
{
    /// <summary>Called while the answer is written: what is written later comes after it.</summary>
    [JsonIgnore]
    public Action? Written { get; init; }

    /// <inheritdoc/>
    public void OnSerialized() => Written?.Invoke();
}

/// <summary>The argument of <c>RankChanges</c>.</summary>
internal sealed record HubChanges(
    string Tenant,
    string Leaderboard,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? WindowKey,
    long Sequence,
    int Total,
    ChangeBody[] Changes);

/// <summary>The argument of <c>SeasonClosed</c>.</summary>
internal sealed record HubClosing(
    string Tenant, string Leaderboard, string WindowKey, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, bool Final);

/// <summary>The argument of <c>SubscriptionEnded</c>: nothing more comes of that board until it is subscribed to again.</summary>
/// <param name="Reason"><c>not_found</c>, <c>archived</c> or <c>unavailable</c>; after the last a new subscription may succeed.</param>
/// <param name="Message">The same for people.</param>
internal sealed record HubEnding(string Tenant, string Leaderboard, string Reason, string Message);
