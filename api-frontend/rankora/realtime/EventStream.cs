using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Laurel.ApiFrontend.Live;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>
/// The texts of a stream's events: unnamed, so that <c>onmessage</c> sees them, each with an id. The id <c>window:position</c> says that
/// everything up to there has been told; an event that others of the same moment follow has a <c>~</c> behind it and resumes nothing.
/// </summary>
/// <param name="stream">Of a stream opened by a ticket, its name: the ids begin with it and a dot. Null for others.</param>
internal sealed class EventStream(string? stream)
{
    /// <summary>Keeps proxies from closing a stream that has nothing to tell.</summary>
    public static readonly byte[] KeepAlive = ": keep-alive\n\n"u8.ToArray();

    /// <summary>Whether the ids are those of every stream: then the events can be shared.</summary>
    public bool IsPlain => stream is null;

    /// <summary>Reads the id of the last event that a broken stream has delivered.</summary>
    /// <returns>False when it resumes nothing.</returns>
    public static bool TryReadId(string? id, out string windowKey, out long sequence)
    {
        windowKey = "";
        sequence = 0;
        if (id is null || id.LastIndexOf(':') is not (> 0 and var colon))
            return false;
        windowKey = id[(id.IndexOf('.') + 1)..colon];
        return long.TryParse(id.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out sequence);
    }

    /// <summary>The first event: it has told nothing, so its id is what the client came with, as this stream writes it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="plan">The tenant's plan.</param>
    /// <param name="resumed">Where the stream resumes; null when it begins.</param>
    public byte[] Connected(DateTimeOffset now, string plan, (string WindowKey, long Sequence)? resumed)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        // A client that breaks off right here has seen nothing new.
        Write(buffer, "retry: 2000\n"u8);
        var id = resumed is var (windowKey, sequence) ? IdOf(windowKey, sequence) : Prefix("0~");
        Write(buffer, id, new ConnectedEvent("connected", "Realtime connection established", TextOf(now), plan), RankoraJson.Shared.ConnectedEvent);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The whole window.</summary>
    public byte[] Initial(LiveState state, int limit, int offset)
    {
        var buffer = new ArrayBufferWriter<byte>(256 + state.Rows.Count * 128);
        var body = new InitialEvent(
            "initial", true, [.. state.Rows.Select(InitialRow.Of)], new PaginationBody(limit, offset, state.Total), TextOf(state.At));
        Write(buffer, IdOf(state), body, RankoraJson.Shared.InitialEvent);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An event per changed entry; none for entries that were only moved by others, unless into the window.</summary>
    public byte[] Updates(LiveState state, IReadOnlyList<RowChange> changes)
    {
        List<UpdatePayload> payloads = [];
        foreach (var change in changes)
        {
            if (PayloadOf(change) is { } payload)
                payloads.Add(payload);
        }

        var buffer = new ArrayBufferWriter<byte>(Math.Max(16, payloads.Count * 256));
        var id = IdOf(state);
        for (var i = 0; i < payloads.Count; i++)
        {
            var isLast = i == payloads.Count - 1;
            Write(buffer, isLast ? id : id + "~", new UpdateEvent("update", payloads[i], TextOf(state.At)), RankoraJson.Shared.UpdateEvent);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The last event. It has no id: whoever comes back resumes from what was told before.</summary>
    public static byte[] Error(DateTimeOffset now, string message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        Write(buffer, null, new ErrorEvent("error", message, TextOf(now)), RankoraJson.Shared.ErrorEvent);
        return buffer.WrittenSpan.ToArray();
    }

    private static UpdatePayload? PayloadOf(RowChange change) => change switch
    {
        { Kind: RowChangeKind.Insert, New: { } made } => new UpdatePayload("INSERT", Of(made), null),
        { Kind: RowChangeKind.Delete, Before: { } gone } => new UpdatePayload("DELETE", null, Of(gone)),
        { Kind: RowChangeKind.Update, New: { } now } => new UpdatePayload("UPDATE", Of(now), change.Before is { } was ? Of(was) : null),
        // Others made room for it: who keeps the list needs it, as it is.
        { Kind: RowChangeKind.Shift, New: { } here, Before: { Rank: null } same } => new UpdatePayload("UPDATE", Of(here), Of(same)),
        _ => null,
    };

    private static UpdateRow Of(EntryView row) => new(row.Name, row.Score, Timestamps.FormatMicroseconds(row.UpdatedAt));

    private static UpdateRow Of(RowBefore row) => new(row.Name, row.Score, Timestamps.FormatMicroseconds(row.UpdatedAt));

    private static string TextOf(DateTimeOffset at) => Timestamps.FormatMilliseconds(Timestamps.From(at));

    private string IdOf(LiveState state) => IdOf(state.WindowKey ?? "-", state.Sequence);

    private string IdOf(string windowKey, long sequence) => Prefix(FormattableString.Invariant($"{windowKey}:{sequence}"));

    private string Prefix(string id) => stream is null ? id : $"{stream}.{id}";

    private static void Write<T>(ArrayBufferWriter<byte> buffer, string? id, T body, JsonTypeInfo<T> type)
    {
        if (id is not null)
        {
            Write(buffer, "id: "u8);
            Encoding.UTF8.GetBytes(id, buffer);
            Write(buffer, "\n"u8);
        }

        Write(buffer, "data: "u8);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = type.Options.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(json, body, type);
        Write(buffer, "\n\n"u8);
    }

    private static void Write(ArrayBufferWriter<byte> buffer, ReadOnlySpan<byte> text) => buffer.Write(text);
}
