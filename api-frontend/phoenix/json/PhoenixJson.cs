using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>How this family writes JSON: snake_case, nothing for null unless a body says otherwise, non-ASCII text as it is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ScoreConverter), typeof(InstantConverter)])]
[JsonSerializable(typeof(LeaderboardBody))]
[JsonSerializable(typeof(LeaderboardListBody))]
[JsonSerializable(typeof(TenantBody))]
[JsonSerializable(typeof(TenantListBody))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(KeyListBody))]
[JsonSerializable(typeof(NewKeyBody))]
[JsonSerializable(typeof(PlayerBody))]
[JsonSerializable(typeof(PlayerErasedBody))]
[JsonSerializable(typeof(BulkBody))]
[JsonSerializable(typeof(SeasonBody))]
[JsonSerializable(typeof(SeasonListBody))]
[JsonSerializable(typeof(EntryBody))]
[JsonSerializable(typeof(SubmissionBody))]
[JsonSerializable(typeof(EventAcceptedBody))]
[JsonSerializable(typeof(EventsAcceptedBody))]
[JsonSerializable(typeof(SnapshotListBody))]
[JsonSerializable(typeof(SnapshotPageBody))]
[JsonSerializable(typeof(SnapshotUserBody))]
[JsonSerializable(typeof(TenantSecretBody))]
[JsonSerializable(typeof(TenantUsageBody))]
[JsonSerializable(typeof(KeyLimitListBody))]
[JsonSerializable(typeof(NodeListBody))]
[JsonSerializable(typeof(PageBody))]
[JsonSerializable(typeof(NeighbourhoodBody))]
[JsonSerializable(typeof(RankBody))]
[JsonSerializable(typeof(ScoreBody))]
[JsonSerializable(typeof(SocketPage))]
[JsonSerializable(typeof(SocketUpdate))]
[JsonSerializable(typeof(SocketClosing))]
[JsonSerializable(typeof(SocketError))]
internal sealed partial class PhoenixJson : JsonSerializerContext
{
    /// <summary>
    /// The one in use. The relaxed encoder leaves <c>é</c> and <c>+</c> alone; what it does not escape matters only in HTML, where these
    /// bodies never stand.
    /// </summary>
    public static PhoenixJson Shared => Holder.Shared;

    /// <summary>Apart, because the order in which a partial class initializes its parts is not defined.</summary>
    private static class Holder
    {
        public static readonly PhoenixJson Shared =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
