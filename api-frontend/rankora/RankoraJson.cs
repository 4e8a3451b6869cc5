using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>How this family writes JSON: snake_case, with nulls unless a body says otherwise, non-ASCII text as it is.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ScoreConverter)])]
[JsonSerializable(typeof(UsageBody))]
[JsonSerializable(typeof(BoardBody))]
[JsonSerializable(typeof(ListBody))]
[JsonSerializable(typeof(RankoraEntryBody))]
[JsonSerializable(typeof(SubmittedBody))]
[JsonSerializable(typeof(DoneBody))]
[JsonSerializable(typeof(TicketBody))]
[JsonSerializable(typeof(ConnectedEvent))]
[JsonSerializable(typeof(InitialEvent))]
[JsonSerializable(typeof(UpdateEvent))]
[JsonSerializable(typeof(ErrorEvent))]
internal sealed partial class RankoraJson : JsonSerializerContext
{
    /// <summary>The one in use.</summary>
    public static RankoraJson Shared => Holder.Shared;

    /// <summary>Apart, because the order in which a partial class initializes its parts is not defined.</summary>
    private static class Holder
    {
        public static readonly RankoraJson Shared =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
