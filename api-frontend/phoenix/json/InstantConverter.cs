using System.Text.Json;
using System.Text.Json.Serialization;
using Laurel.GrainInterfaces;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Writes instants as <see cref="InstantText"/> has them.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[InstantText.MaxLength];
        writer.WriteStringValue(text[..InstantText.Write(Timestamps.From(value), text)]);
    }
}
