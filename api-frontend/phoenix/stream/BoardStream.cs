using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Laurel.ApiFrontend.Live;
using Microsoft.AspNetCore.Http;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>
/// One event stream: the socket's messages, unnamed, those about a state with the id <c>window:position</c>. A client that comes back
/// with the last of them in <c>Last-Event-ID</c> is told what it missed as one update, or a snapshot when that is not known any more.
/// </summary>
internal sealed class BoardStream(HttpContext context, LiveViewer viewer, SocketCommand page, EventStreamWriter writer)
{
    private static readonly TimeSpan KeepAliveEvery = TimeSpan.FromSeconds(15);
    private static readonly byte[] KeepAlive = ": keep-alive\n\n"u8.ToArray();

    /// <summary>Tells until the client goes, or may not be told any more.</summary>
    public async Task RunAsync()
    {
        using var gone = context.RequestAborted.Register(static viewer => ((LiveViewer)viewer!).End(LiveEnd.Replaced), viewer);
        if (TryReadPlace(context.Request.Headers["Last-Event-ID"], out var window, out var sequence))
            viewer.Resume(window, sequence);
        // Whoever resumes where nothing has happened is to know at once that it is connected.
        var isTaken = await writer.WriteAsync(KeepAlive);
        while (isTaken && !context.RequestAborted.IsCancellationRequested)
        {
            var step = await viewer.NextAsync(KeepAliveEvery);
            if (step.End != LiveEnd.None)
            {
                if (step.End != LiveEnd.Replaced)
                    await writer.WriteAsync(Event(null, JsonSerializer.SerializeToUtf8Bytes(SocketSession.ErrorOf(step.End), PhoenixJson.Shared.SocketError)));
                return;
            }

            isTaken = step.IsQuiet ? await writer.WriteAsync(KeepAlive) : await WriteAsync(step);
        }
    }

    private async Task<bool> WriteAsync(LiveStep step)
    {
        foreach (var closing in step.Closings)
        {
            if (!await writer.WriteAsync(Event(null, Encode(SocketSession.ClosingOf(closing), PhoenixJson.Shared.SocketClosing))))
                return false;
        }

        if (step.State is not { } state)
            return true;
        var json = step.Changes is null ? Encode(PageOf(state), PhoenixJson.Shared.SocketPage)
            : step.IsShared ? state.Encode(LiveEncoding.SocketUpdate, static state => SocketSession.Encode(state, state.Changes!))
            : SocketSession.Encode(state, step.Changes);
        return await writer.WriteAsync(Event(FormattableString.Invariant($"{state.WindowKey ?? "-"}:{state.Sequence}"), json));
    }

    private SocketPage PageOf(LiveState state) => new(
        "snapshot", viewer.Board.Board, viewer.Board.Tenant, state.WindowKey, state.Sequence, state.Total, page.Page, page.PageSize,
        StandingBody.Of(state.Rows));

    private static byte[] Encode<T>(T message, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(message, type);

    private static byte[] Event(string? id, byte[] json)
    {
        var head = id is null ? "data: " : $"id: {id}\ndata: ";
        var bytes = new byte[Encoding.UTF8.GetByteCount(head) + json.Length + 2];
        var at = Encoding.UTF8.GetBytes(head, bytes);
        json.CopyTo(bytes, at);
        bytes.AsSpan(^2).Fill((byte)'\n');
        return bytes;
    }

    private static bool TryReadPlace(string? id, out string window, out long sequence)
    {
        var colon = id?.LastIndexOf(':') ?? -1;
        window = colon > 0 ? id![..colon] : "";
        return long.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out sequence) && colon > 0;
    }
}
