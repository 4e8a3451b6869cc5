using System.Text.Json;
using System.Text.Json.Serialization;

namespace Laurel.ApiFrontend.Phoenix;

/// <summary>Writes numbers as <see cref="ScoreText"/> has them.</summary>
internal sealed class ScoreConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[ScoreText.MaxLength];
        writer.WriteRawValue(text[..ScoreText.Write(value, text)], skipInputValidation: true);
    }
}
