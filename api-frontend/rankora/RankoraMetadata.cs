using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Rankora;

/// <summary>Writes metadata without white space, numbers as they came, and text unescaped where JSON lets it be.</summary>
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class RankoraMetadata : JsonSerializerContext
{
    public static RankoraMetadata Shared => Holder.Shared;

    private static class Holder
    {
        public static readonly RankoraMetadata Shared = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
