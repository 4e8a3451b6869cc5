using System.Text.Json;
using Microsoft.AspNetCore.SignalR;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>
/// <c>/hubs/leaderboards</c>. Takes <c>Subscribe</c> and <c>Unsubscribe</c>; calls <c>RankChanges</c>, <c>SeasonClosed</c> and
/// <c>SubscriptionEnded</c>. What a caller may not have is a <see cref="HubException"/> that says why.
/// </summary>
internal sealed class LeaderboardHub : Hub
{
    /// <summary>Begins to follow a part of a board, in place of the part of that board that this connection follows.</summary>
    /// <param name="request"><see cref="HubRequest"/></param>
    /// <returns>What that part shows; the calls that follow change it.</returns>
    public Task<HubSnapshot> Subscribe(JsonElement request) => Session.SubscribeAsync(request);

    /// <summary>Ends following a board. One that is not followed is no mistake.</summary>
    /// <param name="request"><c>{tenant, leaderboard}</c></param>
    public Task Unsubscribe(JsonElement request) => Session.UnsubscribeAsync(request);

    private HubSession Session => (HubSession)Context.Items[typeof(HubSession)]!;
}
