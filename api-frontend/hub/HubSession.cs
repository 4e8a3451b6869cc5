using System.Text.Json;
using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.SignalR;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>
/// One connection: its key and the boards it follows, at most <see cref="FrontendOptions.MaxSubscriptions"/> of them. SignalR calls it
/// one request at a time.
/// </summary>
internal sealed class HubSession(
    HubConnectionContext connection, Caller caller, LiveBoards boards, PermitPools permits, LiveServices services, FrontendMetrics metrics)
    : ILiveKeyHolder, IAsyncDisposable
{
    private readonly Dictionary<LeaderboardKey, HubSubscription> _subscriptions = [];
    private bool _isOver;

    /// <inheritdoc/>
    public Caller Caller => caller;

    /// <summary>Follows what the request names.</summary>
    /// <exception cref="HubException">It cannot be followed; the message says why.</exception>
    public async Task<HubSnapshot> SubscribeAsync(JsonElement body)
    {
        await TakePermitAsync();
        var request = HubRequest.Read(body, caller);
        if (!HasRoomFor(request.Board))
            throw new HubException($"A connection follows at most {services.Options.MaxSubscriptions} leaderboards");

        var opening = await boards.OpenAsync(caller, request.Board, null, request.Shape);
        if (opening.Viewer is not { } viewer)
            throw HubRefusals.Of(opening.Refusal, request.Board);

        var subscription = new HubSubscription(connection, viewer, Forget, services, metrics);
        try
        {
            await StopAsync(request.Board);
            var snapshot = await subscription.BeginAsync(request);
            if (TryAdd(subscription))
                return snapshot;
            await subscription.StopAsync();
            throw new HubException("The connection has ended");
        }
        catch
        {
            viewer.Dispose();
            throw;
        }
    }

    /// <summary>Follows a board no more.</summary>
    public async Task UnsubscribeAsync(JsonElement body)
    {
        await TakePermitAsync();
        await StopAsync(HubRequest.ReadBoard(body, caller));
    }

    /// <inheritdoc/>
    public void End(LiveEnd reason) => connection.Abort();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        HubSubscription[] all;
        lock (_subscriptions)
        {
            _isOver = true;
            all = [.. _subscriptions.Values];
            _subscriptions.Clear();
        }

        foreach (var subscription in all)
            await subscription.StopAsync();
    }

    private bool HasRoomFor(LeaderboardKey board)
    {
        lock (_subscriptions)
            return _subscriptions.ContainsKey(board) || _subscriptions.Count < services.Options.MaxSubscriptions;
    }

    /// <summary>Adds it, unless the connection has ended: SignalR does not wait for what runs before it says so, and nobody would stop it.</summary>
    private bool TryAdd(HubSubscription subscription)
    {
        lock (_subscriptions)
        {
            if (!_isOver)
                _subscriptions.Add(subscription.Board, subscription);
            return !_isOver;
        }
    }

    private async Task StopAsync(LeaderboardKey board)
    {
        HubSubscription? subscription;
        lock (_subscriptions)
            _subscriptions.Remove(board, out subscription);
        if (subscription is not null)
            await subscription.StopAsync();
    }

    private void Forget(HubSubscription subscription)
    {
        lock (_subscriptions)
        {
            if (_subscriptions.TryGetValue(subscription.Board, out var known) && known == subscription)
                _subscriptions.Remove(subscription.Board);
        }
    }

    private async Task TakePermitAsync()
    {
        if (!(await permits.TakeAsync(caller)).Granted)
            throw new HubException("The rate limit of the key is used up; try again later");
    }
}
