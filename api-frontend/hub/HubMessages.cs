using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Laurel.ApiFrontend.Live;
using Laurel.ApiFrontend.Phoenix;
using Laurel.GrainInterfaces;
using Microsoft.AspNetCore.SignalR;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>The server's calls as bytes of SignalR's JSON protocol, in the form that it sends to any number of connections.</summary>
internal static class HubMessages
{
    private const int InvocationMessageType = 1;
    private const byte RecordSeparator = 0x1e;

    // The only protocol the hub speaks.
    private const string Protocol = "json";

    /// <summary>What has changed between two states that follow one another, for all their viewers.</summary>
    public static SerializedHubMessage Changes(LeaderboardKey board, LiveState state, IReadOnlyList<RowChange> changes) => Call(
        "RankChanges",
        new HubChanges(board.Tenant, board.Board, state.WindowKey, state.Sequence, state.Total, ChangeBody.Of(changes)),
        HubJson.Shared.HubChanges);

    /// <summary>A window has ended, or been sealed.</summary>
    public static SerializedHubMessage Closed(LeaderboardKey board, SeasonClosing closing) => Call(
        "SeasonClosed", new HubClosing(board.Tenant, board.Board, closing.WindowKey, closing.Next, closing.Final), HubJson.Shared.HubClosing);

    /// <summary>Nothing more comes of a board.</summary>
    public static SerializedHubMessage Ended(LeaderboardKey board, LiveEnd end)
    {
        var reason = end switch
        {
            LiveEnd.NotFound => "not_found",
            LiveEnd.Archived => "archived",
            _ => "unavailable",
        };
        return Call(
            "SubscriptionEnded", new HubEnding(board.Tenant, board.Board, reason, HubRefusals.TextOf(end, board)), HubJson.Shared.HubEnding);
    }

    private static SerializedHubMessage Call<T>(string target, T argument, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = type.Options.Encoder, SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("type"u8, InvocationMessageType);
            json.WriteString("target"u8, target);
            json.WriteStartArray("arguments"u8);
            JsonSerializer.Serialize(json, argument, type);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write([RecordSeparator]);
        return new SerializedHubMessage([new SerializedMessage(Protocol, buffer.WrittenMemory)]);
    }
}
