using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// One socket: one loop tells what its viewer has to tell, another takes the client's messages. Each message is sent within
/// <see cref="FrontendOptions.ViewerDeadline"/> or the socket is dropped; nothing is queued.
/// </summary>
internal sealed partial class SocketSession(
    WebSocket socket, LiveViewer first, LiveBoards boards, PermitPools permits, LiveServices services, FrontendMetrics metrics) : IAsyncDisposable
{
    private const int LongestMessage = 16 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How long the client has to answer a close.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _over = new();
    private volatile LiveViewer _viewer = first;
    private volatile SocketCommand _command = SocketCommand.First;

    /// <summary>Serves until either side has enough.</summary>
    public async Task RunAsync(CancellationToken aborted)
    {
        using var registration = aborted.Register(_over.Cancel);
        var receiving = ReceiveAsync();
        try
        {
            await TellAsync();
            await receiving.WaitAsync(Farewell, services.Clock, aborted);
        }
        catch (Exception gone) when (gone is OperationCanceledException or TimeoutException or WebSocketException or IOException)
        {
            // The client has gone, or was dropped: there is nobody to tell.
        }

        await _over.CancelAsync();
        await receiving;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _viewer.Dispose();
        _over.Dispose();
        return default;
    }

    private async Task TellAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            var viewer = _viewer;
            var step = await viewer.NextAsync(Patience);
            if (step.End == LiveEnd.Replaced)
                continue;
            if (step.End != LiveEnd.None)
            {
                await EndAsync(step.End);
                return;
            }

            foreach (var closing in step.Closings)
                await SendAsync(ClosingOf(closing), PhoenixJson.Shared.SocketClosing);
            if (step.State is not { } state)
                continue;
            if (step.Changes is null)
                await SendAsync(PageOf("snapshot", _command, state.WindowKey, state.Sequence, state.Total, state.Rows), PhoenixJson.Shared.SocketPage);
            else
                await SendAsync(step.IsShared ? state.Encode(LiveEncoding.SocketUpdate, static state => Encode(state, state.Changes!)) : Encode(state, step.Changes));
        }
    }

    /// <summary>The message about a window's end.</summary>
    public static SocketClosing ClosingOf(SeasonClosing closing) => new("window_closed", closing.WindowKey, closing.Next, closing.Final);

    /// <summary>The last message.</summary>
    public static SocketError ErrorOf(LiveEnd end)
    {
        var (code, message) = end switch
        {
            LiveEnd.KeyRevoked => ("UNAUTHORIZED", "The key has been revoked"),
            LiveEnd.Archived => ("NOT_FOUND", "The leaderboard has been archived: only its snapshots can be read"),
            LiveEnd.NotFound => ("NOT_FOUND", "The leaderboard does not exist"),
            _ => ("UNAVAILABLE", "The stream cannot go on here; connect again"),
        };
        return new SocketError("error", code, message);
    }

    /// <summary>The message about changes.</summary>
    public static byte[] Encode(LiveState state, IReadOnlyList<RowChange> changes) => JsonSerializer.SerializeToUtf8Bytes(
        new SocketUpdate("update", state.WindowKey, state.Sequence, state.Total, ChangeBody.Of(changes)), PhoenixJson.Shared.SocketUpdate);

    private SocketPage PageOf(string type, SocketCommand command, string? window, long sequence, int total, IReadOnlyList<EntryView> rows) => new(
        type, _viewer.Board.Board, _viewer.Board.Tenant, window, sequence, total, command.Page, command.PageSize, StandingBody.Of(rows));

    private async Task EndAsync(LiveEnd end)
    {
        var error = ErrorOf(end);
        await SendAsync(error, PhoenixJson.Shared.SocketError);
        var status = end == LiveEnd.Unavailable ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.PolicyViolation;
        using var deadline = new CancellationTokenSource(services.Options.ViewerDeadline, services.Clock);
        await socket.CloseOutputAsync(status, error.Message, deadline.Token);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[LongestMessage];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    received = await socket.ReceiveAsync(buffer.AsMemory(length), _over.Token);
                    length += received.Count;
                    if (length == LongestMessage && !received.EndOfMessage)
                    {
                        await socket.CloseOutputAsync(WebSocketCloseStatus.MessageTooBig, "A message has at most 16 KB", _over.Token);
                        return;
                    }
                }
                while (!received.EndOfMessage);

                if (received.MessageType == WebSocketMessageType.Close)
                {
                    if (socket.State == WebSocketState.CloseReceived)
                        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _over.Token);
                    return;
                }

                await ObeyAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The client has gone, or the other loop has ended.
        }
        finally
        {
            await _over.CancelAsync();
            _viewer.Wake();
            _viewer.End(LiveEnd.Replaced);
        }
    }

    private async Task ObeyAsync(ReadOnlyMemory<byte> message)
    {
        if (SocketCommand.Read(message, _command, out var mistake) is not { } command)
        {
            await SendAsync(new SocketError("error", "VALIDATION_ERROR", mistake!), PhoenixJson.Shared.SocketError);
            return;
        }

        if (!(await permits.TakeAsync(_viewer.Caller)).Granted)
            await SendAsync(new SocketError("error", "RATE_LIMITED", "The key's rate limit is used up"), PhoenixJson.Shared.SocketError);
        else if (command.IsConfigure)
            await ConfigureAsync(command);
        else
            await ShowPageAsync(command);
    }

    private async Task ConfigureAsync(SocketCommand command)
    {
        var before = _command;
        _command = command;
        if (command.WindowKey == before.WindowKey)
        {
            _viewer.Follow(command.Shape);
            return;
        }

        var viewer = _viewer;
        var opening = await boards.OpenAsync(viewer.Caller, viewer.Board, command.WindowKey, command.Shape);
        if (opening.Viewer is not { } other)
        {
            _command = before;
            await SendAsync(RefusalOf(opening.Refusal, command.WindowKey), PhoenixJson.Shared.SocketError);
            return;
        }

        _viewer = other;
        viewer.End(LiveEnd.Replaced);
        viewer.Dispose();
    }

    private static SocketError RefusalOf(LiveRefusal refusal, string? window) => refusal switch
    {
        LiveRefusal.Full => new("error", "RATE_LIMITED", "There are as many viewers as this server takes"),
        LiveRefusal.Unavailable => new("error", "UNAVAILABLE", $"{NameOf(window)} cannot be followed now; try again"),
        _ => new("error", "NOT_FOUND", $"{NameOf(window)} does not exist"),
    };

    private static string NameOf(string? window) => window is null ? "The present window" : $"Window '{window}'";

    private async Task ShowPageAsync(SocketCommand command)
    {
        var route = await services.Routes.ForReadAsync(_viewer.Board, command.WindowKey);
        var shape = command.Shape;
        var season = route.Season ?? route.Previous;
        var outcome = route.Status == OutcomeStatus.Ok && season?.Key is { } key
            ? await services.Port.CallAsync<ISeason, ReadWindows, WindowsOutcome>(
                key, static (season, request) => season.ReadWindowsAsync(request), new ReadWindows([shape.ToQuery(null)]))
            : new WindowsOutcome(route.Status, Windows: [new WindowView([])]);
        if (outcome.Status == OutcomeStatus.Ok)
            await SendAsync(PageOf("page", command, season?.WindowKey, outcome.Sequence, outcome.Total, outcome.Windows![0].Entries), PhoenixJson.Shared.SocketPage);
        else
            await SendAsync(new SocketError("error", outcome.Status == OutcomeStatus.NotFound ? "NOT_FOUND" : "UNAVAILABLE", "The page cannot be read"), PhoenixJson.Shared.SocketError);
    }

    private Task SendAsync<T>(T message, JsonTypeInfo<T> type) => SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, type));

    private async Task SendAsync(ReadOnlyMemory<byte> message)
    {
        using var deadline = new CancellationTokenSource(services.Options.ViewerDeadline, services.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, _over.Token);
        await _sending.WaitAsync(either.Token);
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Text, true, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            metrics.ViewerDropped(RouteFamilies.Phoenix.Name);
            LogDropped(services.Log, _viewer.Caller.KeyId, services.Options.ViewerDeadline);
            throw;
        }
        finally
        {
            _sending.Release();
        }
    }

    [LoggerMessage(2, LogLevel.Warning, "A WebSocket of key {KeyId} was dropped: it did not take a message within {Deadline}")]
    private static partial void LogDropped(ILogger log, string keyId, TimeSpan deadline);
}
