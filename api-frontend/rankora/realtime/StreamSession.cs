using Laurel.ApiFrontend.Live;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>
/// One stream: tells what its viewer has to tell. A client that does not take an event within
/// <see cref="FrontendOptions.ViewerDeadline"/> is dropped; what waits for it is one write, never more.
/// </summary>
internal sealed partial class StreamSession(
    HttpContext context, LiveViewer viewer, EventStream events, PageQuery page, LiveServices services, FrontendMetrics metrics)
{
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(15);

    private long _wroteAt;

    /// <summary>Tells until the client goes, or may not be told any more.</summary>
    public async Task RunAsync(string plan)
    {
        using var gone = context.RequestAborted.Register(static viewer => ((LiveViewer)viewer!).End(LiveEnd.Replaced), viewer);
        var lastId = context.Request.Headers["Last-Event-ID"] is { Count: 1 } values ? values[0] : null;
        var resumes = EventStream.TryReadId(lastId, out var windowKey, out var sequence) && viewer.Resume(windowKey, sequence);
        if (!await WriteAsync(events.Connected(services.Clock.GetUtcNow(), plan, resumes ? lastId : null)))
            return;

        while (!context.RequestAborted.IsCancellationRequested)
        {
            var step = await viewer.NextAsync(KeepAliveEvery - services.Clock.GetElapsedTime(_wroteAt));
            if (step.End != LiveEnd.None)
            {
                await EndAsync(step.End);
                return;
            }

            var bytes = step.IsQuiet ? EventStream.KeepAlive : BytesOf(step);
            if (bytes.Length > 0 && !await WriteAsync(bytes))
                return;
        }
    }

    private byte[] BytesOf(LiveStep step)
    {
        if (step.State is not { } state)
            return [];
        if (step.Changes is null)
            return events.Initial(state, page.Limit, page.Offset);
        return step.IsShared && events.IsPlain
            ? state.Encode(LiveEncoding.RankoraEvents, static state => new EventStream(null).Updates(state, state.Changes!))
            : events.Updates(state, step.Changes);
    }

    private async Task EndAsync(LiveEnd end)
    {
        var message = end switch
        {
            LiveEnd.KeyRevoked => "The API key has been revoked",
            LiveEnd.Archived => "The leaderboard has been archived: only its snapshots can be read",
            LiveEnd.NotFound => "The leaderboard does not exist",
            LiveEnd.Stopping => "The server stops; connect again",
            _ => null,
        };
        if (message is not null)
            await WriteAsync(EventStream.Error(services.Clock.GetUtcNow(), message));
    }

    private async ValueTask<bool> WriteAsync(byte[] bytes)
    {
        var writing = context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
        if (!writing.IsCompletedSuccessfully)
        {
            try
            {
                await writing.AsTask().WaitAsync(services.Options.ViewerDeadline, services.Clock);
            }
            catch (TimeoutException)
            {
                metrics.ViewerDropped(RouteFamilies.Rankora.Name);
                LogDropped(services.Log, viewer.Caller.KeyId, services.Options.ViewerDeadline);
                context.Abort();
                return false;
            }
        }

        _wroteAt = services.Clock.GetTimestamp();
        return !writing.IsCompletedSuccessfully || !writing.Result.IsCompleted;
    }

    [LoggerMessage(3, LogLevel.Warning, "An event stream of key {KeyId} was dropped: it did not take an event within {Deadline}")]
    private static partial void LogDropped(ILogger log, string keyId, TimeSpan deadline);
}
