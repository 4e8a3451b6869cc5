using System.Text.Json;
using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>JSON text that is written as it stands.</summary>
/// <param name="Text">One JSON value.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct RawJson(string Text)
{
    /// <summary>The text, or null for none.</summary>
    public static RawJson? Of(string? text) => string.IsNullOrEmpty(text) ? null : new(text);

    internal sealed class Converter : JsonConverter<RawJson>
    {
        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return new(document.RootElement.GetRawText());
        }

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Text, skipInputValidation: true);
    }
}
