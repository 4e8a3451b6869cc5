using Laurel.ApiFrontend.Live;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>One stream: tells what its viewer has to tell.</summary>
internal sealed class StreamSession(HttpContext context, LiveViewer viewer, EventStream events, PageQuery page, EventStreamWriter writer, TimeProvider clock)
{
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(15);

    private long _wroteAt;

    /// <summary>Tells until the client goes, or may not be told any more.</summary>
    public async Task RunAsync(string plan)
    {
        using var gone = context.RequestAborted.Register(static viewer => ((LiveViewer)viewer!).End(LiveEnd.Replaced), viewer);
        var lastId = context.Request.Headers["Last-Event-ID"] is { Count: 1 } values ? values[0] : null;
        var resumes = EventStream.TryReadId(lastId, out var windowKey, out var sequence) && viewer.Resume(windowKey, sequence);
        if (!await WriteAsync(events.Connected(clock.GetUtcNow(), plan, resumes ? (windowKey, sequence) : null)))
            return;

        while (!context.RequestAborted.IsCancellationRequested)
        {
            var step = await viewer.NextAsync(KeepAliveEvery - clock.GetElapsedTime(_wroteAt));
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
            LiveEnd.Unavailable => "The stream cannot go on here; connect again",
            _ => null,
        };
        if (message is not null)
            await WriteAsync(EventStream.Error(clock.GetUtcNow(), message));
    }

    private ValueTask<bool> WriteAsync(byte[] bytes)
    {
        _wroteAt = clock.GetTimestamp();
        return writer.WriteAsync(bytes);
    }
}
