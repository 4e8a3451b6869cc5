using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Laurel.ApiFrontend.Phoenix;

namespace Laurel.ApiFrontend.Hubs;

/// <summary>How the hub's calls are written: as the Phoenix family writes its bodies.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ScoreConverter), typeof(InstantConverter)])]
[JsonSerializable(typeof(HubSnapshot))]
[JsonSerializable(typeof(HubChanges))]
[JsonSerializable(typeof(HubClosing))]
[JsonSerializable(typeof(HubEnding))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class HubJson : JsonSerializerContext
{
    /// <summary>The one in use.</summary>
    public static HubJson Shared => Holder.Shared;

    /// <summary>Apart, because the order in which a partial class initializes its parts is not defined.</summary>
    private static class Holder
    {
        public static readonly HubJson Shared =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
