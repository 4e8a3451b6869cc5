using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend.LeaderboardApi;

/// <summary>How this family writes JSON: camelCase, non-ASCII text as it is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ScoreConverter)])]
[JsonSerializable(typeof(PingBody))]
[JsonSerializable(typeof(TokenBody))]
[JsonSerializable(typeof(TeamBody))]
[JsonSerializable(typeof(TeamBody[]))]
[JsonSerializable(typeof(NewBoardBody))]
[JsonSerializable(typeof(TeamBoardBody))]
[JsonSerializable(typeof(TeamScoreBody[]))]
internal sealed partial class LeaderboardApiJson : JsonSerializerContext
{
    /// <summary>The one in use.</summary>
    public static LeaderboardApiJson Shared => Holder.Shared;

    /// <summary>Apart, because the order in which a partial class initializes its parts is not defined.</summary>
    private static class Holder
    {
        public static readonly LeaderboardApiJson Shared =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
